/**
 * A reader of a shard that has read all asks Kinesis to be told of the next record, instead of asking for records once a
 * second: quiet time then costs nothing. Ours: AWS's readers go on asking. What is read, and when, is the same, because
 * a reader that is told waits until it would have asked.
 */
import { type Instant, instant, type Milliseconds, milliseconds } from '../engine/units.ts';
import { MINUTE_MS } from './metricTrack.ts';

export interface WaitForRecords {
  readonly type: 'WaitForRecords';
  /** The service that waits, and what it knows its reader by; a reader waits once for each shard. */
  readonly to: string;
  readonly reader: string;
  /** As the last GetRecords answered it. */
  readonly iterator: string;
  /** When it asked last: it would ask once a second from then on, and its asking takes its part of what the shard gives. Absent: not counted. */
  readonly asked?: Instant;
}

/** A reader asks again, or waits no more. */
export interface ReadsSkipped {
  readonly type: 'ReadsSkipped';
  readonly to: string;
  readonly reader: string;
  readonly iterator: string;
  /** How often it would have asked meanwhile, and got nothing; all in the running minute. */
  readonly count: number;
}

/** There is something to read, the shard is closed, or others ask so often that each asking counts; once. */
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
export const isReadsSkipped = (payload: object): payload is ReadsSkipped => isOf(payload, 'ReadsSkipped');

/**
 * Readers ask once a second: the first instant at which one that asked at `last` asks again, not before `now`. All in
 * milliseconds.
 */
export const nextAsking = (last: number, now: number, step: number): number =>
  last + Math.max(1, Math.ceil((now - last) / step)) * step;

/** Between two reads of a shard. */
export const READ_STEP: Milliseconds = milliseconds(1_000);

/**
 * A reader that waits reads once a minute all the same, so that whatever else changes (a policy, a key) shows; AWS
 * itself takes as long until a new policy holds everywhere. Its last read of the running minute, or of the next one when
 * none is left in it: the reads that it leaves out then lie in one minute.
 */
export function nextCheck(asked: Instant): Instant {
  const first = asked + READ_STEP;
  const end = (Math.floor(first / MINUTE_MS) + 1) * MINUTE_MS;
  return instant(first + Math.floor((end - 1 - first) / READ_STEP) * READ_STEP);
}

/** Reads that were due since the one at `asked`, one that is due at `now` among them. */
export const readsSince = (asked: Instant, now: Instant): number => Math.floor((now - asked) / READ_STEP);
