import { describe, expect, it } from 'vitest';
import { type PolicyKind, readPolicyText } from '../../../src/contract/policy/document.ts';

const good = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };

function problem(statement: object | string, kind: PolicyKind = 'identity'): string {
  const text = typeof statement === 'string' ? statement : JSON.stringify({ Statement: statement });
  const read = readPolicyText(text, kind);
  return read.ok ? 'good' : `${read.problem.at} | ${read.problem.sentence}`;
}

describe('a policy document', () => {
  it('may hold one statement or a list, texts or lists of texts', () => {
    expect(problem(good)).toBe('good');
    expect(problem([good, { ...good, Action: ['sqs:*', 'sns:Publish'] }])).toBe('good');
    expect(
      problem({ ...good, Principal: { AWS: ['000000000000'], Service: 'sns.amazonaws.com' } }, 'resource'),
    ).toBe('good');
  });

  it.each<[string, object | string, string]>([
    ['no JSON', '{', ' | This policy contains invalid Json'],
    ['no object', '[]', ' | Syntax errors in policy.'],
    ['another version', '{"Version":"2020-01-01","Statement":[]}', 'Version | Syntax errors in policy.'],
    ['no statement', '{"Statement":[]}', 'Statement | Syntax errors in policy.'],
    ['an unknown element', { ...good, Actions: 'sqs:*' }, 'Statement[0].Actions | Syntax errors in policy.'],
    ['no effect', { ...good, Effect: 'allow' }, 'Statement[0].Effect | Syntax errors in policy.'],
    [
      'no action',
      { Effect: 'Allow', Resource: '*' },
      'Statement[0].Action | Policy statement must contain actions.',
    ],
    [
      'an action without a service',
      { ...good, Action: 'SendMessage' },
      'Statement[0].Action | Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
    [
      'no resource',
      { Effect: 'Allow', Action: '*' },
      'Statement[0].Resource | Policy statement must contain resources.',
    ],
    [
      'a name for a resource',
      { ...good, Resource: 'orders' },
      'Statement[0].Resource | Resource orders must be in ARN format or "*".',
    ],
    [
      'a principal',
      { ...good, Principal: '*' },
      'Statement[0].Principal | Policy document should not specify a principal.',
    ],
    [
      'an unknown operator',
      { ...good, Condition: { StringEqual: { 'aws:username': 'a' } } },
      'Statement[0].Condition.StringEqual | Invalid Condition type : StringEqual.',
    ],
    [
      'a date that is none',
      { ...good, Condition: { DateLessThan: { 'aws:CurrentTime': 'soon' } } },
      'Statement[0].Condition.DateLessThan.aws:CurrentTime | Syntax errors in policy.',
    ],
    [
      'the same Sid twice',
      [
        { ...good, Sid: 'a' },
        { ...good, Sid: 'a' },
      ],
      'Statement | Statement IDs (SID) in a single policy must be unique.',
    ],
    [
      'both Action and NotAction',
      { ...good, NotAction: 'sqs:*' },
      'Statement[0].NotAction | Syntax errors in policy.',
    ],
  ])('with %s is refused', (_, statement, expected) => {
    expect(problem(statement)).toBe(expected);
  });

  it('of a resource names who is meant, and no part of a user by a star', () => {
    expect(problem(good, 'resource')).toBe('Statement[0].Principal | Syntax errors in policy.');
    expect(problem({ ...good, Principal: { AWS: 'arn:aws:iam::000000000000:user/*' } }, 'resource')).toBe(
      'Statement[0].Principal.AWS | Invalid principal in policy: "AWS":"arn:aws:iam::000000000000:user/*"',
    );
  });
});
