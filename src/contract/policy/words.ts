/** A decision in words: AWS's own sentence, and ours that says why. */
import type { Decision, PolicyReading } from './decision.ts';
import type { Check, StatementReading } from './statement.ts';

/**
 * IAM User Guide, Troubleshoot access denied error messages. `printed`: the action as the service writes it.
 *
 * UNSURE: what the sentence says of an action that is for the owner's account only.
 */
export function accessDeniedSentence(decision: Decision, printed: string = decision.action): string {
  const { principal, resource } = decision;
  return `User: ${principal.arn} is not authorized to perform: ${printed} on resource: ${resource} ${because(decision, printed)}`;
}

function because({ reason, decidedBy }: Decision, printed: string): string {
  if (reason === 'explicitDeny') {
    return decidedBy?.source === 'identity'
      ? 'with an explicit deny in an identity-based policy'
      : 'with an explicit deny in a resource-based policy';
  }
  const kind = reason === 'identityDoesNotAllow' ? 'identity' : 'resource';
  return `because no ${kind}-based policy allows the ${printed} action`;
}

/** One or two sentences of ours: which statement, which values. */
export function whyOf(decision: Decision): string {
  const { reason, decidedBy, action, principal, account } = decision;
  switch (reason) {
    case 'explicitDeny':
      return `${nameOf(decidedBy)} denies it${conditionsOf(decision)}. A Deny wins over every Allow.`;
    case 'ownAccountOnly':
      return `${action} works only from account ${account}, whatever the policy says; the caller is account ${principal.account}.`;
    case 'identityDoesNotAllow':
      return `${handedOn(decision)} ${nearest(decision, 'identity')}`;
    case 'resourceDoesNotAllow':
      return `${ownersRule(decision)} ${nearest(decision, 'resource')}`;
    case 'administrator':
      return `${principal.arn} administers account ${account}.`;
    default:
      return `${nameOf(decidedBy)} allows it.`;
  }
}

/** Why the caller's own policies are what counts. */
function handedOn({ acrossAccounts, policies, principal, action }: Decision): string {
  if (acrossAccounts) {
    return `The resource's policy allows account ${principal.account}, but no policy of the caller allows ${action}. Across accounts both must.`;
  }
  for (const { source, name, statements } of policies) {
    if (source !== 'resource') continue;
    const through = statements.find(
      ({ naming, effect }) => naming === 'throughAccount' && effect === 'Allow',
    );
    if (through === undefined) continue;
    return `Statement ${through.sid ?? through.index + 1} of the ${name} leaves it to the policies of account ${principal.account}, and none allows it.`;
  }
  return 'No policy allows it.';
}

function ownersRule({ principal, account, acrossAccounts }: Decision): string {
  if (principal.type === 'service') return `A service needs the resource's policy to allow it.`;
  return acrossAccounts
    ? `The resource belongs to account ${account}, the caller to account ${principal.account}: the resource's policy must allow it.`
    : `The resource's policy must allow it.`;
}

function nameOf(decidedBy: Decision['decidedBy']): string {
  if (decidedBy === undefined) return 'The account';
  const { policy, statement, sid } = decidedBy;
  return `Statement ${sid ?? statement + 1} of the ${policy}`;
}

/** `: aws:SecureTransport is false`. */
function conditionsOf({ policies, decidedBy }: Decision): string {
  const policy = policies.find(
    ({ source, name }) => source === decidedBy?.source && name === decidedBy.policy,
  );
  const checks = policy?.statements[decidedBy?.statement ?? -1]?.checks ?? [];
  const said = checks.filter(({ element }) => element === 'Condition').map(actualOf);
  return said.length === 0 ? '' : `: ${said.join(', ')}`;
}

const actualOf = ({ key, actual }: Check): string =>
  actual.length === 0 ? `the call has no ${key}` : `${key} is ${actual.join(', ')}`;

/** The statement that came closest to allowing, and what it lacks. */
function nearest({ policies }: Decision, source: PolicyReading['source']): string {
  const asked = policies.filter((policy) => policy.source === source);
  if (asked.length === 0) return source === 'identity' ? 'The caller has no policy.' : 'It has no policy.';
  let best: { policy: PolicyReading; statement: StatementReading; missed: number } | undefined;
  for (const policy of asked) {
    for (const statement of policy.statements) {
      if (statement.effect !== 'Allow') continue;
      const missed = statement.checks.filter(({ matched }) => !matched).length;
      if (missed > 0 && (best === undefined || missed < best.missed)) best = { policy, statement, missed };
    }
  }
  if (best === undefined) return 'No statement allows anything.';
  const { policy, statement } = best;
  const check = statement.checks.find(({ matched }) => !matched)!;
  return `Statement ${statement.sid ?? statement.index + 1} of the ${policy.name} does not match: ${mismatchOf(check)}.`;
}

/** `Action is sqs:ReceiveMessage, not sqs:SendMessage`. */
export function mismatchOf({ element, operator, key, wanted, actual }: Check): string {
  const listed = wanted.join(', ');
  if (element === 'Condition') {
    const has = actual.length === 0 ? `the call has no ${key}` : `${key} is ${actual.join(', ')}`;
    return `${operator} wants ${listed}, ${has}`;
  }
  if (element.startsWith('Not')) return `${element} leaves out ${actual.join(', ')}`;
  return `its ${element} is ${listed}, not ${actual.join(', ')}`;
}
