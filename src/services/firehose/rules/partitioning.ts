/** Dynamic partitioning: the keys of a record, from a JQ query or from the function. Firehose Developer Guide. */
import { utf8Text } from '../../../contract/text.ts';
import { BILLED_STEP, roundedUp } from '../../../contract/usage.ts';
import type { Context } from '../../../engine/service.ts';
import { compileQuery } from '../codecs/jq.ts';
import { ACTIVE_PARTITIONS_MAX } from '../limits.ts';
import { type DeliveryStream, type FirehoseRecord, type FirehoseState, use } from '../model.ts';
import { activePartitions, bufferKey } from './buffering.ts';
import { lambdaKeys, queryKeys } from './prefix.ts';

export type Partitioned =
  | { readonly keys: Readonly<Record<string, string>> }
  | { readonly problem: string; readonly code: string };

export const EXCEEDED = 'DynamicPartitioning.ActivePartitionExceeded';
const FAILED = 'DynamicPartitioning.MetadataExtractionFailed';

/** UNSURE: the codes and sentences. SIMPLER THAN AWS: the limit of 1 GB a second and partition is not metered. */
export function partitionOf(
  { state }: Context<FirehoseState>,
  stream: DeliveryStream,
  { data }: FirehoseRecord,
  fromLambda: Readonly<Record<string, unknown>> = {},
): Partitioned {
  const { processing, place } = stream.destination;
  const prefix = place.prefix ?? '';
  use(state, 'firehose/partitioned-data', roundedUp(data.length, BILLED_STEP.firehoseRecord));
  let found: Readonly<Record<string, unknown>> = {};
  if (processing.query !== undefined) {
    const answer = asked(processing.query, data);
    if (typeof answer === 'string') return { problem: answer, code: FAILED };
    found = answer;
  }
  const keys: Record<string, string> = {};
  for (const [names, source] of [
    [queryKeys(prefix), found],
    [lambdaKeys(prefix), fromLambda],
  ] as const) {
    for (const name of names) {
      const value = source[name];
      if (value === undefined || value === null || value === '' || typeof value === 'object') {
        return { problem: `partitionKeys values must not be null or empty: ${name}`, code: FAILED };
      }
      keys[name] = String(value);
    }
  }
  const open = stream.buffers.has(bufferKey('data', keys));
  if (!open && activePartitions(stream) >= ACTIVE_PARTITIONS_MAX) {
    const problem = `Active partition limit exceeded: ${ACTIVE_PARTITIONS_MAX}`;
    return { problem, code: EXCEEDED };
  }
  return { keys: Object.freeze(keys) };
}

/** The keys that a query answers; a text: why there are none. */
function asked(query: string, data: Uint8Array): Readonly<Record<string, unknown>> | string {
  const compiled = compileQuery(query);
  if ('problem' in compiled) return compiled.problem;
  let value: unknown;
  try {
    value = JSON.parse(utf8Text(data) ?? '');
  } catch {
    return 'Non JSON record provided';
  }
  try {
    for (const answer of compiled.run(value)) {
      return typeof answer === 'object' && answer !== null && !Array.isArray(answer)
        ? (answer as Readonly<Record<string, unknown>>)
        : 'The query must answer an object of partition keys';
    }
    return 'The query answers nothing';
  } catch (error) {
    return `The query failed: ${(error as Error).message ?? String(error)}`;
  }
}
