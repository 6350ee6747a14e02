/** `run --endpoint-url` as a process, against `serve` and, where it is installed, against another emulator. */
import { type ChildProcess, type SpawnSyncReturns, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { freshEnvironment, program, Shell } from '../support/program.ts';

const FIVE = `
aws sqs create-queue --queue-name there
aws sqs create-queue --queue-name orders
URL=$(aws sqs get-queue-url --queue-name orders --query QueueUrl --output text)
ARN=$(aws sqs get-queue-attributes --queue-url $URL --attribute-names QueueArn --query Attributes.QueueArn --output text)
repeat 3 aws sqs send-message --queue-url $URL --message-body 'hello {n}' --query MD5OfMessageBody
aws sqs receive-message --queue-url orders --query 'Messages[0].Body'
expect queue/orders visible=2 inFlight=1
aws sqs get-queue-url --queue-name none || true
TOPIC=$(aws sns create-topic --name news --query TopicArn --output text)
aws sns subscribe --topic-arn $TOPIC --protocol sqs --notification-endpoint $ARN --query SubscriptionArn
aws sns publish --topic-arn news --message hi --query 'length(MessageId)'
aws kinesis create-stream --stream-name clicks --shard-count 1
aws kinesis wait stream-exists --stream-name clicks
aws kinesis put-record --stream-name clicks --partition-key a --data aGVsbG8=
IT=$(aws kinesis get-shard-iterator --stream-name clicks --shard-id shardId-000000000000 --shard-iterator-type TRIM_HORIZON --query ShardIterator --output text)
aws kinesis get-records --shard-iterator $IT --query 'Records[].Data'
aws s3api create-bucket --bucket landing
aws firehose create-delivery-stream --delivery-stream-name pipe --s3-destination-configuration RoleARN=arn:aws:iam::000000000000:role/f,BucketARN=arn:aws:s3:::landing
aws firehose put-record --delivery-stream-name pipe --record Data=aGVsbG8= --query Encrypted
aws mq create-broker --broker-name b1 --engine-type RABBITMQ --engine-version 3.13 --host-instance-type mq.m5.large --deployment-mode SINGLE_INSTANCE --publicly-accessible --auto-minor-version-upgrade --users Username=admin,Password=longpassword12
aws kinesis describe-stream-summary --stream-name none
aws sqs create-queue --queue-name never
`;

const KEYS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_EC2_METADATA_DISABLED: 'true' };
const SETTINGS = { ...KEYS, AWS_DEFAULT_REGION: 'us-east-1' };

let shell: Shell;
let served: ChildProcess;
let url = '';

