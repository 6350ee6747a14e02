// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policies have variables of this form
import { describe, expect, it } from 'vitest';
import {
  allow,
  allowed,
  decided,
  deny,
  PARTNER,
  QUEUE_ARN,
  root,
  service,
  user,
} from '../../support/questions.ts';

const everyone = { Principal: '*' };

describe('within one account', () => {
  it('denies what nothing allows', () => {
    expect(decided({})).toMatchObject({ allowed: false, reason: 'identityDoesNotAllow', policies: [] });
  });

  it('is satisfied by a policy of the user', () => {
    expect(decided({ identity: [allow()] })).toMatchObject({
      allowed: true,
      reason: 'identityAllows',
      decidedBy: { source: 'identity', policy: 'inline policy own', statement: 0 },
    });
  });

  it('is satisfied by the resource naming the user', () => {
    const queue = [allow({ Principal: { AWS: user('alice').arn } })];
    expect(decided({ queue })).toMatchObject({ allowed: true, reason: 'resourceAllows' });
    expect(allowed({ queue, principal: user('bob') })).toBe(false);
  });

  it('is satisfied by the resource naming everyone', () => {
    expect(allowed({ queue: [allow(everyone)] })).toBe(true);
  });

  it('hands the question on when the resource names only the account', () => {
    const queue = [allow({ Principal: { AWS: '000000000000' } })];
    expect(allowed({ queue })).toBe(false);
    expect(allowed({ queue, identity: [allow()] })).toBe(true);
    expect(allowed({ queue, principal: root() })).toBe(true);
  });

  it('lets a Deny anywhere win, over the administrator too', () => {
    const open = { identity: [allow()], queue: [allow(everyone)] };
    expect(allowed(open)).toBe(true);
    expect(allowed({ ...open, identity: [allow(), deny()] })).toBe(false);
    const closed = decided({ principal: root(), queue: [allow(everyone), deny({ ...everyone, Sid: 'No' })] });
    expect(closed).toMatchObject({
      allowed: false,
      reason: 'explicitDeny',
      decidedBy: { source: 'resource', policy: 'queue policy', statement: 1, sid: 'No' },
    });
  });

  it('lets the administrator do what no policy denies', () => {
    expect(decided({ principal: root() })).toMatchObject({ allowed: true, reason: 'administrator' });
  });
});

describe('across accounts', () => {
  const alice = user('alice', PARTNER);
  const queue = [allow({ Principal: { AWS: PARTNER } })];

  it('needs both policies', () => {
    expect(decided({ principal: alice, identity: [allow()] }).reason).toBe('resourceDoesNotAllow');
    expect(decided({ principal: alice, queue }).reason).toBe('identityDoesNotAllow');
    expect(decided({ principal: alice, queue, identity: [allow()] })).toMatchObject({
      allowed: true,
      reason: 'bothAllow',
    });
  });

  it('needs the policy of the resource for the other administrator, too', () => {
    expect(allowed({ principal: root(PARTNER) })).toBe(false);
    expect(allowed({ principal: root(PARTNER), queue })).toBe(true);
    expect(allowed({ principal: root('222222222222'), queue })).toBe(false);
  });

  it('is not enough with everyone named, while the own account is silent', () => {
    expect(allowed({ principal: alice, queue: [allow(everyone)] })).toBe(false);
  });

  it('never works for actions of the owner only', () => {
    const open = { principal: root(PARTNER), queue: [allow(everyone)], ownAccountOnly: true };
    expect(decided(open).reason).toBe('ownAccountOnly');
    expect(allowed({ ...open, principal: root() })).toBe(true);
  });
});

describe('a service', () => {
  const topic = 'arn:aws:sns:us-east-1:000000000000:news';
  const queue = [
    allow({
      Principal: { Service: 'sns.amazonaws.com' },
      Resource: QUEUE_ARN,
      Condition: { ArnEquals: { 'aws:SourceArn': topic } },
    }),
  ];

  it('needs the policy of the resource', () => {
    const asked = { principal: service('sns.amazonaws.com'), keys: { 'aws:SourceArn': topic } };
    expect(allowed({ ...asked, queue })).toBe(true);
    expect(allowed({ ...asked, identity: [allow()] })).toBe(false);
  });

  it('is refused on behalf of another topic, and for another service', () => {
    const other = { 'aws:SourceArn': `${topic}-2` };
    const refused = decided({ principal: service('sns.amazonaws.com'), keys: other, queue });
    expect(refused.reason).toBe('resourceDoesNotAllow');
    expect(refused.policies[0]!.statements[0]!.checks.at(-1)).toEqual({
      element: 'Condition',
      matched: false,
      operator: 'ArnEquals',
      key: 'aws:SourceArn',
      wanted: [topic],
      actual: [`${topic}-2`],
    });
    expect(allowed({ principal: service('s3.amazonaws.com'), keys: { 'aws:SourceArn': topic }, queue })).toBe(
      false,
    );
  });
});

