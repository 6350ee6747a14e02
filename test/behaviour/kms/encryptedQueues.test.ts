import { describe, expect, it } from 'vitest';
import {
  ACCOUNT_DECIDES,
  accounts,
  asAdministrator,
  asPartner,
  asTopic,
  asUser,
  key,
  keyPolicy,
  queuePolicy,
  topicArn,
  user,
  userPolicy,
} from '../../support/accounts.ts';
import { allow, PARTNER, QUEUE_ARN } from '../../support/questions.ts';

const encrypted = { KmsMasterKeyId: 'alias/orders' };
const USE_QUEUE = allow({ Action: ['sqs:SendMessage', 'sqs:ReceiveMessage'] });
const fromKms = (sentence: string, code: string): string =>
  `${sentence} (Service: AWSKMS; Status Code: 400; Error Code: ${code}; Proxy: null)`;
const CONSUMER_DENIED = fromKms(
  'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
  'AccessDeniedException',
);

describe('a queue with a key', () => {
  it('asks a producer for GenerateDataKey and Decrypt, a consumer for Decrypt', () => {
    const w = accounts();
    const { Arn } = key(w, 'alias/orders');
    const QueueUrl = w.queue('orders', encrypted);
    const send = { QueueUrl, MessageBody: 'x' };
    user(w, 'alice', USE_QUEUE);
    expect(asUser(w, 'alice').refusal('SendMessage', send)).toMatchObject({
      code: 'KMS.AccessDeniedException',
      jsonCode: 'KmsAccessDenied',
      httpStatus: 400,
      message: fromKms(
        `User: arn:aws:iam::000000000000:user/alice is not authorized to perform: kms:GenerateDataKey on resource: ${Arn} because no identity-based policy allows the kms:GenerateDataKey action`,
        'AccessDeniedException',
      ),
      why: 'Statement Enable IAM User Permissions of the key policy leaves it to the policies of account 000000000000, and none allows it. Statement 1 of the inline policy own does not match: its Action is sqs:SendMessage, sqs:ReceiveMessage, not kms:GenerateDataKey.',
    });
    expect(w.refusal('ReceiveMessage', { QueueUrl })).toMatchObject({
      code: 'KMS.AccessDeniedException',
      message: CONSUMER_DENIED,
    });
    userPolicy(asAdministrator(w), 'alice', USE_QUEUE, allow({ Action: 'kms:GenerateDataKey' }));
    expect(asUser(w, 'alice').refusal('SendMessage', send).message).toContain('perform: kms:Decrypt on');
    userPolicy(asAdministrator(w), 'alice', USE_QUEUE, allow({ Action: 'kms:Decrypt', Resource: Arn }));
    expect(asUser(w, 'alice').refusal('SendMessage', send).message).toContain('kms:GenerateDataKey');
    expect(w.receive(QueueUrl)).toEqual([]);
    const both = allow({ Action: ['kms:GenerateDataKey', 'kms:Decrypt'], Resource: Arn });
    userPolicy(asAdministrator(w), 'alice', USE_QUEUE, both);
    asUser(w, 'alice').send(QueueUrl, 'x');
    expect(w.bodies(QueueUrl)).toEqual(['x']);
  });

  it('lets deleting and looking pass without the key', () => {
    const w = accounts();
    key(w, 'alias/orders');
    const QueueUrl = w.queue('orders', encrypted);
    w.send(QueueUrl, 'x');
    const [message] = w.receive(QueueUrl);
    user(w, 'alice', allow({ Action: 'sqs:*' }));
    asUser(w, 'alice').call('DeleteMessage', { QueueUrl, ReceiptHandle: message.ReceiptHandle });
    expect(w.counts(QueueUrl)).toEqual([0, 0, 0]);
  });

  it('keeps messages while their reader has lost the key, and gives them when it is back', () => {
    const w = accounts();
    const { KeyId } = key(w, 'alias/orders', ACCOUNT_DECIDES);
    const QueueUrl = w.queue('orders', encrypted);
    const reader = {
      Sid: 'Reader',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::000000000000:user/reader' },
      Action: 'kms:Decrypt',
      Resource: '*',
    };
    user(w, 'reader', allow({ Action: 'sqs:ReceiveMessage' }));
    keyPolicy(w, KeyId, ACCOUNT_DECIDES, reader);
    w.send(QueueUrl, 'one');
    w.send(QueueUrl, 'two');
    expect(asUser(w, 'reader').bodies(QueueUrl)).toEqual(['one']);
    keyPolicy(asAdministrator(w), KeyId, ACCOUNT_DECIDES);
    expect(asUser(w, 'reader').refusal('ReceiveMessage', { QueueUrl }).message).toBe(CONSUMER_DENIED);
    expect(asAdministrator(w).counts(QueueUrl)).toEqual([1, 1, 0]);
    keyPolicy(w, KeyId, ACCOUNT_DECIDES, reader);
    expect(asUser(w, 'reader').bodies(QueueUrl)).toEqual(['two']);
  });

  it('refuses even the administrator whom the key policy does not name', () => {
    const w = accounts();
    const { KeyId } = key(w, 'alias/orders');
    const QueueUrl = w.queue('orders', encrypted);
    w.send(QueueUrl, 'x');
    keyPolicy(w, KeyId, { ...ACCOUNT_DECIDES, Principal: { AWS: PARTNER } });
    expect(w.refusal('ReceiveMessage', { QueueUrl }).message).toBe(CONSUMER_DENIED);
    expect(w.refusal('DescribeKey', { KeyId }, 'kms')).toMatchObject({
      code: 'AccessDeniedException',
      why: expect.stringMatching(/^The resource's policy must allow it\./),
    });
  });

  it('stops when the key is disabled, waits for deletion, or is gone', () => {
    const w = accounts();
    const { KeyId, Arn } = key(w, 'alias/orders');
    const QueueUrl = w.queue('orders', encrypted);
    w.send(QueueUrl, 'x');
    w.call('DisableKey', { KeyId }, 'kms');
    expect(w.refusal('SendMessage', { QueueUrl, MessageBody: 'y' })).toMatchObject({
      code: 'KMS.DisabledException',
      jsonCode: 'KmsDisabled',
      message: fromKms(`${Arn} is disabled.`, 'DisabledException'),
      why: 'KmsMasterKeyId of orders is alias/orders, and that key is disabled; kms enable-key lets it be used again.',
    });
    expect(w.refusal('ReceiveMessage', { QueueUrl }).code).toBe('KMS.DisabledException');
    w.call('EnableKey', { KeyId }, 'kms');
    expect(w.bodies(QueueUrl, { VisibilityTimeout: 0 })).toEqual(['x']);
    w.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 }, 'kms');
    expect(w.refusal('ReceiveMessage', { QueueUrl }).code).toBe('KMS.InvalidStateException');
    w.at(7 * 86_400);
    expect(w.refusal('ReceiveMessage', { QueueUrl })).toMatchObject({
      code: 'KMS.NotFoundException',
      message: fromKms(
        'Alias arn:aws:kms:us-east-1:000000000000:alias/orders is not found.',
        'NotFoundException',
      ),
    });
  });
});

