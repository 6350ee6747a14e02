/**
 * Asks the policies of a world before a call is served: those of the caller (IAM), of the resource, and of the key
 * that encrypts it. Keeps nothing that could change a decision (`policyMemory.ts`).
 */
import type { Caller, Refusal, Request } from '../engine/service.ts';
import type { Guard } from '../engine/simulation.ts';
import type { Instant } from '../engine/units.ts';
import type { Access, KeptPolicy, KeyUse, Need } from './access.ts';
import { isAdministrator, isService, principalOf } from './identity.ts';
import { type Decision, decide, type Question } from './policy/decision.ts';
import { type Asker, NO_POLICIES, policyMemory, verdictMemory } from './policyMemory.ts';
import { requestKeys } from './requestKeys.ts';
import type { CatalogEntry } from './service.ts';
import type { AwsWorldSettings } from './world.ts';

/** The code of a call that reached nobody. */
export const NOT_CONNECTED = 'EndpointConnectionError';

type StateOf = (service: string) => unknown;

export interface Authorization {
  readonly guard: Guard;
  /** How the policies decide about a call as they are now; none: nothing has to be decided about it. */
  explain(request: Request, now: Instant, stateOf: StateOf): readonly Decision[];
}

type KeyNeeds = { readonly needs: readonly Need[] } | { readonly refusal: Refusal };

export function authorizationOf(entries: readonly CatalogEntry[], settings: AwsWorldSettings): Authorization {
  const byName = new Map(entries.map((entry) => [entry.description.name, entry]));
  const identities = entries.find((entry) => entry.policiesOf !== undefined);
  const keys = entries.find((entry) => entry.keyFor !== undefined);
  const compiled = policyMemory();
  const verdicts = verdictMemory();
  const askers = new WeakMap<readonly KeptPolicy[], Asker>();

  /** Undefined: there is no such user. */
  const askerOf = (caller: Caller, stateOf: StateOf): Asker | undefined => {
    const principal = principalOf(caller);
    if (principal.type !== 'user' || identities === undefined) return { principal, identity: NO_POLICIES };
    const state = stateOf(identities.description.name);
    const policies = identities.policiesOf!(state, caller.account, caller.profile);
    if (policies === undefined) return undefined;
    let asker = askers.get(policies);
    if (asker === undefined) {
      asker = { principal, identity: policies.flatMap((policy) => compiled(policy, 'identity')) };
      askers.set(policies, asker);
    }
    return asker;
  };

  const needsOfKey = (use: KeyUse, request: Request, stateOf: StateOf): KeyNeeds => {
    if (keys === undefined) return { needs: [] };
    const found = keys.keyFor!(stateOf(keys.description.name), use, settings);
    if ('fault' in found) {
      return {
        refusal: { ...use.faulty(found.fault, found.sentence), httpStatus: 400, fault: 'client' },
      };
    }
    const { arn, account, policy } = found;
    const own = keysOfUse(use, request.caller, settings);
    const needs = use.actions.map(
      (action): Need => ({
        action,
        resource: arn,
        account,
        policy,
        trust: 'resource',
        keys: own,
        style: use.style,
      }),
    );
    return { needs };
  };

  const questionOf = (need: Need, asker: Asker, request: Request, now: Instant): Question => ({
    request: {
      principal: asker.principal,
      action: need.action,
      resource: need.resource,
      ...requestKeys({ need, caller: request.caller, principal: asker.principal, now, settings }),
    },
    account: need.account,
    identity: asker.identity,
    resource: need.policy && compiled(need.policy, 'resource')[0],
    trust: need.trust ?? 'either',
    ownAccountOnly: need.ownAccountOnly ?? false,
  });

  const accessOf = (request: Request, stateOf: StateOf): Access | undefined =>
    byName.get(request.service)?.access?.(stateOf(request.service), request, settings);

  const guard: Guard = (request, now, stateOf) => {
    const entry = byName.get(request.service);
    if (entry?.description.kind !== 'aws') return undefined;
    if (entry.description.httpsOnly && !request.caller.secure) return notConnected(request, settings);
    const access = accessOf(request, stateOf);
    const { caller } = request;
    if (isAdministrator(caller) && (access === undefined || isPlain(access, caller))) return undefined;
    const asker = askerOf(caller, stateOf);
    if (asker === undefined) return unknownUser(request);
    if (access === undefined) return undefined;
    const denied = (needs: readonly Need[]): Refusal | undefined => {
      for (const need of needs) {
        const refusal = verdicts(need, asker, caller, () => questionOf(need, asker, request, now));
        if (refusal !== undefined) return refusal;
      }
      return undefined;
    };
    const refusal = denied(access.needs);
    if (refusal !== undefined || access.keyUse === undefined) return refusal;
    const ofKey = needsOfKey(access.keyUse, request, stateOf);
    return 'needs' in ofKey ? denied(ofKey.needs) : ofKey.refusal;
  };

  const explain: Authorization['explain'] = (request, now, stateOf) => {
    const access = accessOf(request, stateOf);
    const asker = access && askerOf(request.caller, stateOf);
    if (access === undefined || asker === undefined) return [];
    const ofKey = access.keyUse && needsOfKey(access.keyUse, request, stateOf);
    const needs = ofKey && 'needs' in ofKey ? [...access.needs, ...ofKey.needs] : access.needs;
    return needs.map((need) => decide(questionOf(need, asker, request, now)));
  };

  return { guard, explain };
}

/** Nothing could deny an administrator: the resource is of the own account, without a policy or a key. */
function isPlain({ needs, keyUse }: Access, { account }: Caller): boolean {
  if (keyUse !== undefined) return false;
  for (const need of needs) {
    if (need.account !== account || need.policy !== undefined || need.trust === 'resource') return false;
  }
  return true;
}

/** KMS Developer Guide, AWS KMS condition keys: kms:ViaService, kms:CallerAccount, kms:EncryptionContext. */
function keysOfUse(
  { service, encryptionContext }: KeyUse,
  caller: Caller,
  { region }: AwsWorldSettings,
): NonNullable<Need['keys']> {
  const keys: Record<string, string | readonly string[]> = {
    'kms:viaservice': `${service}.${region}.amazonaws.com`,
    'kms:encryptioncontextkeys': Object.keys(encryptionContext),
    'aws:viaawsservice': 'true',
  };
  if (!isService(caller)) keys['kms:calleraccount'] = caller.account;
  for (const [name, value] of Object.entries(encryptionContext)) {
    keys[`kms:encryptioncontext:${name.toLowerCase()}`] = value;
  }
  return keys;
}

/** Nothing listens there: no service answers, and what is said is botocore's. */
function notConnected({ service }: Request, { region }: AwsWorldSettings): Refusal {
  return {
    code: NOT_CONNECTED,
    message: `Could not connect to the endpoint URL: "http://${service}.${region}.amazonaws.com/"`,
    httpStatus: 0,
    fault: 'client',
    why: 'This service listens to HTTPS alone. Leave --endpoint-url out: the CLI uses HTTPS by itself.',
  };
}

/** IAM User Guide, Common errors: the keys of a user that is no more. UNSURE: each service's own code. */
function unknownUser({ service, caller }: Request): Refusal {
  return {
    code: service === 'kms' ? 'UnrecognizedClientException' : 'InvalidClientTokenId',
    message: 'The security token included in the request is invalid.',
    httpStatus: service === 'kms' ? 400 : 403,
    fault: 'client',
    why: `Account ${caller.account} has no user ${caller.profile}.`,
  };
}
