/**
 * What need not be worked out twice: documents that were read, and how a call was decided while the same policies
 * stand. Saves time only. A policy that is changed is another object, so nothing here can be out of date; what looks
 * at the clock is never kept.
 */
import type { Caller, Refusal } from '../engine/service.ts';
import type { KeptPolicy, Need } from './access.ts';
import { type Decision, decide, isAllowed, type NamedPolicy, type Question } from './policy/decision.ts';
import { type Policy, type PolicyKind, readPolicy } from './policy/document.ts';
import type { Principal } from './policy/request.ts';
import { whyOf } from './policy/words.ts';

/** Who asks, with the policies of a user: the same list while the user has the same. */
export interface Asker {
  readonly principal: Principal;
  readonly identity: readonly NamedPolicy[];
}

export const NO_POLICIES: readonly NamedPolicy[] = [];

/** Policies by the object they are kept as: read once. One that cannot be read says nothing. */
export function policyMemory(): (kept: KeptPolicy, kind: PolicyKind) => readonly NamedPolicy[] {
  const memory = new WeakMap<object, Policy | false>();
  return ({ name, document }, kind) => {
    let policy = memory.get(document);
    if (policy === undefined) {
      const read = readPolicy(document, kind);
      policy = read.ok && read.policy;
      memory.set(document, policy);
    }
    return policy === false ? NO_POLICIES : [{ name, policy }];
  };
}

interface Verdict {
  readonly identity: readonly NamedPolicy[];
  readonly document: object | undefined;
  readonly style: Need['style'];
  /** Undefined: let in. */
  readonly refusal: Refusal | undefined;
}

const KEPT_MAX = 4_096;

/** The refusal of what is needed, undefined when it is allowed. `question` is asked only when it must be. */
export function verdictMemory(): (
  need: Need,
  asker: Asker,
  caller: Caller,
  question: () => Question,
) => Refusal | undefined {
  const memory = new Map<string, Verdict>();
  return (need, { principal, identity }, { account, secure, sourceArn }, question) => {
    const { action, resource, account: owner, keys } = need;
    // Texts of callers are in it: each with its length, so that none can pass for two.
    const place =
      part(action) +
      part(resource) +
      part(owner) +
      part(principal.arn) +
      part(account) +
      part(sourceArn ?? '') +
      (keys === undefined ? '' : part(JSON.stringify(keys))) +
      secure;
    const known = memory.get(place);
    const document = need.policy?.document;
    if (known?.identity === identity && known.document === document && known.style === need.style) {
      return known.refusal;
    }
    const asked = question();
    const refusal = isAllowed(asked) ? undefined : refusalOf(need, decide(asked));
    if (memory.size >= KEPT_MAX) memory.clear();
    if (!asksTheClock(asked)) memory.set(place, { identity, document, style: need.style, refusal });
    return refusal;
  };
}

const part = (text: string): string => `${text.length}:${text}`;

const CLOCK = /aws:(?:currenttime|epochtime)/iu;

function asksTheClock({ identity, resource }: Question): boolean {
  const policies = resource === undefined ? identity : [...identity, resource];
  return policies.some(({ policy }) => CLOCK.test(JSON.stringify(policy.statements)));
}

function refusalOf({ style }: Need, decision: Decision): Refusal {
  const { code, jsonCode, httpStatus } = style;
  return Object.freeze({
    code,
    message: style.sentence(decision),
    httpStatus,
    fault: 'client',
    ...(jsonCode === undefined ? {} : { jsonCode }),
    why: whyOf(decision),
    decision: Object.freeze(decision),
  });
}
