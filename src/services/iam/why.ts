/** Why policies denied a call, whichever service refused it; and why a user may do nothing. */

import { utcOf } from '../../contract/policy/conditions.ts';
import type { Decision, PolicyReading } from '../../contract/policy/decision.ts';
import type { Check, StatementReading } from '../../contract/policy/statement.ts';
import { mismatchOf, whyOf } from '../../contract/policy/words.ts';
import {
  counted,
  helps,
  helpsNot,
  type Why,
  type WhyChange,
  type WhyGround,
  type WhyQuestion,
  type WhyRemedy,
  type WhyRow,
  worded,
} from '../../contract/why.ts';
import { several } from '../../contract/whyWords.ts';
import type { Request } from '../../engine/service.ts';
import { type Instant, instant } from '../../engine/units.ts';
import type { IamState } from './model.ts';

type Ground = WhyGround<IamState>;

const PAGE = 'IAM User Guide: Policy evaluation logic';
const RULES: Readonly<Record<string, Why['rule']>> = {
  explicitDeny: {
    name: 'iam/explicit-deny',
    says: 'A statement that denies wins over every statement that allows.',
    page: PAGE,
  },
  ownAccountOnly: {
    name: 'iam/own-account-only',
    says: 'Some actions work only from the account that owns the resource.',
    page: 'IAM User Guide: Cross-account policy evaluation logic',
  },
  implicitDeny: {
    name: 'iam/implicit-deny',
    says: 'What no statement allows is denied. Across accounts both sides must allow.',
    page: PAGE,
  },
};

export function why(ground: Ground, question: WhyQuestion): Why | undefined {
  if (question.type === 'resource') return whyUser(ground, question.id);
  if (question.type !== 'call' || question.outcome.ok) return undefined;
  const decision = question.outcome.refusal.decision as Decision | undefined;
  return decision && whyDenied(ground, question.request, decision);
}

const ROWS_MAX = 8;

function whyDenied(ground: Ground, request: Request, decision: Decision): Why {
  const { reason, action, principal, resource, account, policies } = decision;
  const statements = policies.flatMap((policy) =>
    policy.statements.map((statement) => ({ policy, statement })),
  );
  return {
    title: `policies denied ${action} to ${nameOf(principal.arn)}`,
    answer: whyOf(decision),
    at: ground.now,
    rule: RULES[reason] ?? RULES.implicitDeny!,
    values: [
      { label: 'who', is: worded(principal.arn) },
      { label: 'action', is: worded(action) },
      { label: 'on', is: worded(resource) },
      {
        label: 'account of the caller',
        is: worded(principal.account),
        against: { label: 'of the resource', is: worded(account) },
      },
      { label: 'policies asked', is: counted(policies.length) },
    ],
    ...(statements.length > 0 && {
      table: {
        heads: ['statement', 'effect', 'what it lacks', 'can change'],
        rows: statements.slice(0, ROWS_MAX).map(({ policy, statement }) => rowOf(policy, statement)),
        more: Math.max(0, statements.length - ROWS_MAX),
      },
    }),
    changes: changeOf(ground, request, policies),
    remedies: remediesOf(decision),
  };
}

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf(arn.includes('/') ? '/' : ':') + 1);

function rowOf(policy: PolicyReading, { sid, index, effect, matched, checks }: StatementReading): WhyRow {
  const missed = checks.find((check) => !check.matched);
  return {
    mark: matched ? (effect === 'Deny' ? 'no' : 'yes') : 'idle',
    name: `${sid ?? index + 1} of the ${policy.name}`,
    state: effect,
    reason: matched ? 'matches' : missed === undefined ? 'does not match' : mismatchOf(missed),
    change: 'never',
  };
}

const CLOCK = /^aws:(?:currenttime|epochtime)$/iu;

/** Only conditions on the time of day change by themselves: each instant they name is tried. */
function changeOf(
  { now, settings, decide }: Ground,
  request: Request,
  policies: readonly PolicyReading[],
): WhyChange {
  const checks = policies.flatMap(({ statements }) => statements.flatMap((statement) => statement.checks));
  const instants = checks
    .filter(({ key }) => key !== undefined && CLOCK.test(key))
    .flatMap(({ wanted }: Check) => wanted.flatMap((text) => around(utcOf(text), settings.epoch)))
    .filter((at) => at > now)
    .sort((a, b) => a - b);
  for (const at of instants) {
    if (decide(request, at).every(({ allowed }) => allowed)) {
      return { by: 'time', at, into: 'the condition on the time holds, and the call is allowed' };
    }
  }
  return { by: 'act', into: 'a policy must change' };
}

/** At a date itself, and right after it. */
const around = (utc: number | undefined, epoch: number): readonly Instant[] =>
  utc === undefined ? [] : [instant(utc - epoch), instant(utc - epoch + 1), instant(utc - epoch + 1000)];

function remediesOf({ reason, principal, action, resource, policies }: Decision): readonly WhyRemedy[] {
  if (reason === 'explicitDeny') {
    return [
      helps('take the statement that denies away, or make its condition not hold'),
      helpsNot('one more Allow: a Deny wins over all of them'),
    ];
  }
  if (reason === 'ownAccountOnly') {
    return [
      helps('call from the account that owns it'),
      helpsNot('a policy on the resource: this action takes none'),
    ];
  }
  const user = principal.type === 'user' ? nameOf(principal.arn) : undefined;
  const statement = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
  });
  return [
    ...(reason === 'identityDoesNotAllow' && user !== undefined
      ? [
          helps(
            'a policy of the user that allows it',
            `aws iam put-user-policy --user-name ${user} --policy-name allow --policy-document '${statement}'`,
          ),
        ]
      : [helps(`a statement in the policy of the resource that allows ${action} to this caller`)]),
    ...(policies.length > 0
      ? [helps('a statement that comes close: the table shows what each one lacks')]
      : []),
    helpsNot('trying again: time gives no permission'),
  ];
}

/** What a user may do. */
function whyUser({ state, now }: Ground, id: string): Why | undefined {
  if (!id.startsWith('user/')) return undefined;
  const name = id.slice('user/'.length);
  const user = state.users.get(name.includes('/') ? name : `${state.account}/${name}`);
  if (user === undefined) return undefined;
  const count = user.inline.length + user.attached.length;
  return {
    title: `what ${user.name} may do`,
    answer:
      count === 0
        ? `${user.name} has no policy: all is denied, except what the policy of a resource allows.`
        : `${user.name} may do what ${several(count, 'policy', 'policies')} ${count === 1 ? 'allows' : 'allow'}, and what policies of resources allow.`,
    at: now,
    rule: RULES.implicitDeny!,
    values: [
      { label: 'inline policies', is: worded(user.inline.map((policy) => policy.name).join(', ') || 'none') },
      { label: 'attached policies', is: worded(user.attached.map(nameOf).join(', ') || 'none') },
    ],
    changes: { by: 'act', into: 'a policy must change' },
    remedies: [helps('each refused call tells which statement decided: ask why right after it')],
  };
}
