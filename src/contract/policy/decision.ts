/**
 * May this request be? IAM User Guide, Policy evaluation logic: an explicit Deny anywhere wins; within one account a
 * policy of the user or of the resource is enough; across accounts both must allow; else it is denied.
 */
import type { Policy } from './document.ts';
import { AS_WRITTEN, type Fill, fillFrom } from './glob.ts';
import type { PolicyRequest, Principal } from './request.ts';
import { readStatement, type StatementReading } from './statement.ts';

export interface NamedPolicy {
  /** `inline policy read-orders`, `queue policy`. */
  readonly name: string;
  readonly policy: Policy;
}

export interface Question {
  readonly request: PolicyRequest;
  /** The account that owns the resource. */
  readonly account: string;
  /** The policies of the user who asks. */
  readonly identity: readonly NamedPolicy[];
  readonly resource: NamedPolicy | undefined;
  /** `kms`: the resource's policy must allow, or hand the question to the account's own policies. */
  readonly trust: 'either' | 'resource';
  /** The action is for the owner's account only, whatever policies say. */
  readonly ownAccountOnly: boolean;
}

type Reason =
  | 'explicitDeny'
  | 'administrator'
  | 'identityAllows'
  | 'resourceAllows'
  | 'bothAllow'
  | 'identityDoesNotAllow'
  | 'resourceDoesNotAllow'
  | 'ownAccountOnly';

export interface PolicyReading {
  readonly source: 'identity' | 'resource';
  readonly name: string;
  readonly statements: readonly StatementReading[];
}

/** The statement that decided. */
export interface DecidedBy {
  readonly source: 'identity' | 'resource';
  readonly policy: string;
  readonly statement: number;
  readonly sid?: string;
}

/** Plain data: what was decided, by which statement, and how each statement compared. */
export interface Decision {
  readonly allowed: boolean;
  readonly reason: Reason;
  readonly decidedBy?: DecidedBy;
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly account: string;
  readonly acrossAccounts: boolean;
  /** Every policy that was asked; empty: there is none. */
  readonly policies: readonly PolicyReading[];
}

/** Only whether it is allowed: elements are compared up to the first that does not match. */
export const isAllowed = (question: Question): boolean => decideWith(question, false).allowed;

/** The whole decision, every element of every statement compared. */
export const decide = (question: Question): Decision => decideWith(question, true);

function decideWith(question: Question, whole: boolean): Decision {
  const { request, account, resource } = question;
  const fillVariables = fillFrom(request);
  const read = (source: PolicyReading['source'], { name, policy }: NamedPolicy): PolicyReading => {
    const fill: Fill = policy.variables ? fillVariables : AS_WRITTEN;
    return {
      source,
      name,
      statements: policy.statements.map((statement) => readStatement(statement, request, fill, whole)),
    };
  };
  const policies = question.identity.map((policy) => read('identity', policy));
  if (resource !== undefined) policies.push(read('resource', resource));
  const { principal, action } = request;
  return {
    ...verdict(question, policies),
    principal,
    action,
    resource: request.resource,
    account,
    acrossAccounts: principal.account !== account,
    policies,
  };
}

type Verdict = Pick<Decision, 'allowed' | 'reason' | 'decidedBy'>;

function verdict(
  { request, account, trust, ownAccountOnly }: Question,
  policies: readonly PolicyReading[],
): Verdict {
  const { principal } = request;
  const denied = find(policies, () => true, 'Deny');
  if (denied !== undefined) return { allowed: false, reason: 'explicitDeny', decidedBy: denied };
  const direct = find(policies, ({ naming }) => naming === 'directly', 'Allow', 'resource');
  if (principal.type === 'service') {
    if (ownAccountOnly) return { allowed: false, reason: 'ownAccountOnly' };
    return direct === undefined
      ? NO_RESOURCE
      : { allowed: true, reason: 'resourceAllows', decidedBy: direct };
  }
  const acrossAccounts = principal.account !== account;
  if (acrossAccounts && ownAccountOnly) return { allowed: false, reason: 'ownAccountOnly' };
  const named = direct ?? find(policies, ({ naming }) => naming !== undefined, 'Allow', 'resource');
  const identity = find(policies, () => true, 'Allow', 'identity');
  const identityAllows = principal.type === 'root' || identity !== undefined;
  if (!acrossAccounts && direct !== undefined) {
    return { allowed: true, reason: 'resourceAllows', decidedBy: direct };
  }
  const resourceMustAllow = acrossAccounts || trust === 'resource';
  if (resourceMustAllow && named === undefined) return NO_RESOURCE;
  if (!identityAllows) return NO_IDENTITY;
  if (resourceMustAllow) {
    const decidedBy = identity ?? named;
    return { allowed: true, reason: 'bothAllow', ...(decidedBy && { decidedBy }) };
  }
  return identity === undefined
    ? { allowed: true, reason: 'administrator' }
    : { allowed: true, reason: 'identityAllows', decidedBy: identity };
}

const NO_RESOURCE: Verdict = { allowed: false, reason: 'resourceDoesNotAllow' };
const NO_IDENTITY: Verdict = { allowed: false, reason: 'identityDoesNotAllow' };

function find(
  policies: readonly PolicyReading[],
  accepts: (statement: StatementReading) => boolean,
  effect: 'Allow' | 'Deny',
  source?: PolicyReading['source'],
): DecidedBy | undefined {
  for (const policy of policies) {
    if (source !== undefined && policy.source !== source) continue;
    for (const statement of policy.statements) {
      if (!statement.matched || statement.effect !== effect || !accepts(statement)) continue;
      const { index, sid } = statement;
      return {
        source: policy.source,
        policy: policy.name,
        statement: index,
        ...(sid === undefined ? {} : { sid }),
      };
    }
  }
  return undefined;
}
