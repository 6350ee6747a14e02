/** Jobs: records that left their buffer and are on their way. */
import type { Caller, Context } from '../../../engine/service.ts';
import type { DeliveryStream, FirehoseRecord, FirehoseState, FlushReason, Job, Purpose } from '../model.ts';
import type { S3Place } from './destination.ts';
import { keyOf } from './lookup.ts';
import { dataBytes } from './settling.ts';

export interface JobFacts {
  readonly purpose: Purpose;
  readonly step: Job['step'];
  readonly records: readonly FirehoseRecord[];
  readonly oldest: Job['oldest'];
  readonly reason: FlushReason;
  readonly place?: S3Place | undefined;
  readonly key?: string | undefined;
  readonly body?: Uint8Array | undefined;
}

export function newJob({ state, now }: Context<FirehoseState>, stream: DeliveryStream, facts: JobFacts): Job {
  const { records, place, key, body, ...rest } = facts;
  const job: Job = {
    ...rest,
    id: ++state.jobsMade,
    stream: keyOf(stream),
    life: stream.life,
    records: Object.isFrozen(records) ? records : Object.freeze([...records]),
    bytes: dataBytes(records),
    place,
    key,
    body,
    attempt: 0,
    started: now,
    firstFailure: undefined,
    next: undefined,
    problem: undefined,
  };
  state.jobs.set(job.id, job);
  return job;
}

/** What comes back with the answer of another service. Frozen plain data. */
export interface JobToken {
  readonly type: 'job';
  readonly job: number;
}

export const tokenOf = ({ id }: Job): JobToken => Object.freeze({ type: 'job', job: id });

/**
 * The stream as it calls others. SIMPLER THAN AWS: its role may do whatever its account may, so another account's
 * resources need a policy, and those of its own only must not deny it.
 */
export const callerOf = ({ name, account }: DeliveryStream): Caller => ({
  by: name,
  account,
  profile: 'default',
  secure: true,
});
