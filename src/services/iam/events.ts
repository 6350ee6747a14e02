/** What happens in IAM. */
import type { Context, DomainEvent } from '../../engine/service.ts';

interface OfUser extends DomainEvent {
  readonly user: string;
}
interface UserCreated extends OfUser {
  readonly type: 'iam/UserCreated';
}
interface UserDeleted extends OfUser {
  readonly type: 'iam/UserDeleted';
}
/** From now on the user may more, or less. `policy`: a name, or an ARN. */
interface UserPolicyChanged extends OfUser {
  readonly type: 'iam/UserPolicyChanged';
  readonly policy: string;
  readonly change: 'put' | 'deleted' | 'attached' | 'detached';
}

export type IamEvent = UserCreated | UserDeleted | UserPolicyChanged;

export const emit = (context: Pick<Context<unknown>, 'emit'>, event: IamEvent): void => context.emit(event);
