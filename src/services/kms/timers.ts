/** What falls due in KMS: the end of a key that waits for its deletion. */
import type { Context, Timer } from '../../engine/service.ts';
import { emit, KMS_PRINCIPAL } from './events.ts';
import type { KmsState } from './model.ts';
import { billedMs } from './usage.ts';

export interface DeletionDue extends Timer {
  readonly type: 'kms/DeletionDue';
  readonly key: string;
}

export const deletionDue = (key: string): DeletionDue => ({ type: 'kms/DeletionDue', key });

export function due(context: Context<KmsState>, timer: Timer): void {
  const { state, now } = context;
  const { key: id } = timer as DeletionDue;
  // The deletion may have been cancelled, or put off.
  const key = state.keys.get(id);
  if (key?.deletion?.at !== now) return;
  state.deletedKeysMs += billedMs(key);
  state.keys.delete(id);
  for (const [name, alias] of state.aliases) if (alias.keyId === id) state.aliases.delete(name);
  emit(context, { type: 'kms/KeyDeleted', by: KMS_PRINCIPAL, key: id });
}
