/**
 * What AWS bills: customer managed keys by time, and calls (AWS KMS pricing). A key that waits for its deletion is
 * free. Calls that other services make for their callers are counted by those services.
 *
 * UNSURE: whether calls that manage keys are billed like the others; here they are. Refused calls are not.
 */
import type { Usage } from '../../contract/usage.ts';
import type { Outcome, Request } from '../../engine/service.ts';
import type { Instant } from '../../engine/units.ts';
import type { Key, KmsState } from './model.ts';

const DAY_MS = 86_400_000;

export function metered(state: KmsState, _request: Request, outcome: Outcome): void {
  if (outcome.ok) state.callsAnswered++;
}

export function usage(state: KmsState, now: Instant): readonly Usage[] {
  if (state.keysMade === 0 && state.callsAnswered === 0) return [];
  const keys = [...state.keys.values()].map((key) => ({
    item: 'kms/keys',
    quantity: billedUntil(key, now) - key.created,
  }));
  return [
    ...keys,
    { item: 'kms/keys', quantity: state.deletedKeysMs },
    { item: 'kms/calls', quantity: state.callsAnswered },
  ];
}

/** How long a key was billed for, when it is gone. */
export const billedMs = (key: Key): number => billedUntil(key, key.created) - key.created;

const billedUntil = ({ deletion }: Key, now: Instant): number =>
  deletion === undefined ? now : deletion.at - deletion.days * DAY_MS;
