/** Event source mappings: Lambda reads a queue or a stream, and calls a function with batches. */
import {
  CreateEventSourceMapping$,
  type CreateEventSourceMappingRequest,
  DeleteEventSourceMapping$,
  type DeleteEventSourceMappingRequest,
  GetEventSourceMapping$,
  type GetEventSourceMappingRequest,
  ListEventSourceMappings$,
  type ListEventSourceMappingsRequest,
  UpdateEventSourceMapping$,
  type UpdateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda';
import { parseArn } from '../../../contract/arn.ts';
import { type Context, PARKED, type Parked } from '../../../engine/service.ts';
import { FUNCTION_NAME, lambdaOperation, MARKER, MAX_ITEMS, page, paged, without } from '../define.ts';
import { conflict, invalidValue, notFound, outOfRange } from '../errors.ts';
import { functionKey, type LambdaState } from '../model.ts';
import { sourceOf } from '../rules/eventSources.ts';
import { functionOf } from '../rules/lookup.ts';
import type { MappingRecord } from '../rules/mappingRecord.ts';
import { describeMapping, type ProbeToken, passThrough, probe, refuseDuplicate } from '../rules/mappings.ts';

const UUID = { purpose: 'the mapping, by its UUID', refersTo: 'mapping' } as const;

const SETTINGS = {
  Enabled: { purpose: 'whether it reads at all', default: true },
  BatchSize: {
    purpose: 'how many messages or records at most a call',
    min: 1,
    max: 10_000,
    unit: 'messages',
  },
  FilterCriteria: { purpose: 'which go to the function: Filters=[{Pattern=…}]' },
  KMSKeyArn: without('a key for the filters', 'filters are not encrypted here'),
  MetricsConfig: without('more metrics of the mapping', 'the resource itself shows its counts'),
  LoggingConfig: without('logs of the mapping', 'the Events pane shows what happens'),
  ScalingConfig: { purpose: 'SQS: MaximumConcurrency=N, batches at once' },
  MaximumBatchingWindowInSeconds: { purpose: 'how long a batch may gather', min: 0, max: 300, unit: 's' },
  ParallelizationFactor: { purpose: 'streams: batches at once of one shard', min: 1, max: 10 },
  DestinationConfig: { purpose: 'streams: where failed batches are told' },
  MaximumRecordAgeInSeconds: {
    purpose: 'streams: older records are given up',
    min: -1,
    max: 604_800,
    unit: 's',
  },
  BisectBatchOnFunctionError: { purpose: 'streams: halve a batch that failed' },
  MaximumRetryAttempts: { purpose: 'streams: how often a batch is tried again', min: -1, max: 10_000 },
  TumblingWindowInSeconds: { purpose: 'streams: windows of so many seconds', min: 0, max: 900, unit: 's' },
  SourceAccessConfigurations: without('how a broker is reached', 'mappings here read queues and streams'),
  FunctionResponseTypes: {
    purpose: 'ReportBatchItemFailures: the answer says which failed',
    values: ['ReportBatchItemFailures'],
  },
  AmazonManagedKafkaEventSourceConfig: without('settings of Kafka', 'there is no Kafka here'),
  SelfManagedKafkaEventSourceConfig: without('settings of Kafka', 'there is no Kafka here'),
  DocumentDBEventSourceConfig: without('settings of DocumentDB', 'there is no DocumentDB here'),
  ProvisionedPollerConfig: without('pollers that always run', 'pollers here scale by themselves'),
} as const;

export const createEventSourceMapping = lambdaOperation<CreateEventSourceMappingRequest>(
  CreateEventSourceMapping$,
  {
    summary: 'Lets Lambda read a queue or a stream and call a function with batches.',
    members: {
      FunctionName: FUNCTION_NAME,
      EventSourceArn: { purpose: 'the queue or stream, by its ARN', refersTo: 'queueArn' },
      ...SETTINGS,
      StartingPosition: {
        purpose: 'streams: where to begin',
        values: ['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'],
      },
      StartingPositionTimestamp: { purpose: 'streams: from when on' },
      Tags: { purpose: 'labels of your own, a=b' },
      Topics: without('topics of Kafka', 'there is no Kafka here'),
      Queues: without('queues of a broker', 'mappings here read queues of SQS and streams'),
      SelfManagedEventSource: without('a Kafka of one’s own', 'there is no Kafka here'),
    },
    handle(context, input) {
      const { state, caller, call } = context;
      const { EventSourceArn, FunctionName, Tags = {}, ...rest } = input;
      if (EventSourceArn === undefined) {
        throw invalidValue('Unrecognized event source, must be kinesis, dynamodb stream or sqs.');
      }
      const service = parseArn(EventSourceArn)?.service;
      const source = service === undefined ? undefined : sourceOf(service);
      if (service === undefined || source === undefined) throw unknownSource(EventSourceArn, service);
      const record = functionOf(context, FunctionName!);
      const settings = Object.freeze(source.settings(rest, EventSourceArn, undefined));
      const key = functionKey(record.account, record.name);
      refuseDuplicate(state, EventSourceArn, key);
      const token: ProbeToken = Object.freeze({
        type: 'probe',
        call: call!,
        by: caller.by,
        account: record.account,
        function: key,
        source: EventSourceArn,
        service,
        settings,
        tags: Object.freeze({ ...Tags }),
      });
      probe(context, token);
      return PARKED as Parked;
    },
  },
);

function unknownSource(arn: string, service: string | undefined) {
  if (service === undefined) {
    return outOfRange(
      arn,
      'eventSourceArn',
      'Member must satisfy regular expression pattern: arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12}|kafka-cluster-id)?:(.*)',
    );
  }
  return invalidValue(`not modelled: an event source of ${service}`, {
    why: 'A mapping here reads a queue of SQS.',
  });
}

function mappingOf({ state, caller }: Context<LambdaState>, uuid: string): MappingRecord {
  const mapping = state.mappings.get(uuid);
  if (mapping === undefined || mapping.account !== caller.account) {
    throw notFound('The resource you requested does not exist.');
  }
  return mapping;
}

/** Lambda Developer Guide: a mapping that is just being changed is in use. UNSURE: the code. */
function refuseBusy({ state, uuid }: MappingRecord): void {
  if (state === 'Enabled' || state === 'Disabled') return;
  throw conflict(
    `Cannot update the event source mapping because it is in use. Please try again once the state of ${uuid} is Enabled or Disabled.`,
    { why: `Its state is ${state}; that lasts a few seconds.` },
  );
}

export const updateEventSourceMapping = lambdaOperation<UpdateEventSourceMappingRequest>(
  UpdateEventSourceMapping$,
  {
    summary: 'Changes how a mapping reads, or stops it and lets it go on.',
    members: { UUID, FunctionName: FUNCTION_NAME, ...SETTINGS },
    handle(context, { UUID: uuid, FunctionName, ...input }) {
      const mapping = mappingOf(context, uuid!);
      refuseBusy(mapping);
      const settings = sourceOf(mapping.service)!.settings(input, mapping.source, mapping.settings);
      const record = FunctionName === undefined ? undefined : functionOf(context, FunctionName);
      const before = mapping.settings.enabled;
      const into =
        before === settings.enabled ? 'Updating' : settings.enabled ? 'Enabling' : ('Disabling' as const);
      passThrough(context, mapping, into, context.caller.by);
      mapping.settings = Object.freeze(settings);
      if (record !== undefined) mapping.function = functionKey(record.account, record.name);
      return describeMapping(context.state, mapping);
    },
  },
);

export const getEventSourceMapping = lambdaOperation<GetEventSourceMappingRequest>(GetEventSourceMapping$, {
  summary: 'Shows a mapping: what it reads, how, and its state.',
  members: { UUID },
  handle: (context, { UUID: uuid }) => describeMapping(context.state, mappingOf(context, uuid!)),
});

export const listEventSourceMappings = lambdaOperation<ListEventSourceMappingsRequest>(
  ListEventSourceMappings$,
  {
    summary: 'Lists mappings, of one source or one function.',
    members: {
      EventSourceArn: { purpose: 'only those that read this', refersTo: 'queueArn' },
      FunctionName: FUNCTION_NAME,
      Marker: MARKER,
      MaxItems: MAX_ITEMS,
    },
    pagination: paged('EventSourceMappings'),
    handle(context, { EventSourceArn, FunctionName, Marker, MaxItems }) {
      const { state, caller } = context;
      const record = FunctionName === undefined ? undefined : functionOf(context, FunctionName);
      const key = record && functionKey(record.account, record.name);
      const found = [...state.mappings.values()].filter(
        (mapping) =>
          mapping.account === caller.account &&
          (EventSourceArn === undefined || mapping.source === EventSourceArn) &&
          (key === undefined || mapping.function === key),
      );
      const { items, ...rest } = page(found, Marker, MaxItems);
      return { EventSourceMappings: items.map((mapping) => describeMapping(state, mapping)), ...rest };
    },
  },
);

export const deleteEventSourceMapping = lambdaOperation<DeleteEventSourceMappingRequest>(
  DeleteEventSourceMapping$,
  {
    summary: 'Lets a mapping read no more; what it holds comes back.',
    members: { UUID },
    handle(context, { UUID: uuid }) {
      const mapping = mappingOf(context, uuid!);
      refuseBusy(mapping);
      passThrough(context, mapping, 'Deleting', context.caller.by);
      return describeMapping(context.state, mapping);
    },
  },
);
