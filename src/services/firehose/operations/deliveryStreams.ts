/** Delivery streams: made, described, listed, deleted. */
import {
  CreateDeliveryStream$,
  type CreateDeliveryStreamInput,
  DeleteDeliveryStream$,
  type DeleteDeliveryStreamInput,
  DescribeDeliveryStream$,
  type DescribeDeliveryStreamInput,
  ListDeliveryStreams$,
  type ListDeliveryStreamsInput,
} from '@aws-sdk/client-firehose';
import { formatArn, parseArn } from '../../../contract/arn.ts';
import type { Context } from '../../../engine/service.ts';
import { instant } from '../../../engine/units.ts';
import { firehoseOperation, STREAM_NAME } from '../define.ts';
import { alreadyExists, inUse, invalidArgument, limitExceeded, notModelled } from '../errors.ts';
import { emit } from '../events.ts';
import { CHANGING, CREATING } from '../limits.ts';
import { type FirehoseState, newStream, type Source, streamKey } from '../model.ts';
import { description } from '../rules/describing.ts';
import { DESTINATIONS, type Destination, type Given, readDestination } from '../rules/destination.ts';
import { encryptionOf } from '../rules/encrypting.ts';
import { planChange } from '../rules/lifecycle.ts';
import { accountOf, streamNamed } from '../rules/lookup.ts';
import { readTags } from '../rules/tagging.ts';
import { quotasOf } from '../rules/throughput.ts';

const config = (purpose: string) => ({ purpose });

export const createDeliveryStream = firehoseOperation<CreateDeliveryStreamInput>(CreateDeliveryStream$, {
  summary: 'Makes a delivery stream: from a source to exactly one destination.',
  members: {
    DeliveryStreamName: { ...STREAM_NAME, purpose: 'its name' },
    DeliveryStreamType: {
      purpose: 'where data come from',
      values: ['DirectPut', 'KinesisStreamAsSource'],
      default: 'DirectPut',
    },
    DirectPutSourceConfiguration: config('how much will be put, for information'),
    KinesisStreamSourceConfiguration: config('the data stream that is read'),
    DeliveryStreamEncryptionConfigurationInput: config('encryption of what waits'),
    S3DestinationConfiguration: config('a bucket, in the older form'),
    ExtendedS3DestinationConfiguration: config('a bucket'),
    RedshiftDestinationConfiguration: config('a table of Redshift, by way of a bucket'),
    ElasticsearchDestinationConfiguration: config('an index of Elasticsearch'),
    AmazonopensearchserviceDestinationConfiguration: config('an index of OpenSearch'),
    SplunkDestinationConfiguration: config('Splunk'),
    HttpEndpointDestinationConfiguration: config('any HTTP endpoint: Datadog, New Relic, MongoDB …'),
    AmazonOpenSearchServerlessDestinationConfiguration: config('an index of OpenSearch Serverless'),
    MSKSourceConfiguration: {
      purpose: 'a topic of Kafka',
      notModelled: 'MSK is not here: put records, or read a Kinesis stream',
    },
    SnowflakeDestinationConfiguration: {
      purpose: 'a table of Snowflake',
      notModelled: 'Snowflake is not here: an HTTP endpoint behaves alike',
    },
    IcebergDestinationConfiguration: {
      purpose: 'tables of Iceberg',
      notModelled: 'Iceberg tables are not here: S3 with format conversion is',
    },
    DatabaseSourceConfiguration: {
      purpose: 'changes of a database',
      notModelled: 'databases are no source here: put records',
    },
    Tags: { purpose: 'labels, Key=…,Value=…' },
  },
  handle(context, input) {
    const { state, now, caller } = context;
    const { DeliveryStreamName = '', DeliveryStreamType = 'DirectPut' } = input;
    const name = DeliveryStreamName;
    if (DeliveryStreamType !== 'DirectPut' && DeliveryStreamType !== 'KinesisStreamAsSource') {
      throw notModelled(
        `DeliveryStreamType ${DeliveryStreamType}`,
        'Here are DirectPut and KinesisStreamAsSource.',
      );
    }
    const source = sourceOf(input, DeliveryStreamType);
    const destination = destinationOf(input);
    const tags = readTags({}, input.Tags as readonly { Key: string; Value?: string }[] | undefined);
    const encryption = input.DeliveryStreamEncryptionConfigurationInput;
    if (encryption !== undefined && source !== undefined) {
      throw invalidArgument(
        'Server-side encryption cannot be enabled on a delivery stream with a Kinesis stream as its source.',
        'The data stream is encrypted instead: kinesis start-stream-encryption.',
      );
    }
    const encrypted = encryptionOf(encryption, 'ENABLED');
    const account = accountOf(context);
    const key = streamKey(account, name);
    if (state.streams.has(key)) throw alreadyExists(name, account);
    checkQuota(state, account);
    const arn = formatArn({
      partition: 'aws',
      service: 'firehose',
      region: state.region,
      account,
      resource: `deliverystream/${name}`,
    });
    const stream = newStream({
      name,
      account,
      arn,
      life: ++state.livesMade,
      created: now,
      type: DeliveryStreamType,
      throughputHint: input.DirectPutSourceConfiguration?.ThroughputHintInMBs,
      source,
      destination,
      tags,
      encryption: encrypted,
    });
    state.streams.set(key, stream);
    const [least, most] = CREATING;
    planChange(context, stream, 'active', context.random('creation').integer(least, most) as typeof least);
    emit(context, { type: 'firehose/StreamCreated', by: caller.by, delivery: name });
    return { DeliveryStreamARN: arn };
  },
});