describe('alias/aws/sqs, the key of AWS', () => {
  it('serves everybody in the account who may use the queue', () => {
    const w = accounts();
    const QueueUrl = w.queue('orders', { KmsMasterKeyId: 'alias/aws/sqs' });
    user(w, 'alice', USE_QUEUE);
    asUser(w, 'alice').send(QueueUrl, 'x');
    expect(w.bodies(QueueUrl)).toEqual(['x']);
  });

  it('serves no other account and no service: its policy cannot be changed', () => {
    const w = accounts();
    const QueueUrl = w.queue('orders', { KmsMasterKeyId: 'alias/aws/sqs' });
    queuePolicy(w, QueueUrl, allow({ Principal: '*' }));
    expect(asPartner(w).refusal('SendMessage', { QueueUrl, MessageBody: 'x' }).code).toBe(
      'KMS.AccessDeniedException',
    );
    expect(asTopic(w, topicArn('news')).refusal('SendMessage', { QueueUrl, MessageBody: 'x' }).code).toBe(
      'KMS.AccessDeniedException',
    );
  });
});

describe('a service that writes to an encrypted queue', () => {
  it('needs a key of the customer whose policy names it', () => {
    const w = accounts();
    const { KeyId } = key(w, 'alias/orders', ACCOUNT_DECIDES);
    const QueueUrl = w.queue('orders', encrypted);
    const sns = { Principal: { Service: 'sns.amazonaws.com' } };
    queuePolicy(w, QueueUrl, allow({ ...sns, Resource: QUEUE_ARN }));
    const news = topicArn('news');
    expect(asTopic(w, news).refusal('SendMessage', { QueueUrl, MessageBody: 'x' })).toMatchObject({
      code: 'KMS.AccessDeniedException',
      message: expect.stringContaining('no resource-based policy allows the kms:GenerateDataKey action'),
    });
    const lets = allow({ ...sns, Action: ['kms:GenerateDataKey*', 'kms:Decrypt'] });
    keyPolicy(asAdministrator(w), KeyId, ACCOUNT_DECIDES, lets);
    asTopic(w, news).send(QueueUrl, 'x');
  });

  it('is told apart by where it comes through and for which queue', () => {
    const w = accounts();
    const conditions = {
      StringEquals: {
        'kms:ViaService': 'sqs.us-east-1.amazonaws.com',
        'kms:EncryptionContext:aws:sqs:arn': QUEUE_ARN,
      },
    };
    key(w, 'alias/orders', ACCOUNT_DECIDES, {
      ...allow({ Action: 'kms:*', Condition: conditions }),
      Principal: { AWS: 'arn:aws:iam::000000000000:user/alice' },
    });
    const orders = w.queue('orders', encrypted);
    const others = w.queue('others', encrypted);
    user(w, 'alice', USE_QUEUE);
    asUser(w, 'alice').send(orders, 'x');
    expect(w.refusal('SendMessage', { QueueUrl: others, MessageBody: 'x' }).code).toBe(
      'KMS.AccessDeniedException',
    );
    const direct = { KeyId: 'alias/orders', Plaintext: new Uint8Array([1]) };
    expect(w.refusal('Encrypt', direct, 'kms').code).toBe('AccessDeniedException');
  });
});
