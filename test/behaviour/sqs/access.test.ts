import { describe, expect, it } from 'vitest';
import {
  accounts,
  asAdministrator,
  asPartner,
  asTopic,
  asUser,
  queuePolicy,
  topicArn,
  user,
  userPolicy,
} from '../../support/accounts.ts';
import { allow, deny, PARTNER, QUEUE_ARN } from '../../support/questions.ts';

const ALICE = 'arn:aws:iam::000000000000:user/alice';

describe('a user of the account', () => {
  it('may do nothing without a policy', () => {
    const w = accounts();
    const QueueUrl = w.queue();
    user(w, 'alice');
    asUser(w, 'alice');
    expect(w.refusal('SendMessage', { QueueUrl, MessageBody: 'x' })).toMatchObject({
      code: 'AccessDenied',
      jsonCode: 'AccessDeniedException',
      httpStatus: 403,
      message: `User: ${ALICE} is not authorized to perform: sqs:sendmessage on resource: ${QUEUE_ARN} because no identity-based policy allows the sqs:sendmessage action`,
      why: 'No policy allows it. The caller has no policy.',
    });
    expect(asAdministrator(w).counts(QueueUrl)).toEqual([0, 0, 0]);
  });

  it('may do what an own policy allows, and no more, from the moment it is there', () => {
    const w = accounts();
    const QueueUrl = w.queue();
    user(w, 'alice', allow({ Sid: 'Send' }));
    asUser(w, 'alice').send(QueueUrl, 'x');
    expect(w.refusal('ReceiveMessage', { QueueUrl })).toMatchObject({
      message: `User: ${ALICE} is not authorized to perform: sqs:receivemessage on resource: ${QUEUE_ARN} because no identity-based policy allows the sqs:receivemessage action`,
      why: 'No policy allows it. Statement Send of the inline policy own does not match: its Action is sqs:SendMessage, not sqs:ReceiveMessage.',
    });
    userPolicy(asAdministrator(w), 'alice', allow({ Action: 'sqs:ReceiveMessage' }));
    expect(asUser(w, 'alice').bodies(QueueUrl)).toEqual(['x']);
    expect(w.refusal('SendMessage', { QueueUrl, MessageBody: 'y' }).code).toBe('AccessDenied');
  });

  it('may do what the queue lets the user do by name', () => {
    const w = accounts();
    const QueueUrl = w.queue();
    user(w, 'alice');
    queuePolicy(w, QueueUrl, allow({ Principal: { AWS: ALICE } }));
    asUser(w, 'alice').send(QueueUrl, 'x');
  });

  it('needs the permission of the single action for a batch', () => {
    const w = accounts();
    const QueueUrl = w.queue();
    user(w, 'alice', allow({ Action: 'sqs:SendMessageBatch' }));
    const Entries = [{ Id: 'a', MessageBody: 'x' }];
    const { message } = asUser(w, 'alice').refusal('SendMessageBatch', { QueueUrl, Entries });
    expect(message).toContain('perform: sqs:sendmessage on');
    userPolicy(asAdministrator(w), 'alice', allow());
    expect(asUser(w, 'alice').call('SendMessageBatch', { QueueUrl, Entries }).Successful).toHaveLength(1);
  });

  it('lists queues only by a policy about everything', () => {
    const w = accounts();
    w.queue();
    user(w, 'alice', allow({ Action: 'sqs:*', Resource: 'arn:aws:sqs:us-east-1:000000000000:*' }));
    expect(asUser(w, 'alice').refusal('ListQueues').message).toContain('sqs:listqueues on resource: * ');
    userPolicy(asAdministrator(w), 'alice', allow({ Action: 'sqs:ListQueues' }));
    expect(asUser(w, 'alice').call('ListQueues').QueueUrls).toHaveLength(1);
  });

  it('is nobody after deletion', () => {
    const w = accounts();
    const QueueUrl = w.queue();
    user(w, 'alice');
    w.call('DeleteUser', { UserName: 'alice' }, 'iam');
    expect(asUser(w, 'alice').refusal('SendMessage', { QueueUrl, MessageBody: 'x' })).toMatchObject({
      code: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
    });
  });
});

