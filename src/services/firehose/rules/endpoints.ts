/**
 * Destinations outside AWS: Splunk, Datadog, New Relic, MongoDB, and any other HTTP endpoint. Firehose Developer
 * Guide, HTTP endpoint delivery request and response specifications; Splunk data delivery.
 *
 * SIMPLER THAN AWS: an endpoint accepts by its status alone; the body of its answer is not looked at, and Splunk's
 * acknowledgment comes with it.
 */
import type { EndpointAnswer, EndpointDelivery } from '../../../contract/endpoint.ts';
import { utf8Bytes, utf8Text } from '../../../contract/text.ts';
import { base64 } from '../../../engine/plainJson.ts';
import type { Context, Timer } from '../../../engine/service.ts';
import { after, milliseconds } from '../../../engine/units.ts';
import { compressed } from '../codecs/compress.ts';
import { ANSWER_WAIT, ENDPOINT_BACKOFF } from '../limits.ts';
import { countStream, deliveryPrefix } from '../metrics.ts';
import {
  type Buffer,
  type DeliveryStream,
  type FirehoseState,
  type FlushReason,
  type Job,
  requestUuid,
} from '../model.ts';
import type { Sender } from './buffering.ts';
import { type Given, partOf } from './destination.ts';
import { fail } from './failing.ts';
import { newJob } from './jobs.ts';
import { backoff, planRetry } from './retrying.ts';
import { delivered, over } from './settling.ts';
import { refusedOnPurpose } from './trouble.ts';

type Ctx = Context<FirehoseState>;

export interface EndpointAnswerDue extends Timer {
  readonly type: 'firehose/EndpointAnswerDue';
  readonly answer: EndpointAnswer;
}

/** The endpoint should have answered by now. */
export interface SilenceDue extends Timer {
  readonly type: 'firehose/SilenceDue';
  readonly delivery: number;
}

export function endpointBuffer(
  context: Ctx,
  stream: DeliveryStream,
  { records, oldest }: Buffer,
  reason: FlushReason,
  send: Sender,
): void {
  const job = newJob(context, stream, { purpose: 'data', step: 'endpoint', records, oldest, reason });
  sendToEndpoint(context, stream, job, send);
}

const isSplunk = ({ destination }: DeliveryStream): boolean => destination.kind === 'splunk';

export function sendToEndpoint(context: Ctx, stream: DeliveryStream, job: Job, send: Sender): void {
  const { state, now } = context;
  job.attempt++;
  job.next = undefined;
  if (refusedOnPurpose(context, stream)) {
    answered(context, stream, job, 503, send);
    return;
  }
  if (context.peek('app') === undefined) {
    answered(context, stream, job, 0, send);
    return;
  }
  const id = ++state.deliveriesMade;
  state.awaiting.set(id, job.id);
  const requestId = requestUuid(state.seed, job.id);
  const payload: EndpointDelivery = Object.freeze({
    type: 'endpoint/Delivery',
    delivery: id,
    protocol: 'https',
    address: addressOf(stream),
    headers: Object.freeze(headersOf(stream, requestId)),
    body: bodyOf(context, stream, job, requestId),
    attempt: job.attempt,
    sent: now,
  });
  context.deliver({ to: 'app', from: 'firehose', payload });
  context.schedule(after(now, waitFor(stream)), { type: 'firehose/SilenceDue', delivery: id } as SilenceDue);
}

const configOf = ({ destination }: DeliveryStream): Given => destination.config;

function addressOf(stream: DeliveryStream): string {
  const config = configOf(stream);
  if (!isSplunk(stream)) return String(partOf(config, 'EndpointConfiguration').Url);
  const path = config.HECEndpointType === 'Raw' ? '/services/collector/raw' : '/services/collector/event';
  return `${String(config.HECEndpoint).replace(/\/$/u, '')}${path}`;
}

function waitFor(stream: DeliveryStream): ReturnType<typeof milliseconds> {
  if (!isSplunk(stream)) return ANSWER_WAIT;
  const seconds = (configOf(stream).HECAcknowledgmentTimeoutInSeconds as number | undefined) ?? 180;
  return milliseconds(seconds * 1_000);
}