describe('a resource that trusts its own policy only', () => {
  const trust = 'resource';
  it('lets nobody in whom its policy does not name, the administrator neither', () => {
    expect(allowed({ trust, principal: root() })).toBe(false);
    expect(allowed({ trust, identity: [allow()] })).toBe(false);
  });
  it('hands the question to the account it names', () => {
    const queue = [allow({ Principal: { AWS: root().arn } })];
    expect(allowed({ trust, queue, identity: [allow()] })).toBe(true);
    expect(decided({ trust, queue }).reason).toBe('identityDoesNotAllow');
    expect(allowed({ trust, queue: [allow({ Principal: { AWS: user('alice').arn } })] })).toBe(true);
  });
});

describe('elements of a statement', () => {
  it.each([
    ['sqs:*', true],
    ['SQS:sendmessage', true],
    ['sqs:Send*', true],
    ['sqs:SendMessag?', true],
    ['*', true],
    ['sqs:Receive*', false],
    ['sns:*', false],
  ])('Action %s: %s', (Action, matched) => {
    expect(allowed({ identity: [allow({ Action })] })).toBe(matched);
  });

  it.each([
    [QUEUE_ARN, true],
    ['arn:aws:sqs:*:*:orders', true],
    ['arn:aws:sqs:*:*:ord*', true],
    ['arn:aws:sqs:*', true],
    ['arn:aws:sqs:us-east-1:000000000000:order', false],
    ['arn:aws:sqs:eu-west-1:*:*', false],
    ['arn:aws:sns:*:*:*', false],
  ])('Resource %s: %s', (Resource, matched) => {
    expect(allowed({ identity: [allow({ Resource })] })).toBe(matched);
  });

  it('about no one resource, only * matches', () => {
    const asked = { action: 'sqs:ListQueues', resource: '*' };
    expect(allowed({ ...asked, identity: [allow({ Action: 'sqs:*' })] })).toBe(true);
    expect(allowed({ ...asked, identity: [allow({ Action: 'sqs:*', Resource: 'arn:aws:sqs:*:*:*' })] })).toBe(
      false,
    );
  });

  it('turns NotAction, NotResource and NotPrincipal around', () => {
    const { Action: _, ...noAction } = allow() as Record<string, unknown>;
    expect(allowed({ identity: [{ ...noAction, NotAction: 'sqs:DeleteQueue' }] })).toBe(true);
    expect(allowed({ identity: [{ ...noAction, NotAction: 'sqs:*' }] })).toBe(false);
    const { Resource: __, ...noResource } = allow() as Record<string, unknown>;
    expect(allowed({ identity: [{ ...noResource, NotResource: QUEUE_ARN }] })).toBe(false);
    expect(allowed({ identity: [{ ...noResource, NotResource: `${QUEUE_ARN}-2` }] })).toBe(true);
    const queue = [deny({ NotPrincipal: { AWS: user('alice').arn } })];
    expect(allowed({ queue, identity: [allow()] })).toBe(true);
    expect(allowed({ queue, identity: [allow()], principal: user('bob') })).toBe(false);
  });

  it('fills in variables', () => {
    const Resource = 'arn:aws:sqs:us-east-1:000000000000:${aws:username}-*';
    const resource = 'arn:aws:sqs:us-east-1:000000000000:alice-in';
    const keys = { 'aws:username': 'alice' };
    expect(allowed({ identity: [allow({ Resource })], resource, keys })).toBe(true);
    expect(allowed({ identity: [allow({ Resource })], resource, keys: { 'aws:username': 'bob' } })).toBe(
      false,
    );
    expect(allowed({ identity: [allow({ Resource })], resource })).toBe(false);
  });
});
