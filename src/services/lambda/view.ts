/** Functions as screens and conditions see them; their mappings are their links. */
import { parseArn } from '../../contract/arn.ts';
import { perSecond } from '../../contract/traffic.ts';
import type { LinkView, ResourceId, ResourceView } from '../../contract/view.ts';
import type { Instant } from '../../engine/units.ts';
import { functionKey, type LambdaFunction, type LambdaState } from './model.ts';
import { unreserved } from './rules/executing.ts';
import { describe } from './rules/functionConfig.ts';
import type { MappingRecord } from './rules/mappingRecord.ts';
import { streamSettingsOf } from './rules/streamSettings.ts';
import { shardsAtWork } from './viewShards.ts';

export const view = (state: LambdaState, now: Instant): ResourceView[] =>
  [...state.functions.values()].map((record) => functionView(state, record, now));

/** `function/NAME` in the world's own account, `function/ACCOUNT/NAME` elsewhere. */
const idIn = (state: LambdaState, kind: string, account: string, name: string): ResourceId =>
  `${kind}/${account === state.account ? name : `${account}/${name}`}`;

const KINDS: Readonly<Record<string, string>> = {
  sqs: 'queue',
  sns: 'topic',
  lambda: 'function',
  kinesis: 'stream',
  dynamodb: 'database',
};

/** The resource on the stage that an ARN names. */
function resourceAt(state: LambdaState, arn: string): ResourceId {
  const { service = '', account = '', resource = arn } = parseArn(arn) ?? {};
  const name = resource.replace(/^(?:function:|stream\/|table\/)/u, '').replace(/\/stream\/.*$/u, '');
  return idIn(state, KINDS[service] ?? service, account, name);
}

function functionView(state: LambdaState, record: LambdaFunction, now: Instant): ResourceView {
  const { counters, config, reserved } = record;
  const shared = unreserved(state, record.account);
  const limit = reserved ?? shared.limit;
  const used = reserved === undefined ? shared.running : counters.running;
  const mappings = mappingsOf(state, record);
  const trouble = mappings.find((mapping) => mapping.trouble !== undefined)?.trouble;
  return {
    id: idIn(state, 'function', record.account, record.name),
    kind: 'function',
    name: record.name,
    title: 'Lambda',
    role: 'resource',
    order: record.order,
    fields: {
      attributes: {
        ...describe(state, record),
        ...(reserved !== undefined && { ReservedConcurrentExecutions: reserved }),
      },
      ...counters,
      concurrencyLimit: limit,
      mappings: mappings.map((mapping) => ({
        UUID: mapping.uuid,
        EventSourceArn: mapping.source,
        State: mapping.state,
        BatchSize: mapping.settings.batchSize,
        ...mapping.counters,
        ...(mapping.service !== 'sqs' && { shards: shardsAtWork(mapping, state.epoch) }),
        ...(mapping.trouble !== undefined && { trouble: mapping.trouble }),
      })),
      ...(trouble !== undefined && { mappingTrouble: trouble }),
      createdAtMs: record.created,
    },
    scope: { label: 'handler', value: config.handler },
    rates: { in: perSecond(record.incoming, now), out: 0, refused: perSecond(record.refusals, now) },
    ...(used >= limit && { full: 'concurrency' }),
    meters: [
      {
        label: 'at once',
        used,
        limit,
        unit: state.limits === 'scaled' && reserved === undefined ? 'scaled' : '',
      },
    ],
    figures: [
      { label: 'running', value: counters.running, unit: '' },
      { label: 'errors', value: counters.errors, unit: '', bad: true },
      { label: 'throttles', value: counters.throttles, unit: '', bad: true },
    ],
    links: linksOf(state, record, mappings, now),
  };
}

function mappingsOf(state: LambdaState, { account, name }: LambdaFunction): MappingRecord[] {
  const key = functionKey(account, name);
  return [...state.mappings.values()].filter((mapping) => mapping.function === key);
}

function linksOf(
  state: LambdaState,
  record: LambdaFunction,
  mappings: readonly MappingRecord[],
  now: Instant,
): LinkView[] {
  const rate = perSecond(record.incoming, now);
  const refused = perSecond(record.refusals, now);
  const link = (arn: string, type: LinkView['type'], label: string, flow = 0, not = 0): LinkView => ({
    to: resourceAt(state, arn),
    type,
    label,
    perSecond: flow,
    refusedPerSecond: not,
  });
  const { async, config } = record;
  const told = mappings.flatMap(({ service, settings }) => {
    const to =
      service !== 'sqs' ? streamSettingsOf(settings).DestinationConfig.OnFailure.Destination : undefined;
    return to === undefined ? [] : [link(to, 'deliver', 'given up')];
  });
  return [
    ...told,
    ...mappings.map((mapping) =>
      link(mapping.source, 'poll', mapping.state === 'Enabled' ? 'mapping' : mapping.state, rate, refused),
    ),
    ...(async?.onSuccess === undefined ? [] : [link(async.onSuccess, 'deliver', 'on success')]),
    ...(async?.onFailure === undefined ? [] : [link(async.onFailure, 'deliver', 'on failure')]),
    ...(config.handler === 'publish' && config.environment.TOPIC_ARN !== undefined
      ? [link(config.environment.TOPIC_ARN, 'deliver', 'publishes')]
      : []),
    ...(config.deadLetterArn === undefined ? [] : [link(config.deadLetterArn, 'deliver', 'given up')]),
  ];
}
