/** Where a flushed buffer goes, and what becomes of what comes back. */
import type { Context, Outcome } from '../../../engine/service.ts';
import type { Buffer, DeliveryStream, FirehoseState, FlushReason, Job } from '../model.ts';
import { use } from '../model.ts';
import { objectAnswered, sendObject, writeBuffer } from './bucket.ts';
import type { Sender } from './buffering.ts';
import { converted } from './converting.ts';
import { endpointBuffer, sendToEndpoint } from './endpoints.ts';
import type { JobToken } from './jobs.ts';
import { streamOfLife } from './lookup.ts';
import { index, indexBuffer } from './openSearch.ts';
import { staged, startCopy } from './redshift.ts';
import type { RetryDue } from './retrying.ts';
import { invoke, invokeAnswered, transformBuffer } from './transform.ts';

type Ctx = Context<FirehoseState>;

export const send: Sender = (context, stream, buffer, reason) => {
  const { destination } = stream;
  if (buffer.purpose === 'transform') return transformBuffer(context, stream, buffer, reason, send);
  if (buffer.purpose === 'backup') {
    return writeBuffer(context, stream, buffer, reason, destination.backup ?? destination.place);
  }
  if (buffer.purpose !== 'data') return writeBuffer(context, stream, buffer, reason, destination.place);
  sendData(context, stream, buffer, reason);
};

function sendData(context: Ctx, stream: DeliveryStream, buffer: Buffer, reason: FlushReason): void {
  const { kind, place, conversion, partitioned } = stream.destination;
  switch (kind) {
    case 's3':
    case 'redshift': {
      if (partitioned) use(context.state, 'firehose/partitioned-objects', 1);
      const file = conversion && converted(context, stream, conversion, buffer, send);
      if (conversion !== undefined && file === undefined) return;
      writeBuffer(context, stream, buffer, reason, place, file);
      break;
    }
    case 'splunk':
    case 'http':
      endpointBuffer(context, stream, buffer, reason, send);
      break;
    default:
      indexBuffer(context, stream, buffer, reason, send);
  }
}

/** Another service answered. */
export function jobAnswered(context: Ctx, { job: id }: JobToken, outcome: Outcome): void {
  const found = jobNamed(context, id);
  if (found === undefined) return;
  const { job, stream } = found;
  if (job.step === 'transform') invokeAnswered(context, stream, job, outcome, send);
  else objectAnswered(context, stream, job, outcome, staged);
}

/** Undefined: it is over, or its stream is gone. */
export function jobNamed(
  { state }: Ctx,
  id: number,
): { readonly job: Job; readonly stream: DeliveryStream } | undefined {
  const job = state.jobs.get(id);
  const stream = job && streamOfLife(state, job);
  return job && stream && { job, stream };
}

export function retryDue(context: Ctx, { job: id, attempt }: RetryDue): void {
  const found = jobNamed(context, id);
  if (found === undefined || found.job.attempt !== attempt) return;
  const { job, stream } = found;
  switch (job.step) {
    case 'transform':
      invoke(context, stream, job, send);
      return;
    case 's3':
      sendObject(context, stream, job);
      return;
    case 'copy':
      startCopy(context, job);
      return;
    case 'index':
      index(context, stream, job, send);
      return;
    case 'endpoint':
      sendToEndpoint(context, stream, job, send);
      return;
  }
}
