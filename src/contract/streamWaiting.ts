/**
 * A reader of a shard that has read all asks Kinesis to be told of the next record, instead of asking for records once a
 * second: quiet time then costs nothing. Ours: AWS's readers go on asking. What is read, and when, is the same, because
 * a reader that is told waits until it would have asked.
 */
export interface WaitForRecords {
  readonly type: 'WaitForRecords';
  /** The service that waits, and what it knows its reader by; a reader waits once for each shard. */
  readonly to: string;
  readonly reader: string;
  /** As the last GetRecords answered it. */
  readonly iterator: string;
}

/** There is something to read, or the shard is closed; once. */
export interface RecordsArrived {
  readonly type: 'RecordsArrived';
  readonly reader: string;
  readonly shardId: string;
  /** The same place, issued now; undefined: the stream is gone. */
  readonly iterator: string | undefined;
}

const isOf = (payload: object, type: string): boolean => 'type' in payload && payload.type === type;

export const isWaitForRecords = (payload: object): payload is WaitForRecords =>
  isOf(payload, 'WaitForRecords');
export const isRecordsArrived = (payload: object): payload is RecordsArrived =>
  isOf(payload, 'RecordsArrived');

/**
 * Readers ask once a second: the first instant at which one that asked at `last` asks again, not before `now`. All in
 * milliseconds.
 */
export const nextAsking = (last: number, now: number, step: number): number =>
  last + Math.max(1, Math.ceil((now - last) / step)) * step;