describe('an explicit Deny of the queue', () => {
  const overHttp = deny({
    Sid: 'OnlyHttps',
    Action: 'sqs:*',
    Principal: '*',
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });

  it('refuses plain HTTP even to the administrator', () => {
    const w = accounts();
    const QueueUrl = w.queue();
    queuePolicy(w, QueueUrl, overHttp);
    w.send(QueueUrl, 'x');
    w.as({ secure: false });
    expect(w.refusal('SendMessage', { QueueUrl, MessageBody: 'x' })).toMatchObject({
      message: `User: arn:aws:iam::000000000000:root is not authorized to perform: sqs:sendmessage on resource: ${QUEUE_ARN} with an explicit deny in a resource-based policy`,
      why: 'Statement OnlyHttps of the queue policy denies it: aws:SecureTransport is false. A Deny wins over every Allow.',
    });
  });

  it('wins over what the user’s policy allows', () => {
    const w = accounts();
    const QueueUrl = w.queue();
    user(w, 'alice', allow());
    asUser(w, 'alice').send(QueueUrl, 'x');
    queuePolicy(asAdministrator(w), QueueUrl, deny({ Principal: { AWS: ALICE } }));
    expect(asUser(w, 'alice').refusal('SendMessage', { QueueUrl, MessageBody: 'x' }).message).toMatch(
      /with an explicit deny in a resource-based policy$/,
    );
  });

  it('of the user is said to be of the user', () => {
    const w = accounts();
    const QueueUrl = w.queue();
    user(w, 'alice', allow(), deny({ Resource: QUEUE_ARN }));
    expect(asUser(w, 'alice').refusal('SendMessage', { QueueUrl, MessageBody: 'x' }).message).toMatch(
      /with an explicit deny in an identity-based policy$/,
    );
  });

  it('is read as plain data: each statement, what it wants and what the call has', () => {
    const w = accounts();
    const QueueUrl = w.queue();
    queuePolicy(w, QueueUrl, allow({ Principal: '*' }), overHttp);
    w.as({ secure: false });
    const { decision } = w.refusal('SendMessage', { QueueUrl, MessageBody: 'x' });
    expect(JSON.parse(JSON.stringify(decision))).toMatchObject({
      allowed: false,
      reason: 'explicitDeny',
      decidedBy: { source: 'resource', policy: 'queue policy', statement: 1, sid: 'OnlyHttps' },
      policies: [
        {
          source: 'resource',
          statements: [
            { effect: 'Allow', matched: true },
            {
              effect: 'Deny',
              matched: true,
              checks: [
                { element: 'Principal', matched: true },
                { element: 'Action', matched: true },
                { element: 'Resource', matched: true },
                {
                  element: 'Condition',
                  operator: 'Bool',
                  key: 'aws:SecureTransport',
                  wanted: ['false'],
                  actual: ['false'],
                },
              ],
            },
          ],
        },
      ],
    });
  });
});

