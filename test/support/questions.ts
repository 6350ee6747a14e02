/** Questions to policies, for tests: a request of a user about a queue, with what differs given. */
import { type Decision, decide, type Question } from '../../src/contract/policy/decision.ts';
import { type Policy, type PolicyKind, readPolicy } from '../../src/contract/policy/document.ts';
import type { Principal } from '../../src/contract/policy/request.ts';

export const ACCOUNT = '000000000000';
export const PARTNER = '111111111111';
export const QUEUE_ARN = `arn:aws:sqs:us-east-1:${ACCOUNT}:orders`;

export const user = (name: string, account = ACCOUNT): Principal => ({
  type: 'user',
  arn: `arn:aws:iam::${account}:user/${name}`,
  account,
});
export const root = (account = ACCOUNT): Principal => ({
  type: 'root',
  arn: `arn:aws:iam::${account}:root`,
  account,
});
export const service = (name: string, account = ACCOUNT): Principal => ({
  type: 'service',
  arn: name,
  account,
});

export function policy(kind: PolicyKind, ...statements: readonly object[]): Policy {
  const read = readPolicy({ Version: '2012-10-17', Statement: statements }, kind);
  if (!read.ok) throw new Error(`${read.problem.at}: ${read.problem.sentence}`);
  return read.policy;
}

export interface Asked {
  readonly principal?: Principal;
  readonly action?: string;
  readonly resource?: string;
  readonly keys?: Readonly<Record<string, string | readonly string[]>>;
  /** Statements of one identity policy. */
  readonly identity?: readonly object[];
  /** Statements of the queue's policy. */
  readonly queue?: readonly object[];
  readonly trust?: Question['trust'];
  readonly ownAccountOnly?: boolean;
}

export function question(asked: Asked): Question {
  const { keys = {}, identity, queue } = asked;
  const lower = new Map(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), value]));
  return {
    request: {
      principal: asked.principal ?? user('alice'),
      action: asked.action ?? 'sqs:SendMessage',
      resource: asked.resource ?? QUEUE_ARN,
      key: (name) => lower.get(name),
    },
    account: ACCOUNT,
    identity: identity ? [{ name: 'inline policy own', policy: policy('identity', ...identity) }] : [],
    resource: queue ? { name: 'queue policy', policy: policy('resource', ...queue) } : undefined,
    trust: asked.trust ?? 'either',
    ownAccountOnly: asked.ownAccountOnly ?? false,
  };
}

export const decided = (asked: Asked): Decision => decide(question(asked));
export const allowed = (asked: Asked): boolean => decided(asked).allowed;

export const allow = (more: object = {}): object => ({
  Effect: 'Allow',
  Action: 'sqs:SendMessage',
  Resource: '*',
  ...more,
});
export const deny = (more: object = {}): object => ({ ...allow(more), Effect: 'Deny' });
