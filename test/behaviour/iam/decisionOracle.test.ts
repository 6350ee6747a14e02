/** The decision against a naive model, over random policies of a small vocabulary. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, isAllowed } from '../../../src/contract/policy/decision.ts';
import type { Principal } from '../../../src/contract/policy/request.ts';
import { histories } from '../../support/histories.ts';
import { ACCOUNT, type Asked, PARTNER, question, root, service, user } from '../../support/questions.ts';

type Json = Readonly<Record<string, unknown>>;
type Keys = Readonly<Record<string, string>>;

const asList = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map(String);

/** A regular expression, where the engine walks the text. */
const like = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^$()|[\]\\{}]/gu, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'su',
  ).test(text);

function naiveNames(principal: Json | '*', who: Principal): 'no' | 'yes' | 'account' {
  if (principal === '*') return 'yes';
  const entries = principal.AWS === undefined ? [] : asList(principal.AWS);
  if (entries.includes('*')) return 'yes';
  if (who.type === 'service') return asList(principal.Service ?? []).includes(who.arn) ? 'yes' : 'no';
  if (entries.includes(who.arn)) return 'yes';
  if (entries.includes(who.account) || entries.includes(`arn:aws:iam::${who.account}:root`)) {
    return who.type === 'root' ? 'yes' : 'account';
  }
  return 'no';
}

const VECTORS: Readonly<Record<string, (wanted: string[], actual: string | undefined) => boolean>> = {
  StringEquals: (wanted, actual) => actual !== undefined && wanted.includes(actual),
  StringNotEquals: (wanted, actual) => actual === undefined || !wanted.includes(actual),
  StringLike: (wanted, actual) => actual !== undefined && wanted.some((pattern) => like(pattern, actual)),
  StringEqualsIfExists: (wanted, actual) => actual === undefined || wanted.includes(actual),
  Bool: (wanted, actual) => actual !== undefined && wanted.includes(actual),
  Null: (wanted, actual) => wanted.includes(String(actual === undefined)),
};

function naiveMatches(
  statement: Json,
  asked: Required<Pick<Asked, 'action' | 'resource'>>,
  keys: Keys,
): boolean {
  const actions = asList(statement.Action ?? statement.NotAction);
  const action = actions.some((pattern) => like(pattern.toLowerCase(), asked.action.toLowerCase()));
  if (action === (statement.Action === undefined)) return false;
  const resources = asList(statement.Resource ?? statement.NotResource);
  // None of the vocabulary's patterns has a star that could reach over a colon.
  const resource = resources.some((pattern) => like(pattern, asked.resource));
  if (resource === (statement.Resource === undefined)) return false;
  return Object.entries((statement.Condition ?? {}) as Readonly<Record<string, Json>>).every(
    ([operator, block]) =>
      Object.entries(block).every(([key, wanted]) => VECTORS[operator]!(asList(wanted), keys[key])),
  );
}

function naive(
  asked: Required<Omit<Asked, 'identity' | 'queue'>> & Pick<Asked, 'identity' | 'queue'>,
): boolean {
  const { principal, keys } = asked;
  const matching = (statements: readonly object[] = []): Json[] =>
    (statements as Json[]).filter((statement) => naiveMatches(statement, asked, keys as Keys));
  const identity = principal.type === 'service' ? [] : matching(asked.identity);
  const resource = matching(asked.queue).map((statement) => ({
    effect: statement.Effect,
    named: naiveNames(statement.Principal as Json | '*', principal),
  }));
  const named = resource.filter((statement) => statement.named !== 'no');
  const deny = (asked.identity && matching(asked.identity).some(({ Effect }) => Effect === 'Deny')) || false;
  if (deny || named.some(({ effect }) => effect === 'Deny')) return false;
  const grants = named.filter(({ effect }) => effect === 'Allow');
  const direct = grants.some((statement) => statement.named === 'yes');
  if (principal.type === 'service') return direct && !asked.ownAccountOnly;
  const own = principal.type === 'root' || identity.some(({ Effect }) => Effect === 'Allow');
  if (principal.account !== ACCOUNT) return !asked.ownAccountOnly && own && grants.length > 0;
  if (direct) return true;
  return own && (asked.trust === 'either' || grants.length > 0);
}

const QUEUES = ['orders', 'order', 'jobs'].map((name) => `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`);
const someOf = (values: readonly string[]) =>
  fc.oneof(fc.constantFrom(...values), fc.subarray([...values], { minLength: 1 }));

