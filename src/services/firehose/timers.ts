/** What falls due in Firehose: one handler per kind of timer. */
import { unreachable } from '../../engine/assert.ts';
import type { Context, Timer } from '../../engine/service.ts';
import type { FirehoseState } from './model.ts';
import { sendObject } from './rules/bucket.ts';
import { type BufferDue, bufferDue } from './rules/buffering.ts';
import { jobNamed, retryDue, send } from './rules/dispatch.ts';
import { answered, type EndpointAnswerDue, endpointJob, type SilenceDue } from './rules/endpoints.ts';
import { type ChangeDue, changeDue } from './rules/lifecycle.ts';
import { streamOfLife } from './rules/lookup.ts';
import { type CopyDue, copyDone } from './rules/redshift.ts';
import type { RetryDue } from './rules/retrying.ts';
import { type SourceDue, sourceDue } from './rules/source.ts';

type FirehoseTimer = BufferDue | RetryDue | CopyDue | EndpointAnswerDue | SilenceDue | ChangeDue | SourceDue;

export function due(context: Context<FirehoseState>, timer: Timer): void {
  const firehoseTimer = timer as FirehoseTimer;
  switch (firehoseTimer.type) {
    case 'firehose/BufferDue': {
      const stream = streamOfLife(context.state, firehoseTimer);
      if (stream !== undefined) bufferDue(context, stream, firehoseTimer, send);
      break;
    }
    case 'firehose/RetryDue':
      retryDue(context, firehoseTimer);
      break;
    case 'firehose/CopyDue': {
      const found = jobNamed(context, firehoseTimer.job);
      if (found !== undefined && found.job.attempt === firehoseTimer.attempt) {
        copyDone(context, found.stream, found.job, sendObject);
      }
      break;
    }
    case 'firehose/EndpointAnswerDue':
      endpointAnswered(context, firehoseTimer.answer.delivery, firehoseTimer.answer.status);
      break;
    case 'firehose/SilenceDue':
      endpointAnswered(context, firehoseTimer.delivery, -1);
      break;
    case 'firehose/ChangeDue':
      changeDue(context, firehoseTimer);
      break;
    case 'firehose/SourceDue':
      sourceDue(context, firehoseTimer);
      break;
    default:
      unreachable(firehoseTimer);
  }
}

function endpointAnswered(context: Context<FirehoseState>, delivery: number, status: number): void {
  const job = endpointJob(context.state, delivery);
  const stream = job && streamOfLife(context.state, job);
  if (job !== undefined && stream !== undefined) answered(context, stream, job, status, send);
}
