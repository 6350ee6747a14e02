/** What happens in KMS. */
import type { Context, DomainEvent } from '../../engine/service.ts';
import type { KeyState } from './model.ts';

interface OfKey extends DomainEvent {
  /** The key's id. */
  readonly key: string;
}
interface KeyCreated extends OfKey {
  readonly type: 'kms/KeyCreated';
}
interface KeyStateChanged extends OfKey {
  readonly type: 'kms/KeyStateChanged';
  readonly state: KeyState;
}
interface KeyPolicyChanged extends OfKey {
  readonly type: 'kms/KeyPolicyChanged';
}
interface KeyDeleted extends OfKey {
  readonly type: 'kms/KeyDeleted';
}

export type KmsEvent = KeyCreated | KeyStateChanged | KeyPolicyChanged | KeyDeleted;

export const emit = (context: Pick<Context<unknown>, 'emit'>, event: KmsEvent): void => context.emit(event);

/** Who causes what time does. */
export const KMS_PRINCIPAL = 'kms.amazonaws.com';