beforeAll(async () => {
  program();
  shell = new Shell();
  served = spawn(process.execPath, [program(), 'serve', '--headless', '--port', '0', '--instant'], {
    env: freshEnvironment(shell.home),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  url = await new Promise<string>((resolve, reject) => {
    served.once('exit', () => reject(new Error('serve ended')));
    served.stdout!.on('data', (text: Buffer) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/u.exec(text.toString());
      if (found !== null) resolve(found[0]);
    });
  });
}, 120_000);
afterAll(() => {
  served.kill('SIGTERM');
  shell.remove();
});
vi.setConfig({ testTimeout: 120_000 });

function sent(text: string, words: readonly string[] = [], env: object = SETTINGS): SpawnSyncReturns<string> {
  writeFileSync(join(shell.home, 'lines.sh'), text);
  const at = words.includes('--endpoint-url') ? words : ['--endpoint-url', url, ...words];
  return shell.run(['run', 'lines.sh', ...at], { env: { ...env } as Record<string, string> });
}

describe('run --endpoint-url', () => {
  test('sends lines of five services, stops at a refusal, and lists what it made', () => {
    sent('aws sqs create-queue --queue-name there', ['--yes']);
    const { stdout, stderr, status } = sent(FIVE, ['--yes']);
    expect(stderr).toContain(`sends these lines to ${url}, region us-east-1\n`);
    expect(stderr).toContain(
      'as arn:aws:iam::000000000000:root (account 000000000000, profile default, key …test)',
    );
    expect(stderr).toContain('stopped: "aws kinesis describe-stream-summary --stream-name none" was refused');
    expect(status).toBe(1);
    expect(stdout).toContain('"dab729aefdf2bfa7ed05b5531dc26118"\n');
    expect(stdout).toContain('"hello 1"\n# orders stands for http://');
    expect(stdout).toContain(
      'An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the GetQueueUrl operation: The specified queue does not exist.',
    );
    expect(stdout).toContain(`[\n    "aGVsbG8="\n]\n`);
    expect(stdout).toContain(
      'An error occurred (ResourceNotFoundException) when calling the DescribeStreamSummary operation: Stream none under account 000000000000 not found.',
    );
    const list = stdout.slice(stdout.indexOf('# The script made this')).trimEnd().split('\n').slice(1);
    expect(list.map((line) => line.split(' ').slice(1, 3).join(' '))).toEqual([
      'mq delete-broker',
      'firehose delete-delivery-stream',
      's3 rm',
      's3api delete-bucket',
      'kinesis delete-stream',
      'sns unsubscribe',
      'sns delete-topic',
      'sqs delete-queue',
    ]);
    expect(list.at(-1)).toBe(
      `aws sqs delete-queue --queue-url ${url}/000000000000/orders --endpoint-url ${url} --region us-east-1`,
    );
    // The list is itself a script, and leaves what was there before.
    const cleaned = sent(list.filter((line) => !line.includes('s3 rm')).join('\n'), ['--yes']);
    expect(cleaned.stdout).not.toContain('# The script made this');
    expect(cleaned.status).toBe(0);
    expect(sent('aws sqs list-queues --query "length(QueueUrls)"').stdout).toContain('\n1\n');
  });

  test('reads without asking, and changes nothing that nobody agreed to', () => {
    const { stdout, stderr, status } = sent('aws sqs list-queues\naws sqs create-queue --queue-name q\n');
    expect(stdout).toContain('$ aws sqs list-queues\n');
    expect(stderr).toContain('stopped before the first line that changes something: "aws sqs create-queue');
    expect(stderr).toContain('--yes agrees beforehand');
    expect(status).toBe(2);
    expect(sent('aws sqs get-queue-url --queue-name q').stdout).toContain('NonExistentQueue');
  });

  test('refuses by name what only a world can do, before anything is sent', () => {
    const refusal = (text: string, ...words: string[]): string => {
      const { stderr, status } = sent(text, words);
      expect(status).not.toBe(0);
      return stderr;
    };
    const made = 'aws sqs create-queue --queue-name q\n';
    expect(refusal(`${made}app create-consumer --name w --from queue/q`, '--yes')).toContain(
      'line 2: app is only in the playground',
    );
    expect(refusal('repeat 2 time step')).toContain('line 1: time is only in the playground');
    expect(refusal(made, '--seed', '1')).toContain('--seed does not go with --endpoint-url');
    expect(refusal(made, '--endpoint-url', 'localhost:1')).toContain('scheme is missing');
    expect(sent('expect queue/q oldestAgeMs=0').stdout).toContain('not modelled: expect queue/q oldestAgeMs');
  });

  test('says in the AWS CLI’s words that there is no region, no profile, no server', () => {
    const line = 'aws sqs list-queues';
    expect(sent(line, [], KEYS).stderr).toContain('You must specify a region.');
    expect(sent(line, ['--profile', 'none']).stderr).toContain(
      'The config profile (none) could not be found',
    );
    const { stderr, status } = sent(line, ['--endpoint-url', 'http://127.0.0.1:1']);
    expect(stderr).toContain('Could not connect to the endpoint URL: "http://127.0.0.1:1/"');
    expect(status).toBe(1);
  });

  test('lists what it made also after Ctrl+C', async () => {
    writeFileSync(join(shell.home, 'long.sh'), 'aws sqs create-queue --queue-name long\nsleep 1h\n');
    const child = spawn(process.execPath, [program(), 'run', 'long.sh', '--endpoint-url', url, '--yes'], {
      cwd: shell.home,
      env: freshEnvironment(shell.home, SETTINGS),
    });
    let told = '';
    let stopped = false;
    const listen = (data: Buffer): void => {
      told += data.toString();
      if (!stopped && told.includes('/long"')) {
        stopped = true;
        child.kill('SIGINT');
      }
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    const status = await new Promise((resolve) => child.once('close', resolve));
    expect(told).toContain('stopped by Ctrl+C');
    expect(told).toContain('\naws sqs delete-queue --queue-url ');
    expect(status).toBe(1);
  });
});

const KINESALITE = process.env.KINESALITE ?? '';
const entry = KINESALITE === '' ? '' : join(KINESALITE, 'cli.js');

describe.skipIf(!existsSync(entry))('another emulator: KINESALITE names the folder of kinesalite', () => {
  test('takes the same lines', async () => {
    const kinesalite = createRequire(import.meta.url)(KINESALITE) as (options: object) => {
      listen(port: number, then: () => void): void;
      address(): { port: number };
      close(): void;
    };
    const server = kinesalite({ createStreamMs: 10, deleteStreamMs: 10 });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const lines = FIVE.split('\n').filter(
      (line) => line.includes('aws kinesis') && !line.includes('summary'),
    );
    writeFileSync(join(shell.home, 'kinesis.sh'), lines.join('\n'));
    const at = `http://127.0.0.1:${server.address().port}`;
    const child = spawn(process.execPath, [program(), 'run', 'kinesis.sh', '--endpoint-url', at, '--yes'], {
      cwd: shell.home,
      env: freshEnvironment(shell.home, SETTINGS),
    });
    let told = '';
    child.stdout.on('data', (data: Buffer) => {
      told += data.toString();
    });
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    server.close();
    expect(told).toContain('"aGVsbG8="');
    expect(told).toContain('\naws kinesis delete-stream --stream-name clicks ');
  });
});
