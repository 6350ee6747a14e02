/** What the wire knows of each service beside its schema: names in targets, namespaces, versions, hosts. */

export interface WireService {
  /** In the catalog. */
  readonly name: string;
  /** Before the dot of `X-Amz-Target`, and in the path of rpc-v2. */
  readonly target?: string;
  readonly json?: '1.0' | '1.1';
  /** Before the `#` of an error's type. */
  readonly namespace?: string;
  /** Errors also say the code of the Query protocol. */
  readonly queryErrors?: boolean;
  readonly query?: { readonly version: string; readonly xmlns: string };
  readonly rest?: 'json' | 'xml';
  /** In the credential scope, and at the beginning of a host; the name if left out. */
  readonly signing?: string;
}

export const WIRE_SERVICES: readonly WireService[] = [
  {
    name: 'sqs',
    target: 'AmazonSQS',
    json: '1.0',
    namespace: 'com.amazonaws.sqs',
    queryErrors: true,
    query: { version: '2012-11-05', xmlns: 'http://queue.amazonaws.com/doc/2012-11-05/' },
  },
  {
    name: 'sns',
    query: { version: '2010-03-31', xmlns: 'http://sns.amazonaws.com/doc/2010-03-31/' },
  },
  { name: 'kinesis', target: 'Kinesis_20131202', json: '1.1' },
  { name: 'firehose', target: 'Firehose_20150804', json: '1.1' },
  { name: 'mq', rest: 'json' },
  { name: 'lambda', rest: 'json' },
  { name: 's3', rest: 'xml' },
  { name: 'kms', target: 'TrentService', json: '1.1' },
  { name: 'glue', target: 'AWSGlue', json: '1.1' },
  { name: 'logs', target: 'Logs_20140328', json: '1.1' },
  { name: 'events', target: 'AWSEvents', json: '1.1' },
  { name: 'iot', rest: 'json' },
  { name: 'iotdata', rest: 'json' },
  {
    name: 'cloudwatch',
    target: 'GraniteServiceVersion20100801',
    json: '1.0',
    namespace: 'com.amazonaws.cloudwatch',
    queryErrors: true,
    query: { version: '2010-08-01', xmlns: 'http://monitoring.amazonaws.com/doc/2010-08-01/' },
    signing: 'monitoring',
  },
  {
    name: 'iam',
    query: { version: '2010-05-08', xmlns: 'https://iam.amazonaws.com/doc/2010-05-08/' },
  },
  {
    name: 'sts',
    query: { version: '2011-06-15', xmlns: 'https://sts.amazonaws.com/doc/2011-06-15/' },
  },
  {
    name: 'autoscaling',
    query: { version: '2011-01-01', xmlns: 'http://autoscaling.amazonaws.com/doc/2011-01-01/' },
  },
  {
    name: 'dynamodbstreams',
    target: 'DynamoDBStreams_20120810',
    json: '1.0',
    namespace: 'com.amazonaws.dynamodb.v20120810',
    signing: 'dynamodb',
  },
  {
    name: 'rds',
    query: { version: '2014-10-31', xmlns: 'http://rds.amazonaws.com/doc/2014-10-31/' },
  },
];

export const signingName = ({ name, signing = name }: WireService): string => signing;