function headersOf(stream: DeliveryStream, requestId: string): Record<string, string> {
  const config = configOf(stream);
  if (isSplunk(stream)) return { Authorization: `Splunk ${String(config.HECToken)}` };
  const { AccessKey } = partOf(config, 'EndpointConfiguration');
  const request = partOf(config, 'RequestConfiguration');
  const common = (request.CommonAttributes ?? []) as readonly {
    AttributeName: string;
    AttributeValue: string;
  }[];
  const commonAttributes = Object.fromEntries(
    common.map((each) => [each.AttributeName, each.AttributeValue]),
  );
  return {
    'X-Amz-Firehose-Protocol-Version': '1.0',
    'X-Amz-Firehose-Request-Id': requestId,
    'X-Amz-Firehose-Source-Arn': stream.arn,
    ...(AccessKey !== undefined && { 'X-Amz-Firehose-Access-Key': String(AccessKey) }),
    ...(common.length > 0 && { 'X-Amz-Firehose-Common-Attributes': JSON.stringify({ commonAttributes }) }),
    'Content-Type': 'application/json',
    ...(request.ContentEncoding === 'GZIP' && { 'Content-Encoding': 'gzip' }),
  };
}

/** A body in gzip is written here in base64. */
function bodyOf({ state, now }: Ctx, stream: DeliveryStream, { records }: Job, requestId: string): string {
  if (isSplunk(stream)) return records.map(({ data }) => utf8Text(data) ?? base64(data)).join('');
  const text = JSON.stringify({
    requestId,
    timestamp: state.epoch + now,
    records: records.map(({ data }) => ({ data: base64(data) })),
  });
  const { ContentEncoding } = partOf(configOf(stream), 'RequestConfiguration');
  return ContentEncoding === 'GZIP' ? base64(compressed('GZIP', utf8Bytes(text), '')) : text;
}

/** It takes the endpoint's own time; an answer that is too late finds nobody waiting. */
export function answerComes(context: Ctx, answer: EndpointAnswer): void {
  const timer: EndpointAnswerDue = { type: 'firehose/EndpointAnswerDue', answer };
  context.schedule(after(context.now, answer.latency), timer);
}

export const endpointJob = (state: FirehoseState, delivery: number): Job | undefined => {
  const id = state.awaiting.get(delivery);
  state.awaiting.delete(delivery);
  return id === undefined ? undefined : state.jobs.get(id);
};

/** `status` -1: no answer in time. */
export function answered(context: Ctx, stream: DeliveryStream, job: Job, status: number, send: Sender): void {
  const { state, now } = context;
  const metric = `${deliveryPrefix(stream.destination.kind)}.Success`;
  if (status === 200) {
    countStream(state, stream, now, metric, 1);
    over(context, stream, job);
    delivered(context, stream, job.records, addressOf(stream));
    return;
  }
  countStream(state, stream, now, metric, 0);
  const problem = problemOf(stream, status);
  // The retry clock starts at the first error; the last answer is still awaited after it has run out.
  const until = (job.firstFailure ?? now) + stream.destination.retry;
  const wait = backoff(job.attempt, ENDPOINT_BACKOFF);
  if (planRetry(context, stream, job, problem, { wait, until })) return;
  over(context, stream, job);
  const type = isSplunk(stream) ? 'splunk-failed' : 'http-endpoint-failed';
  const requestId = requestUuid(state.seed, job.id);
  const order = new Map(job.records.map((record, index) => [record.number, index]));
  fail(
    context,
    stream,
    job.records,
    type,
    (record) => ({
      ...problem,
      attempts: job.attempt,
      more: isSplunk(stream)
        ? { EventId: `${requestId}.${order.get(record.number)}` }
        : { subsequenceNumber: order.get(record.number), dataId: requestId },
    }),
    send,
  );
}

/** Firehose Developer Guide, Splunk and HTTP endpoint delivery errors. */
function problemOf(
  stream: DeliveryStream,
  status: number,
): { readonly code: string; readonly message: string } {
  const [family, silence] = isSplunk(stream)
    ? ['Splunk', 'Splunk.AckTimeout']
    : ['HttpEndpoint', 'HttpEndpoint.RequestTimeout'];
  if (status === -1) return { code: silence!, message: 'The endpoint did not answer in time.' };
  if (status === 0) return { code: `${family}.ConnectionFailed`, message: 'The connection was refused.' };
  return {
    code: isSplunk(stream) ? 'Splunk.InvalidResponse' : 'HttpEndpoint.DestinationException',
    message: `The endpoint answered with status ${status}.`,
  };
}