describe('another account', () => {
  it('needs the queue’s policy, and its user a policy of the own account as well', () => {
    const w = accounts();
    const QueueUrl = w.queue();
    const input = { QueueUrl, MessageBody: 'x' };
    expect(asPartner(w).refusal('SendMessage', input).message).toMatch(
      /^User: arn:aws:iam::111111111111:root .* because no resource-based policy allows the sqs:sendmessage action$/,
    );
    asAdministrator(w).call('AddPermission', {
      QueueUrl,
      Label: 'partner',
      AWSAccountIds: [PARTNER],
      Actions: ['SendMessage'],
    });
    expect(asPartner(w).send(QueueUrl, 'from the partner').MessageId).toBeDefined();
    user(w, 'bob');
    const refused = asUser(w, 'bob', PARTNER).refusal('SendMessage', input);
    expect(refused.message).toMatch(/because no identity-based policy allows the sqs:sendmessage action$/);
    expect(refused.why).toMatch(/^The resource's policy allows account 111111111111, but/);
    userPolicy(asPartner(w), 'bob', allow());
    asUser(w, 'bob', PARTNER).send(QueueUrl, 'from bob');
    expect(asAdministrator(w).bodies(QueueUrl, { MaxNumberOfMessages: 10 })).toEqual([
      'from the partner',
      'from bob',
    ]);
  });

  it('loses access with the permission', () => {
    const w = accounts();
    const QueueUrl = w.queue();
    const permission = { QueueUrl, Label: 'p', AWSAccountIds: [PARTNER], Actions: ['*'] };
    w.call('AddPermission', permission);
    expect(asPartner(w).receive(QueueUrl)).toEqual([]);
    asAdministrator(w).call('RemovePermission', { QueueUrl, Label: 'p' });
    expect(asPartner(w).refusal('ReceiveMessage', { QueueUrl }).code).toBe('AccessDenied');
  });

  it('finds the queue by name and owner, if it may', () => {
    const w = accounts();
    const QueueUrl = w.queue();
    const input = { QueueName: 'orders', QueueOwnerAWSAccountId: '000000000000' };
    expect(asPartner(w).refusal('GetQueueUrl', input).code).toBe('AccessDenied');
    queuePolicy(asAdministrator(w), QueueUrl, allow({ Principal: '*', Action: 'sqs:GetQueueUrl' }));
    expect(asPartner(w).call('GetQueueUrl', input)).toEqual({ QueueUrl });
  });

  it.each([
    ['AddPermission', { Label: 'x', AWSAccountIds: [PARTNER], Actions: ['*'] }],
    ['DeleteQueue', {}],
    ['ListQueueTags', {}],
    ['RemovePermission', { Label: 'x' }],
    ['SetQueueAttributes', { Attributes: { Policy: '' } }],
    ['TagQueue', { Tags: { a: 'b' } }],
    ['UntagQueue', { TagKeys: ['a'] }],
  ])('never does %s, whatever the policy says', (operation, input) => {
    const w = accounts();
    const QueueUrl = w.queue();
    queuePolicy(w, QueueUrl, allow({ Principal: '*', Action: 'sqs:*' }));
    const refused = asPartner(w).refusal(operation, { QueueUrl, ...input });
    expect(refused.code).toBe('AccessDenied');
    expect(refused.why).toMatch(/works only from account 000000000000/);
    const purged = w.outcome('PurgeQueue', { QueueUrl });
    expect(purged.ok).toBe(true);
  });
});

describe('a service', () => {
  const fromNews = (Sid: string): object =>
    allow({
      Sid,
      Principal: { Service: 'sns.amazonaws.com' },
      Resource: QUEUE_ARN,
      Condition: { ArnEquals: { 'aws:SourceArn': topicArn('news') } },
    });

  it('writes to a queue whose policy names it and its resource', () => {
    const w = accounts();
    const QueueUrl = w.queue();
    asTopic(w, topicArn('news'));
    expect(w.refusal('SendMessage', { QueueUrl, MessageBody: 'x' }).why).toBe(
      "A service needs the resource's policy to allow it. It has no policy.",
    );
    queuePolicy(asAdministrator(w), QueueUrl, fromNews('News'));
    asTopic(w, topicArn('news')).send(QueueUrl, 'from news');
    expect(asTopic(w, topicArn('ads')).refusal('SendMessage', { QueueUrl, MessageBody: 'x' }).why).toBe(
      `A service needs the resource's policy to allow it. Statement News of the queue policy does not match: ArnEquals wants ${topicArn('news')}, aws:SourceArn is ${topicArn('ads')}.`,
    );
    expect(asAdministrator(w).counts(QueueUrl)).toEqual([1, 0, 0]);
  });

  it('is known by the account of its resource, too', () => {
    const w = accounts();
    const QueueUrl = w.queue();
    const Condition = { StringEquals: { 'aws:SourceAccount': PARTNER } };
    queuePolicy(w, QueueUrl, allow({ Principal: { Service: 'sns.amazonaws.com' }, Condition }));
    const ofPartner = topicArn('news').replace('000000000000', PARTNER);
    asTopic(w, ofPartner).send(QueueUrl, 'x');
    expect(asTopic(w, topicArn('news')).refusal('SendMessage', { QueueUrl, MessageBody: 'x' }).code).toBe(
      'AccessDenied',
    );
  });
});

describe('the Policy attribute', () => {
  const set = (policy: object | string) => {
    const w = accounts();
    const QueueUrl = w.queue();
    const Policy = typeof policy === 'string' ? policy : JSON.stringify({ Statement: policy });
    return w.outcome('SetQueueAttributes', { QueueUrl, Attributes: { Policy } });
  };
  const good = allow({ Principal: '*' });

  it('is read when it is set', () => {
    expect(set(good).ok).toBe(true);
    expect(set({ ...good, Effect: 'Maybe' })).toMatchObject({
      refusal: {
        code: 'InvalidAttributeValue',
        message: 'Invalid value for the parameter Policy.',
        why: 'At Statement[0].Effect expected is Allow or Deny. IAM says: Syntax errors in policy.',
      },
    });
    expect(set({ ...allow() })).toMatchObject({ ok: false });
    expect(set('[]')).toMatchObject({ ok: false });
  });

  it.each([
    ['statements', Array.from({ length: 21 }, () => good), 20],
    ['principals', { ...good, Principal: { AWS: Array.from({ length: 51 }, () => PARTNER) } }, 50],
    ['actions', { ...good, Action: Array.from({ length: 8 }, () => 'sqs:SendMessage') }, 7],
    [
      'conditions',
      {
        ...good,
        Condition: {
          StringEquals: Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`a:${n}`, 'x'])),
        },
      },
      10,
    ],
  ])('has a quota of %s', (what, policy, max) => {
    expect(set(policy)).toMatchObject({
      refusal: {
        code: 'OverLimit',
        message: `${max + 1} ${what} were found in the submitted policy, max allowed is ${max}`,
      },
    });
  });

  it('has at most 8,192 bytes', () => {
    expect(set(`{"Id":"${'x'.repeat(8_192)}","Statement":[]}`)).toMatchObject({
      refusal: { code: 'InvalidAttributeValue' },
    });
  });
});
