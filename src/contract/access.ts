/**
 * What a service says of a call, so that policies can be asked before it is served: what it does to which resource,
 * the policy of that resource, and the key that its data are encrypted with. The services know nothing of each other;
 * `guard.ts` puts the answers together.
 */
import type { Refusal } from '../engine/service.ts';
import type { Decision } from './policy/decision.ts';

/** A policy as a service keeps it; the object's identity stands for its text. */
/** The user of an access key. */
export interface KeyOwner {
  readonly account: string;
  readonly user: string;
}

export interface KeptPolicy {
  /** `queue policy`, `inline policy read-orders`. */
  readonly name: string;
  /** Parsed JSON. Never changed: another text is another object. */
  readonly document: object;
}

/** How a service words a denial. */
export interface DenialStyle {
  readonly code: string;
  readonly jsonCode?: string;
  readonly httpStatus: number;
  sentence(decision: Decision): string;
}

/** One thing that policies must allow. */
export interface Need {
  /** `sqs:SendMessage`. */
  readonly action: string;
  /** An ARN; `*` when the action is about no one resource. */
  readonly resource: string;
  /** Who owns it. */
  readonly account: string;
  readonly policy?: KeptPolicy;
  /** `resource`: the resource's policy must allow, or hand the question to its account. Default: `either`. */
  readonly trust?: 'either' | 'resource';
  /** Not from another account, whatever policies say. */
  readonly ownAccountOnly?: boolean;
  /** Condition keys of the service's own, in lower case. */
  readonly keys?: Readonly<Record<string, string | readonly string[]>>;
  readonly style: DenialStyle;
}

/** What can be wrong with a key beside its policy: KMS's error codes. */
type KeyFault = 'NotFoundException' | 'DisabledException' | 'KMSInvalidStateException';

/** A service uses a key of KMS on behalf of the caller. */
export interface KeyUse {
  /** As the resource names it: id, ARN or alias. */
  readonly keyId: string;
  /** The account in which a bare id or alias is looked for. */
  readonly account: string;
  /** `kms:GenerateDataKey` … */
  readonly actions: readonly string[];
  /** `sqs`: who uses it. */
  readonly service: string;
  readonly encryptionContext: Readonly<Record<string, string>>;
  readonly style: DenialStyle;
  /** The refusal when the key itself is at fault. */
  faulty(fault: KeyFault, sentence: string): Pick<Refusal, 'code' | 'jsonCode' | 'message' | 'why'>;
}

export interface Access {
  readonly needs: readonly Need[];
  readonly keyUse?: KeyUse;
}

/** A key as KMS knows it. */
export type KeyFound =
  | { readonly arn: string; readonly account: string; readonly policy: KeptPolicy }
  | { readonly fault: KeyFault; readonly sentence: string };
