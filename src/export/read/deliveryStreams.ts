/** Firehose delivery streams, and the Glue tables that conversion of their records needs. */
import {
  type Answer,
  type Declared,
  given,
  inputFrom,
  listIn,
  picked,
  type Readable,
  tagList,
} from '../declared.ts';

/** The most that ListDeliveryStreams gives at once. */
const MOST = 10_000;

/** Where records go: the member that describes it, and the one that CreateDeliveryStream takes. */
const DESTINATIONS = [
  ['RedshiftDestinationDescription', 'RedshiftDestinationConfiguration'],
  ['AmazonopensearchserviceDestinationDescription', 'AmazonopensearchserviceDestinationConfiguration'],
  ['SplunkDestinationDescription', 'SplunkDestinationConfiguration'],
  ['HttpEndpointDestinationDescription', 'HttpEndpointDestinationConfiguration'],
  ['ExtendedS3DestinationDescription', 'ExtendedS3DestinationConfiguration'],
] as const;

/** The tables that delivery streams convert records by. */
export function readTables(readable: Readable): readonly Declared[] {
  const schemas = new Map<string, { readonly DatabaseName: string; readonly Name: string }>();
  for (const name of namesOf(readable)) {
    const conversion = (destinationOf(describe(readable, name)).ExtendedS3DestinationDescription as Answer)
      ?.DataFormatConversionConfiguration as Answer | undefined;
    const { DatabaseName, TableName } = (conversion?.SchemaConfiguration ?? {}) as Record<string, string>;
    if (DatabaseName !== undefined && TableName !== undefined)
      schemas.set(`${DatabaseName}.${TableName}`, { DatabaseName, Name: TableName });
  }
  const databases = new Set([...schemas.values()].map(({ DatabaseName }) => DatabaseName));
  return [
    ...[...databases].map(databaseNamed),
    ...[...schemas.values()].flatMap((schema) => {
      const table = readable.ask('glue', 'GetTable', schema)?.Table as Answer | undefined;
      return table === undefined ? [] : [tableOf(readable, table)];
    }),
  ];
}

const databaseNamed = (Name: string): Declared => ({
  type: 'AWS::Glue::Database',
  name: Name,
  make: [{ service: 'glue', operation: 'CreateDatabase', input: { DatabaseInput: { Name } } }],
  properties: { CatalogId: { Ref: 'AWS::AccountId' }, DatabaseInput: { Name } },
  names: [],
});

function tableOf({ inputOf }: Readable, table: Answer): Declared {
  const { DatabaseName } = table;
  const shape = inputOf('glue', 'CreateTable')
    .members.find(({ name }) => name === 'TableInput')!
    .shape();
  const TableInput = picked(shape, table);
  return {
    type: 'AWS::Glue::Table',
    name: `${String(DatabaseName)}-${String(table.Name)}`,
    make: [{ service: 'glue', operation: 'CreateTable', input: { DatabaseName, TableInput } }],
    properties: { CatalogId: { Ref: 'AWS::AccountId' }, DatabaseName, TableInput },
    names: [],
  };
}

const namesOf = ({ ask }: Readable): readonly string[] =>
  listIn<string>(ask('firehose', 'ListDeliveryStreams', { Limit: MOST }), 'DeliveryStreamNames');

const describe = ({ ask }: Readable, DeliveryStreamName: string): Answer =>
  ask('firehose', 'DescribeDeliveryStream', { DeliveryStreamName })?.DeliveryStreamDescription as Answer;

const destinationOf = (described: Answer): Answer => listIn<Answer>(described, 'Destinations')[0] ?? {};

export const readDeliveryStreams = (readable: Readable): readonly Declared[] =>
  namesOf(readable).map((name) => readDeliveryStream(readable, name));

function readDeliveryStream(readable: Readable, DeliveryStreamName: string): Declared {
  const { ask, inputOf } = readable;
  const described = describe(readable, DeliveryStreamName);
  const destination = destinationOf(described);
  const [from, to] = DESTINATIONS.find(([member]) => destination[member] !== undefined)!;
  const shape = inputOf('firehose', 'CreateDeliveryStream');
  const configuration = picked(
    shape.members.find(({ name }) => name === to)!.shape(),
    asConfiguration(destination[from] as Answer),
  );
  const source = (described.Source as Answer | undefined)?.KinesisStreamSourceDescription as
    | Answer
    | undefined;
  const tags = listIn<{ Key: string; Value: string }>(
    ask('firehose', 'ListTagsForDeliveryStream', { DeliveryStreamName }),
    'Tags',
  );
  const encryption = described.DeliveryStreamEncryptionConfiguration as Answer | undefined;
  const input = inputFrom(
    readable,
    ['firehose', 'CreateDeliveryStream'],
    {},
    {
      DeliveryStreamName,
      DeliveryStreamType: described.DeliveryStreamType,
      KinesisStreamSourceConfiguration:
        source && given({ KinesisStreamARN: source.KinesisStreamARN, RoleARN: source.RoleARN }),
      DeliveryStreamEncryptionConfigurationInput:
        encryption?.Status === 'ENABLED'
          ? given({ KeyType: encryption.KeyType, KeyARN: encryption.KeyARN })
          : undefined,
      [to]: configuration,
      Tags: tags.length === 0 ? undefined : tags,
    },
  );
  return {
    type: 'AWS::KinesisFirehose::DeliveryStream',
    name: DeliveryStreamName,
    make: [{ service: 'firehose', operation: 'CreateDeliveryStream', input }],
    properties: given({
      ...input,
      Tags: tagList(Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))),
    }),
    names: [{ literal: String(described.DeliveryStreamARN), attribute: 'Arn' }],
  };
}

/** `S3DestinationDescription` within a destination is given as `S3Configuration`; a backup's likewise. */
function asConfiguration(description: Answer): Answer {
  return Object.fromEntries(
    Object.entries(description).map(([name, value]) => [
      name.replace(/(?:Destination)?Description$/u, 'Configuration'),
      value,
    ]),
  );
}
