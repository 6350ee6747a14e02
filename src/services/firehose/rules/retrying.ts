/** When a job is tried again, and when no more. */
import type { Context, Timer } from '../../../engine/service.ts';
import { instant } from '../../../engine/units.ts';
import { emit, FIREHOSE_PRINCIPAL } from '../events.ts';
import type { BACKOFF } from '../limits.ts';
import type { DeliveryStream, FirehoseState, Job } from '../model.ts';
import { noteProblem } from './failing.ts';

export interface RetryDue extends Timer {
  readonly type: 'firehose/RetryDue';
  readonly job: number;
  readonly attempt: number;
}

/** 5 s, 10 s, 20 s …: doubled to the longest. */
export function backoff(attempt: number, { first, last }: typeof BACKOFF): number {
  let wait = first;
  for (let count = 1; count < attempt && wait < last; count++) wait *= 2;
  return Math.min(wait, last);
}

/** Plans the next attempt, if it begins before `until`; false: there is none. Tells of the failure either way. */
export function planRetry(
  context: Context<FirehoseState>,
  stream: DeliveryStream,
  job: Job,
  problem: { readonly code: string; readonly message: string },
  plan: { readonly wait: number; readonly until: number },
): boolean {
  const { now } = context;
  job.firstFailure ??= now;
  job.problem = `${problem.code}: ${problem.message}`;
  const next = now + plan.wait;
  const again = next < plan.until;
  job.next = again ? instant(next) : undefined;
  noteProblem(context, stream, problem.code, problem.message);
  emit(context, {
    type: 'firehose/DeliveryFailed',
    by: FIREHOSE_PRINCIPAL,
    delivery: stream.name,
    result: problem.code,
    records: job.records.length,
    attempt: job.attempt,
    ...(again && { nextMs: plan.wait }),
  });
  if (again) {
    const timer: RetryDue = { type: 'firehose/RetryDue', job: job.id, attempt: job.attempt };
    context.schedule(instant(next), timer);
  }
  return again;
}
