/** What a script made at a real endpoint: what is listed to be deleted, and in which order. */
import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { wasThere } from '../../src/cli/remote/before.ts';
import { CleanUp, UNDO } from '../../src/cli/remote/cleanUp.ts';
import type { Outcome } from '../../src/engine/service.ts';

const words = new Map([['s3', 's3api']]);
const HERE = ' --region eu-west-1';

function made(...calls: readonly (readonly [string, string, object, object?])[]): readonly string[] {
  const cleanUp = new CleanUp(words);
  for (const [service, operation, input, output = {}] of calls) {
    cleanUp.learn({ service, operation, input }, output, 'new', HERE);
  }
  return cleanUp.lines();
}

const topic = { TopicArn: 'arn:aws:sns:eu-west-1:123456789012:news' };
const subscription = { SubscriptionArn: `${topic.TopicArn}:b1` };

describe('the clean-up list', () => {
  it('knows every operation that makes something', () => {
    const makers = CATALOG.filter(({ description }) => description.kind === 'aws').flatMap(
      ({ description }) =>
        [...description.operations.keys()]
          .filter((name) => /^(Create(?!Tags)|Register|Subscribe$|Copy)/.test(name))
          .map((name) => `${description.name}.${name}`),
    );
    expect(makers.length).toBeGreaterThan(20);
    expect(makers.filter((name) => !Object.hasOwn(UNDO, name))).toEqual([]);
  });

  it('deletes last made first, and empties a bucket before it goes', () => {
    expect(
      made(
        ['s3', 'CreateBucket', { Bucket: 'b' }],
        ['kinesis', 'CreateStream', { StreamName: 'clicks' }],
        ['sqs', 'CreateQueue', { QueueName: 'a' }, { QueueUrl: 'https://q/1/a' }],
        ['sqs', 'SendMessage', { QueueUrl: 'https://q/1/a', MessageBody: 'x' }],
      ),
    ).toEqual([
      `aws sqs delete-queue --queue-url https://q/1/a${HERE}`,
      `aws kinesis delete-stream --stream-name clicks${HERE}`,
      `aws s3 rm s3://b --recursive${HERE}`,
      `aws s3api delete-bucket --bucket b${HERE}`,
    ]);
  });

  it('leaves out what the script deleted itself, and what went with it', () => {
    expect(
      made(
        ['sns', 'CreateTopic', { Name: 'news' }, topic],
        ['sns', 'Subscribe', { ...topic, Protocol: 'sqs' }, subscription],
        ['sns', 'DeleteTopic', topic],
        ['kinesis', 'CreateStream', { StreamName: 'clicks' }],
        ['kinesis', 'DeleteStream', { StreamARN: 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks' }],
        ['kms', 'CreateKey', {}, { KeyMetadata: { KeyId: 'k1' } }],
        ['kms', 'ScheduleKeyDeletion', { KeyId: 'k1', PendingWindowInDays: 30 }],
        ['events', 'PutTargets', { Rule: 'r', Targets: [{ Id: '1', Arn: 'arn' }] }],
        ['events', 'RemoveTargets', { Rule: 'r', Ids: ['1'] }],
      ),
    ).toEqual([]);
  });

  it('aborts an upload that was not completed, and deletes the object of one that was', () => {
    const upload = { Bucket: 'b', Key: 'k', UploadId: 'u' };
    const begun = ['s3', 'CreateMultipartUpload', { Bucket: 'b', Key: 'k' }, { UploadId: 'u' }] as const;
    expect(made(begun)).toEqual([`aws s3api abort-multipart-upload --bucket b --key k --upload-id u${HERE}`]);
    expect(made(begun, ['s3', 'CompleteMultipartUpload', upload])).toEqual([
      `aws s3api delete-object --bucket b --key k${HERE}`,
    ]);
  });

  it('keeps a thing that another deletion only resembles', () => {
    const lines = made(
      ['kinesis', 'CreateStream', { StreamName: 'clicks-2' }],
      ['kinesis', 'DeleteStream', { StreamName: 'clicks' }],
      ['sns', 'Subscribe', { ...topic, Protocol: 'email' }, { SubscriptionArn: 'pending confirmation' }],
    );
    expect(lines).toEqual([`aws kinesis delete-stream --stream-name clicks-2${HERE}`]);
  });

  it('leaves out what was there before, and marks what nobody could look for', async () => {
    const create = { service: 'sqs', operation: 'CreateQueue', input: { QueueName: 'a' } };
    const place = { account: '123456789012', region: 'eu-west-1' };
    const refused = (code: string, httpStatus: number) => async (): Promise<Outcome> => ({
      ok: false,
      refusal: { code, httpStatus, message: '', fault: 'client' },
    });
    const found = async (): Promise<Outcome> => ({ ok: true, output: { QueueUrl: 'u' } });
    expect(await wasThere(create, place, found)).toBe('there');
    expect(await wasThere(create, place, refused('AWS.SimpleQueueService.NonExistentQueue', 400))).toBe(
      'new',
    );
    expect(await wasThere(create, place, refused('AccessDenied', 403))).toBe('unknown');
    const cleanUp = new CleanUp(words);
    cleanUp.learn(create, { QueueUrl: 'mine' }, 'there', HERE);
    cleanUp.learn(create, { QueueUrl: 'whose' }, 'unknown', HERE);
    expect(cleanUp.lines()).toEqual([
      `# perhaps there before: aws sqs delete-queue --queue-url whose${HERE}`,
    ]);
  });
});
