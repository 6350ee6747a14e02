/**
 * A reader that has read all of a shard need not be simulated once a second: Kinesis tells it of the next record, and
 * the reads in between, which would find nothing, are counted. Once a minute it reads all the same, so that whatever
 * else may have changed (a policy, a key) shows; AWS itself takes as long until a new policy holds everywhere.
 */
import {
  nextAsking,
  READ_STEP,
  type ReadsSkipped,
  type RecordsArrived,
  readsSince,
  type WaitForRecords,
} from '../../contract/streamWaiting.ts';
import type { Context } from '../../engine/service.ts';
import { type Instant, instant } from '../../engine/units.ts';

/** What a reader of a shard knows of its reads. */
export interface Quiet {
  asked: Instant;
  isQuiet: boolean;
  iterator: string;
}

/** Who waits, to Kinesis; told back with the record. */
export const waiterName = (app: string, life: number): string => `${app}/${life}`;

export function beginQuiet(context: Context<unknown>, reader: Quiet, waiter: string): void {
  reader.isQuiet = true;
  const payload: WaitForRecords = {
    type: 'WaitForRecords',
    to: 'app',
    reader: waiter,
    iterator: reader.iterator,
    asked: reader.asked,
  };
  context.deliver({ to: 'kinesis', from: 'app', payload: Object.freeze(payload) });
}

/** Reads that were due since the last real one, the one that is due at `now` among them. */
export const quietReads = ({ isQuiet, asked }: Pick<Quiet, 'isQuiet' | 'asked'>, now: Instant): number =>
  isQuiet ? readsSince(asked, now) : 0;

/** It reads again, or ends: how many reads were left out. `isReading`: the one that is due now is made. */
export function endQuiet(
  context: Context<unknown>,
  reader: Quiet,
  waiter: string,
  isReading: boolean,
): number {
  if (!reader.isQuiet) return 0;
  const due = quietReads(reader, context.now);
  const count = isReading ? Math.max(0, due - 1) : due;
  reader.isQuiet = false;
  const { iterator } = reader;
  const payload: ReadsSkipped = { type: 'ReadsSkipped', to: 'app', reader: waiter, iterator, count };
  context.deliver({ to: 'kinesis', from: 'app', payload: Object.freeze(payload) });
  return count;
}

/** When a reader that is told now would have asked. */
export const askingAfterNews = ({ asked }: Pick<Quiet, 'asked'>, now: Instant): Instant =>
  instant(nextAsking(asked, now, READ_STEP));

export interface WaiterOf {
  readonly app: string;
  readonly life: number;
}

export function waiterOf({ reader }: Pick<RecordsArrived, 'reader'>): WaiterOf {
  const at = reader.lastIndexOf('/');
  return { app: reader.slice(0, at), life: Number(reader.slice(at + 1)) };
}
