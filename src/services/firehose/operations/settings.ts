/** What of a delivery stream can be changed: its destination, its encryption, its labels. */
import {
  ListTagsForDeliveryStream$,
  type ListTagsForDeliveryStreamInput,
  StartDeliveryStreamEncryption$,
  type StartDeliveryStreamEncryptionInput,
  StopDeliveryStreamEncryption$,
  type StopDeliveryStreamEncryptionInput,
  TagDeliveryStream$,
  type TagDeliveryStreamInput,
  UntagDeliveryStream$,
  type UntagDeliveryStreamInput,
  UpdateDestination$,
  type UpdateDestinationInput,
} from '@aws-sdk/client-firehose';
import { firehoseOperation, STREAM_NAME } from '../define.ts';
import { invalidArgument, versionMismatch } from '../errors.ts';
import { emit } from '../events.ts';
import { CHANGING } from '../limits.ts';
import { DESTINATION_ID } from '../rules/describing.ts';
import { encryptionOf } from '../rules/encrypting.ts';
import { planChange } from '../rules/lifecycle.ts';
import { activeStream, streamNamed } from '../rules/lookup.ts';
import { readTags } from '../rules/tagging.ts';
import { updated } from '../rules/updating.ts';

const update = (purpose: string) => ({ purpose });

export const updateDestination = firehoseOperation<UpdateDestinationInput>(UpdateDestination$, {
  summary: 'Changes the destination; what is not named stays as it is.',
  members: {
    DeliveryStreamName: STREAM_NAME,
    CurrentDeliveryStreamVersionId: { purpose: 'VersionId, as the stream was described' },
    DestinationId: { purpose: `${DESTINATION_ID}: there is one`, default: DESTINATION_ID },
    S3DestinationUpdate: update('a bucket, in the older form'),
    ExtendedS3DestinationUpdate: update('a bucket'),
    RedshiftDestinationUpdate: update('a table of Redshift'),
    ElasticsearchDestinationUpdate: update('an index of Elasticsearch'),
    AmazonopensearchserviceDestinationUpdate: update('an index of OpenSearch'),
    AmazonOpenSearchServerlessDestinationUpdate: update('an index of OpenSearch Serverless'),
    SplunkDestinationUpdate: update('Splunk'),
    HttpEndpointDestinationUpdate: update('an HTTP endpoint'),
    SnowflakeDestinationUpdate: { purpose: 'a table of Snowflake', notModelled: 'Snowflake is not here' },
    IcebergDestinationUpdate: { purpose: 'tables of Iceberg', notModelled: 'Iceberg tables are not here' },
  },
  handle(context, input) {
    const { CurrentDeliveryStreamVersionId = '', DestinationId } = input;
    const stream = activeStream(context, input.DeliveryStreamName!);
    if (Number(CurrentDeliveryStreamVersionId) !== stream.version) {
      throw versionMismatch(stream.name, stream.version, CurrentDeliveryStreamVersionId);
    }
    if (DestinationId !== DESTINATION_ID) {
      throw invalidArgument(
        `Destination Id ${DestinationId} not found`,
        `The one destination is ${DESTINATION_ID}.`,
      );
    }
    const destination = updated(stream.destination, Object.fromEntries(Object.entries(input)));
    stream.destination = destination;
    stream.version++;
    stream.updated = context.now;
    emit(context, {
      type: 'firehose/DestinationChanged',
      by: context.caller.by,
      delivery: stream.name,
      version: stream.version,
    });
    return {};
  },
});

/** Firehose API Reference, StartDeliveryStreamEncryption: not for a stream that reads a data stream. */
export const startDeliveryStreamEncryption = firehoseOperation<StartDeliveryStreamEncryptionInput>(
  StartDeliveryStreamEncryption$,
  {
    summary: 'Encrypts what waits in a delivery stream.',
    members: {
      DeliveryStreamName: STREAM_NAME,
      DeliveryStreamEncryptionConfigurationInput: { purpose: 'whose key: AWS’s, or your own' },
    },
    handle(context, { DeliveryStreamName, DeliveryStreamEncryptionConfigurationInput: given }) {
      const stream = activeStream(context, DeliveryStreamName!);
      if (stream.source !== undefined) {
        throw invalidArgument(
          `Server-side encryption is not supported for delivery stream type ${stream.type}.`,
          'The data stream is encrypted instead: kinesis start-stream-encryption.',
        );
      }
      stream.encryption = encryptionOf(given ?? { KeyType: 'AWS_OWNED_CMK' }, 'ENABLING');
      planChange(context, stream, 'encrypted', CHANGING);
      return {};
    },
  },
);

export const stopDeliveryStreamEncryption = firehoseOperation<StopDeliveryStreamEncryptionInput>(
  StopDeliveryStreamEncryption$,
  {
    summary: 'Encrypts no more what comes into a delivery stream.',
    members: { DeliveryStreamName: STREAM_NAME },
    handle(context, { DeliveryStreamName }) {
      const stream = activeStream(context, DeliveryStreamName!);
      if (stream.encryption.status === 'DISABLED') return {};
      stream.encryption = Object.freeze({ ...stream.encryption, status: 'DISABLING' });
      planChange(context, stream, 'plain', CHANGING);
      return {};
    },
  },
);

export const tagDeliveryStream = firehoseOperation<TagDeliveryStreamInput>(TagDeliveryStream$, {
  summary: 'Puts labels on a delivery stream, or changes them.',
  members: { DeliveryStreamName: STREAM_NAME, Tags: { purpose: 'labels, Key=…,Value=…', min: 1, max: 50 } },
  handle(context, { DeliveryStreamName, Tags }) {
    const stream = activeStream(context, DeliveryStreamName!);
    stream.tags = readTags(stream.tags, Tags as readonly { Key: string; Value?: string }[]);
    return {};
  },
});

export const untagDeliveryStream = firehoseOperation<UntagDeliveryStreamInput>(UntagDeliveryStream$, {
  summary: 'Takes labels off a delivery stream.',
  members: {
    DeliveryStreamName: STREAM_NAME,
    TagKeys: { purpose: 'the keys of the labels', min: 1, max: 50 },
  },
  handle(context, { DeliveryStreamName, TagKeys = [] }) {
    const stream = activeStream(context, DeliveryStreamName!);
    const gone = new Set(TagKeys);
    stream.tags = Object.freeze(
      Object.fromEntries(Object.entries(stream.tags).filter(([key]) => !gone.has(key))),
    );
    return {};
  },
});

export const listTagsForDeliveryStream = firehoseOperation<ListTagsForDeliveryStreamInput>(
  ListTagsForDeliveryStream$,
  {
    summary: 'Lists the labels of a delivery stream.',
    members: {
      DeliveryStreamName: STREAM_NAME,
      ExclusiveStartTagKey: { purpose: 'go on after this key' },
      Limit: { purpose: 'labels at most', min: 1, max: 50, default: 50 },
    },
    handle(context, { DeliveryStreamName, ExclusiveStartTagKey, Limit = 50 }) {
      const { tags } = streamNamed(context, DeliveryStreamName!);
      const all = Object.entries(tags)
        .map(([Key, Value]) => ({ Key, Value }))
        .filter(({ Key }) => ExclusiveStartTagKey === undefined || Key > ExclusiveStartTagKey)
        .sort((one, other) => (one.Key < other.Key ? -1 : 1));
      return { Tags: all.slice(0, Limit), HasMoreTags: all.length > Limit };
    },
  },
);