function checkQuota(state: FirehoseState, account: string): void {
  const limit = quotasOf(state).streams;
  const own = [...state.streams.values()].filter((stream) => stream.account === account).length;
  if (own >= limit) {
    throw limitExceeded(
      'You have reached the limit on the number of delivery streams',
      `There are ${own} of ${limit}.`,
    );
  }
}

/** UNSURE: the sentences. */
function sourceOf(input: CreateDeliveryStreamInput, type: string): Source | undefined {
  const given = input.KinesisStreamSourceConfiguration;
  if (type === 'DirectPut') {
    if (given === undefined) return undefined;
    throw invalidArgument('KinesisStreamSourceConfiguration can only be used with KinesisStreamAsSource.');
  }
  if (given === undefined) {
    throw invalidArgument('KinesisStreamSourceConfiguration is required for KinesisStreamAsSource.');
  }
  if (input.DirectPutSourceConfiguration !== undefined) {
    throw invalidArgument('DirectPutSourceConfiguration can only be used with DirectPut.');
  }
  const arn = given.KinesisStreamARN!;
  if (parseArn(arn)?.service !== 'kinesis') throw invalidArgument(`Invalid Kinesis stream ARN: ${arn}`);
  return {
    arn,
    role: given.RoleARN!,
    since: undefined,
    asked: instant(0),
    plan: 0,
    isQuiet: false,
    shards: new Map(),
    read: 0,
    throttled: 0,
    problem: undefined,
    behindMs: 0,
  };
}

function destinationOf(input: CreateDeliveryStreamInput): Destination {
  const given: Readonly<Record<string, Given | undefined>> = Object.fromEntries(Object.entries(input));
  const named = DESTINATIONS.filter((member) => given[member] !== undefined);
  if (named.length !== 1) {
    throw invalidArgument(
      'Exactly one destination configuration is supported for a Firehose',
      named.length === 0
        ? 'None is given: ExtendedS3DestinationConfiguration is the most common one.'
        : `${named.join(' and ')} are given. One stream has one destination: make a second stream, or use S3 backup.`,
    );
  }
  return readDestination(named[0]!, given[named[0]!]!);
}

export const deleteDeliveryStream = firehoseOperation<DeleteDeliveryStreamInput>(DeleteDeliveryStream$, {
  summary: 'Deletes a delivery stream; what waits in it is lost.',
  members: {
    DeliveryStreamName: STREAM_NAME,
    AllowForceDelete: { purpose: 'also when a key’s grant cannot be retired; here every grant can' },
  },
  handle(context, { DeliveryStreamName }) {
    const stream = streamNamed(context, DeliveryStreamName!);
    if (stream.status !== 'ACTIVE') throw inUse(stream.name, stream.account, stream.status);
    stream.status = 'DELETING';
    planChange(context, stream, 'gone', CHANGING);
    return {};
  },
});

export const describeDeliveryStream = firehoseOperation<DescribeDeliveryStreamInput>(
  DescribeDeliveryStream$,
  {
    summary: 'Tells all about a delivery stream: status, version, destination, source.',
    members: {
      DeliveryStreamName: STREAM_NAME,
      Limit: { purpose: 'destinations at most; there is one', min: 1, max: 10_000 },
      ExclusiveStartDestinationId: { purpose: 'go on after this destination' },
    },
    handle: (context, { DeliveryStreamName, ExclusiveStartDestinationId }) => ({
      DeliveryStreamDescription: description(
        context.state,
        streamNamed(context, DeliveryStreamName!),
        ExclusiveStartDestinationId,
      ),
    }),
  },
);

export const listDeliveryStreams = firehoseOperation<ListDeliveryStreamsInput>(ListDeliveryStreams$, {
  summary: 'Lists the names of delivery streams.',
  members: {
    Limit: { purpose: 'names at most', min: 1, max: 10_000, default: 10 },
    DeliveryStreamType: { purpose: 'only with this source', values: ['DirectPut', 'KinesisStreamAsSource'] },
    ExclusiveStartDeliveryStreamName: { purpose: 'go on after this name' },
  },
  handle(
    context: Context<FirehoseState>,
    { Limit = 10, DeliveryStreamType, ExclusiveStartDeliveryStreamName },
  ) {
    const account = accountOf(context);
    const names = [...context.state.streams.values()]
      .filter((stream) => stream.account === account)
      .filter(({ type }) => DeliveryStreamType === undefined || type === DeliveryStreamType)
      .map(({ name }) => name)
      .filter(
        (name) => ExclusiveStartDeliveryStreamName === undefined || name > ExclusiveStartDeliveryStreamName,
      )
      .sort();
    return { DeliveryStreamNames: names.slice(0, Limit), HasMoreDeliveryStreams: names.length > Limit };
  },
});
