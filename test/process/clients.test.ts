/** The AWS CLI and boto3, as they are, against `serve`. Skipped by name where they are not installed. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshEnvironment, program, Shell } from '../support/program.ts';

const has = (command: string, ...words: string[]): boolean => spawnSync(command, words).status === 0;
const PATHS = ['/usr/bin/aws', 'aws'].filter((path) => has(path, '--version'));
const hasBoto = has('python3', '-c', 'import boto3');

let shell: Shell;
let served: ChildProcess;
let url = '';

beforeAll(async () => {
  program();
  shell = new Shell();
  const words = [program(), 'serve', '--headless', '--port', '0', '--instant'];
  served = spawn(process.execPath, words, {
    env: freshEnvironment(shell.home),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  url = await new Promise<string>((resolve) => {
    served.stdout!.on('data', (text: Buffer) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/u.exec(text.toString());
      if (found !== null) resolve(found[0]);
    });
  });
}, 120_000);
afterAll(() => {
  served.kill('SIGTERM');
});

const settings = (): Record<string, string> => ({
  ...freshEnvironment(shell.home),
  ...(process.env.HOME === undefined ? {} : { HOME: process.env.HOME }),
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PAGER: '',
});

const BOTO = `
import boto3
from botocore.config import Config
once = Config(retries={'total_max_attempts': 1})
client = lambda name: boto3.client(name, config=once)
sqs, sns, kinesis = client('sqs'), client('sns'), client('kinesis')
url = sqs.create_queue(QueueName='orders')['QueueUrl']
arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=['QueueArn'])['Attributes']['QueueArn']
policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"%s"}]}' % arn
sqs.set_queue_attributes(QueueUrl=url, Attributes={'Policy': policy})
topic = sns.create_topic(Name='news')['TopicArn']
sns.subscribe(TopicArn=topic, Protocol='sqs', Endpoint=arn, Attributes={'RawMessageDelivery': 'true'})
sns.publish(TopicArn=topic, Message='fan & out <x>')
print('got', sqs.receive_message(QueueUrl=url, WaitTimeSeconds=5)['Messages'][0]['Body'])
try: sqs.get_queue_url(QueueName='none')
except sqs.exceptions.QueueDoesNotExist as error: print('refused', error.response['Error']['Code'])
try: sns.publish(TopicArn=topic + 'x', Message='m')
except sns.exceptions.NotFoundException as error: print('refused', error.response['Error']['Message'])
kinesis.create_stream(StreamName='clicks', ShardCount=1)
put = kinesis.put_record(StreamName='clicks', PartitionKey='a', Data=b'\\x00\\xff')
at = kinesis.get_shard_iterator(StreamName='clicks', ShardId=put['ShardId'], ShardIteratorType='TRIM_HORIZON')
print('record', kinesis.get_records(ShardIterator=at['ShardIterator'])['Records'][0]['Data'])
s3 = client('s3')
s3.create_bucket(Bucket='lake')
s3.put_object(Bucket='lake', Key='a b/ü', Body=b'hello')
print('object', s3.get_object(Bucket='lake', Key='a b/ü')['Body'].read(), [o['Key'] for o in s3.list_objects_v2(Bucket='lake')['Contents']])
fire = client('firehose')
fire.create_delivery_stream(DeliveryStreamName='f', ExtendedS3DestinationConfiguration={'BucketARN': 'arn:aws:s3:::lake', 'RoleARN': 'arn:aws:iam::000000000000:role/r'})
print('firehose', fire.describe_delivery_stream(DeliveryStreamName='f')['DeliveryStreamDescription']['DeliveryStreamStatus'])
mq = client('mq')
broker = mq.create_broker(BrokerName='b', EngineType='RABBITMQ', EngineVersion='3.13', HostInstanceType='mq.m5.large', DeploymentMode='SINGLE_INSTANCE', PubliclyAccessible=True, AutoMinorVersionUpgrade=True, Users=[{'Username': 'admin', 'Password': 'longenough12345'}])
print('broker', mq.describe_broker(BrokerId=broker['BrokerId'])['BrokerState'])
watch = client('cloudwatch')
watch.put_metric_alarm(AlarmName='a', MetricName='M', Namespace='N', Statistic='Sum', Period=60, EvaluationPeriods=1, Threshold=1.5, ComparisonOperator='GreaterThanThreshold')
print('alarm', watch.describe_alarms()['MetricAlarms'][0]['Threshold'])
print('who', boto3.client('sts', aws_access_key_id='123456789012', aws_secret_access_key='x').get_caller_identity()['Account'])
`;

describe.skipIf(!hasBoto)('boto3', () => {
  test('works with seven services as it is', () => {
    const file = join(shell.home, 'clients.py');
    writeFileSync(file, BOTO);
    const { stdout, stderr } = spawnSync('python3', [file], { encoding: 'utf8', env: settings() });
    expect(stderr).toBe('');
    expect(stdout.trim().split('\n')).toEqual([
      'got fan & out <x>',
      'refused AWS.SimpleQueueService.NonExistentQueue',
      'refused Topic does not exist',
      "record b'\\x00\\xff'",
      "object b'hello' ['a b/ü']",
      'firehose ACTIVE',
      'broker RUNNING',
      'alarm 1.5',
      'who 123456789012',
    ]);
  }, 60_000);
});

describe.skipIf(PATHS.length === 0)('the AWS CLI', () => {
  test.each(PATHS)(
    '%s creates a queue, and is refused',
    (path) => {
      const aws = (...words: string[]) =>
        spawnSync(path, ['--endpoint-url', url, '--output', 'json', ...words], {
          encoding: 'utf8',
          env: settings(),
        });
      const name = `cli-${PATHS.indexOf(path)}`;
      const { QueueUrl } = JSON.parse(aws('sqs', 'create-queue', '--queue-name', name).stdout) as {
        QueueUrl: string;
      };
      expect(QueueUrl).toBe(`${url}/000000000000/${name}`);
      const refused = aws('sqs', 'get-queue-url', '--queue-name', 'none');
      expect(refused.stderr).toContain(
        'An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the GetQueueUrl operation: The specified queue does not exist',
      );
    },
    60_000,
  );
});