const action = someOf(['sqs:SendMessage', 'sqs:*', 'SQS:Send*', 'sqs:Receive?essage', '*', 'sns:Publish']);
const resource = someOf(['*', ...QUEUES, `arn:aws:sqs:us-east-1:${ACCOUNT}:ord*`, `arn:aws:sqs:*:*:jobs`]);
const condition = fc.option(
  fc.dictionary(
    fc.constantFrom(...Object.keys(VECTORS).filter((name) => name !== 'Bool' && name !== 'Null')),
    fc.dictionary(fc.constantFrom('k:a', 'k:b'), someOf(['x', 'y', 'x*']), { minKeys: 1 }),
    { maxKeys: 2 },
  ),
  { nil: undefined },
);
const flags = fc.option(
  fc.record({ operator: fc.constantFrom('Bool', 'Null'), wanted: fc.constantFrom('true', 'false') }),
  { nil: undefined },
);

const statement = fc
  .record({
    effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    action,
    notAction: fc.boolean(),
    resource,
    notResource: fc.boolean(),
    condition,
    flags,
  })
  .map((given) => {
    const conditions: Record<string, unknown> = { ...given.condition };
    if (given.flags) conditions[given.flags.operator] = { 'k:secure': given.flags.wanted };
    return {
      Effect: given.effect,
      [given.notAction ? 'NotAction' : 'Action']: given.action,
      [given.notResource ? 'NotResource' : 'Resource']: given.resource,
      ...(Object.keys(conditions).length > 0 && { Condition: conditions }),
    };
  });
const principals: readonly Principal[] = [
  user('alice'),
  user('bob'),
  root(),
  user('alice', PARTNER),
  root(PARTNER),
  service('sns.amazonaws.com'),
];
const named = fc.oneof(
  fc.constant('*' as const),
  fc.record(
    {
      AWS: someOf(['*', ACCOUNT, PARTNER, root().arn, user('alice').arn, user('alice', PARTNER).arn]),
      Service: someOf(['sns.amazonaws.com', 's3.amazonaws.com']),
    },
    { requiredKeys: [] },
  ),
);
const asked = fc.record({
  principal: fc.constantFrom(...principals),
  action: fc.constantFrom('sqs:SendMessage', 'sqs:ReceiveMessage'),
  resource: fc.constantFrom(...QUEUES),
  keys: fc.record(
    {
      'k:a': fc.constantFrom('x', 'y', 'xy'),
      'k:b': fc.constantFrom('x', 'z'),
      'k:secure': fc.constantFrom('true', 'false'),
    },
    { requiredKeys: [] },
  ),
  trust: fc.constantFrom('either' as const, 'resource' as const),
  ownAccountOnly: fc.boolean(),
  identity: fc.array(statement, { maxLength: 3 }),
  queue: fc.array(
    fc.tuple(statement, named).map(([given, Principal]) => ({ ...given, Principal })),
    { maxLength: 3 },
  ),
});

/** Empty lists are no policies. */
const withoutEmpty = ({
  identity,
  queue,
  ...rest
}: typeof asked extends fc.Arbitrary<infer T> ? T : never) => ({
  ...rest,
  keys: rest.keys as Keys,
  ...(identity.length > 0 && rest.principal.type !== 'service' && { identity }),
  ...(queue.length > 0 && { queue }),
});

describe('the decision', () => {
  it('is that of a naive model', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(asked, (given) => {
        const flat = withoutEmpty(given);
        const made = decide(question(flat));
        seen.add(made.reason);
        return made.allowed === naive(flat);
      }),
      { numRuns: histories(2_000).count },
    );
    expect(seen.size).toBe(8);
  });

  it('is the same whether all is compared or only what is needed', () => {
    fc.assert(
      fc.property(asked, (given) => {
        const flat = question(withoutEmpty(given));
        expect(isAllowed(flat)).toBe(decide(flat).allowed);
      }),
    );
  });

  it('never turns to yes by one more Deny', () => {
    fc.assert(
      fc.property(asked, statement, (given, more) => {
        const before = withoutEmpty(given);
        const after = {
          ...before,
          queue: [...(before.queue ?? []), { ...more, Effect: 'Deny', Principal: '*' }],
        };
        if (decide(question(after)).allowed) expect(decide(question(before)).allowed).toBe(true);
      }),
    );
  });

  it('names a statement that says so', () => {
    fc.assert(
      fc.property(asked, (given) => {
        const { decidedBy, policies, allowed: yes } = decide(question(withoutEmpty(given)));
        if (decidedBy === undefined) return;
        const policy = policies.find(({ source }) => source === decidedBy.source)!;
        const deciding = policy.statements[decidedBy.statement]!;
        expect(deciding.matched).toBe(true);
        expect(deciding.effect).toBe(yes ? 'Allow' : 'Deny');
        expect(deciding.checks.every(({ matched }) => matched)).toBe(true);
      }),
    );
  });
});
