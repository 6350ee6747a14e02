/**
 * OpenSearch and Elasticsearch: each record is a document of an index, whose name may rotate. Firehose Developer
 * Guide, Amazon OpenSearch Service data delivery.
 *
 * SIMPLER THAN AWS: of an index only counts are kept; a record that is no JSON object is a failed document; all else
 * fails only by a fault on the delivery stream.
 */
import { utf8Text } from '../../../contract/text.ts';
import type { Context } from '../../../engine/service.ts';
import { ENDPOINT_BACKOFF } from '../limits.ts';
import { countStream, deliveryPrefix } from '../metrics.ts';
import {
  type Buffer,
  type DeliveryStream,
  type FirehoseRecord,
  type FirehoseState,
  type FlushReason,
  type Job,
  recordIdOf,
} from '../model.ts';
import type { Sender } from './buffering.ts';
import { partOf } from './destination.ts';
import { fail, type Problem } from './failing.ts';
import { newJob } from './jobs.ts';
import { jsonValues } from './jsonValues.ts';
import { backoff, planRetry } from './retrying.ts';
import { delivered, over } from './settling.ts';
import { targetOf } from './targets.ts';
import { rotationSuffix } from './timestamp.ts';
import { refusedOnPurpose } from './trouble.ts';

type Ctx = Context<FirehoseState>;

export function indexBuffer(
  context: Ctx,
  stream: DeliveryStream,
  { records, oldest }: Buffer,
  reason: FlushReason,
  send: Sender,
): void {
  const job = newJob(context, stream, { purpose: 'data', step: 'index', records, oldest, reason });
  index(context, stream, job, send);
}

export const indexName = ({ destination }: DeliveryStream): string => String(destination.config.IndexName);

/** The index that a document of this instant goes into. */
export function indexOf(
  { epoch }: Pick<FirehoseState, 'epoch'>,
  stream: DeliveryStream,
  { at }: Pick<FirehoseRecord, 'at'>,
): string {
  const { kind, config } = stream.destination;
  const period =
    kind === 'openSearchServerless' ? 'NoRotation' : String(config.IndexRotationPeriod ?? 'OneDay');
  return indexName(stream) + rotationSuffix(period, epoch + at);
}

const isDocument = ({ data }: FirehoseRecord): boolean => {
  const values = jsonValues(utf8Text(data) ?? '');
  return (
    values?.length === 1 && typeof values[0] === 'object' && values[0] !== null && !Array.isArray(values[0])
  );
};

export function index(context: Ctx, stream: DeliveryStream, job: Job, send: Sender): void {
  const { state, now } = context;
  const metric = `${deliveryPrefix(stream.destination.kind)}.Success`;
  job.attempt++;
  job.next = undefined;
  if (refusedOnPurpose(context, stream)) {
    countStream(state, stream, now, metric, 0);
    const problem = { code: 'OS.ServiceException', message: 'The cluster answers with status 503.' };
    const until = job.started + stream.destination.retry;
    if (planRetry(context, stream, job, problem, { wait: backoff(job.attempt, ENDPOINT_BACKOFF), until }))
      return;
    over(context, stream, job);
    failDocuments(context, stream, job, job.records, problem, send);
    return;
  }
  countStream(state, stream, now, metric, 1);
  over(context, stream, job);
  const good: FirehoseRecord[] = [];
  const bad: FirehoseRecord[] = [];
  for (const record of job.records) {
    const target = targetOf(state, 'index', indexOf(state, stream, record));
    if (isDocument(record)) {
      good.push(record);
      target.records++;
      target.bytes += record.data.length;
    } else {
      bad.push(record);
      target.failed++;
    }
  }
  delivered(context, stream, good, `index/${indexName(stream)}`);
  const problem = { code: '400', message: 'mapper_parsing_exception: failed to parse, it is no JSON object' };
  failDocuments(context, stream, job, bad, problem, send);
}

function failDocuments(
  context: Ctx,
  stream: DeliveryStream,
  { attempt }: Job,
  records: readonly FirehoseRecord[],
  problem: Omit<Problem, 'attempts'>,
  send: Sender,
): void {
  const { kind, config } = stream.destination;
  const own = partOf(config, 'DocumentIdOptions').DefaultDocumentIdFormat !== 'NO_DOCUMENT_ID';
  const describe = (record: FirehoseRecord): Problem => {
    const id = own ? recordIdOf(record) : null;
    const at = indexOf(context.state, stream, record);
    const more =
      kind === 'openSearchServerless'
        ? { osDocumentId: id, osIndexName: at }
        : { esDocumentId: id, esIndexName: at, esTypeName: config.TypeName ?? '' };
    return { ...problem, attempts: attempt, more };
  };
  fail(context, stream, records, 'AmazonOpenSearchService-failed', describe, send);
}
