/** A record of a stream as a function gets it. Lambda Developer Guide, Using Lambda with Kinesis: example event. */
import { utf8Text } from '../../../contract/text.ts';
import { base64 } from '../../../engine/plainJson.ts';
import { isTableStream, tableRecord } from './tableStreams.ts';

/** What GetRecords answers of a record, as far as it is read here. */
export interface ReadRecord {
  readonly SequenceNumber: string;
  readonly PartitionKey: string;
  readonly Data: Uint8Array;
  /** UTC milliseconds, or a Date. */
  readonly ApproximateArrivalTimestamp?: number | Date;
}

/** A record that waits for the function. Frozen. */
export interface StreamEntry {
  readonly sequenceNumber: string;
  readonly key: string;
  readonly data: Uint8Array;
  /** UTC milliseconds. */
  readonly arrived: number;
}

export const entryOf = (record: ReadRecord, utcNow: number): StreamEntry =>
  Object.freeze({
    sequenceNumber: record.SequenceNumber,
    key: record.PartitionKey,
    data: record.Data,
    arrived: Number(record.ApproximateArrivalTimestamp ?? utcNow),
  });

/** What a filter pattern is held against: the record, its data as text. */
export function filteredOf(entry: StreamEntry, arn: string): object {
  return isTableStream(arn) ? tableRecord(entry.data, arn) : filteredRecord(entry);
}

const filteredRecord = ({ sequenceNumber, key, data, arrived }: StreamEntry): object => ({
  kinesisSchemaVersion: '1.0',
  partitionKey: key,
  sequenceNumber,
  data: utf8Text(data),
  approximateArrivalTimestamp: arrived / 1_000,
});

export interface RecordPlace {
  readonly shardId: string;
  readonly arn: string;
  readonly region: string;
  readonly role: string;
}

const recordOf = (entry: StreamEntry, { shardId, arn, region, role }: RecordPlace): object => ({
  kinesis: {
    kinesisSchemaVersion: '1.0',
    partitionKey: entry.key,
    sequenceNumber: entry.sequenceNumber,
    data: base64(entry.data),
    approximateArrivalTimestamp: entry.arrived / 1_000,
  },
  eventSource: 'aws:kinesis',
  eventVersion: '1.0',
  eventID: `${shardId}:${entry.sequenceNumber}`,
  eventName: 'aws:kinesis:record',
  invokeIdentityArn: role,
  awsRegion: region,
  eventSourceARN: arn,
});

/** `more`: what the event of a tumbling window has beside its records. */
export const eventText = (entries: readonly StreamEntry[], place: RecordPlace, more: object = {}): string =>
  JSON.stringify({
    Records: entries.map((entry) =>
      isTableStream(place.arn) ? tableRecord(entry.data, place.arn) : recordOf(entry, place),
    ),
    ...more,
  });

/** Characters that a record takes in an event: its data in base64, and what stands around it. */
export const charactersOf = ({ data, key }: StreamEntry): number =>
  Math.ceil(data.length / 3) * 4 + key.length + 512;
