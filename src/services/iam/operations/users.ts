/** Users: each is a profile of its name at the prompt. */
import {
  CreateUser$,
  type CreateUserRequest,
  DeleteUser$,
  type DeleteUserRequest,
  GetUser$,
  type GetUserRequest,
  ListUsers$,
  type ListUsersRequest,
} from '@aws-sdk/client-iam';
import { isAdministrator, rootArn, uniqueId, userArn } from '../../../contract/identity.ts';
import { START } from '../../../engine/units.ts';
import { iamOperation, PAGE_MEMBERS, PATHS, paged, TAGS, USER_NAME } from '../define.ts';
import { deleteConflict, entityAlreadyExists, limitExceeded } from '../errors.ts';
import { emit } from '../events.ts';
import { USERS_MAX } from '../limits.ts';
import { dateOf, type IamState, putUser, type User, userKey } from '../model.ts';
import { checkName, userNamed } from '../rules/lookup.ts';
import { page } from '../rules/paging.ts';

export const createUser = iamOperation<CreateUserRequest>(CreateUser$, {
  summary: 'Makes a user, who may do nothing yet; call as the user with --profile NAME.',
  members: {
    UserName: { ...USER_NAME, purpose: 'letters, digits and +=,.@_-; it becomes a profile' },
    Path: PATHS,
    PermissionsBoundary: { purpose: 'a policy that bounds what the user may', notModelled: 'boundaries' },
    Tags: TAGS,
  },
  handle(context, { UserName }) {
    const { state, caller, now } = context;
    const name = UserName!;
    checkName('UserName', name);
    const mine = usersOf(state, caller.account);
    // IAM API Reference, CreateUser: names are not distinguished by case.
    const same = mine.find((user) => user.name.toLowerCase() === name.toLowerCase());
    if (same !== undefined) throw entityAlreadyExists(`User with name ${name} already exists.`);
    if (mine.length >= USERS_MAX) {
      throw limitExceeded(
        `Cannot exceed quota for UsersPerAccount: ${USERS_MAX}`,
        `There are ${USERS_MAX} users.`,
      );
    }
    const { account } = caller;
    const user: User = { account, name, created: now, order: state.usersMade++, inline: [], attached: [] };
    putUser(state, user);
    emit(context, { type: 'iam/UserCreated', by: caller.by, user: name });
    return { User: described(state, user) };
  },
});

const usersOf = (state: IamState, account: string): User[] =>
  [...state.users.values()].filter((user) => user.account === account);

const described = (state: IamState, { account, name, created }: User): object => ({
  Path: '/',
  UserName: name,
  UserId: uniqueId('AIDA', account, name),
  Arn: userArn(account, name),
  CreateDate: dateOf(state, created),
});

export const deleteUser = iamOperation<DeleteUserRequest>(DeleteUser$, {
  summary: 'Removes a user who has no policies any more; calls with its profile fail from now on.',
  members: { UserName: USER_NAME },
  handle(context, { UserName }) {
    const { state, caller } = context;
    const user = userNamed(context, UserName!);
    if (user.attached.length > 0) {
      throw deleteConflict(
        'Cannot delete entity, must detach all policies first.',
        `Attached: ${user.attached.join(', ')}.`,
      );
    }
    if (user.inline.length > 0) {
      const names = user.inline.map(({ name }) => name).join(', ');
      throw deleteConflict('Cannot delete entity, must delete policies first.', `Inline policies: ${names}.`);
    }
    for (const key of state.keys?.values() ?? []) {
      if (key.account === user.account && key.user === user.name) {
        throw deleteConflict('Cannot delete entity, must delete access keys first.', `Its key is ${key.id}.`);
      }
    }
    state.users.delete(userKey(user.account, user.name));
    emit(context, { type: 'iam/UserDeleted', by: caller.by, user: user.name });
    return {};
  },
});

export const getUser = iamOperation<GetUserRequest>(GetUser$, {
  summary: 'Tells about a user; without a name, about the caller.',
  members: { UserName: USER_NAME },
  handle(context, { UserName }) {
    const { state, caller } = context;
    if (UserName === undefined && isAdministrator(caller)) {
      const { account } = caller;
      return { User: { UserId: account, Arn: rootArn(account), CreateDate: dateOf(state, START) } };
    }
    return { User: described(state, userNamed(context, UserName ?? caller.profile)) };
  },
});

export const listUsers = iamOperation<ListUsersRequest>(ListUsers$, {
  summary: 'Lists the users of your account.',
  members: { PathPrefix: PATHS, ...PAGE_MEMBERS },
  pagination: paged('Users'),
  handle({ state, caller }, input) {
    const { items, rest } = page(usersOf(state, caller.account), ({ name }) => name, input);
    return { Users: items.map((user) => described(state, user)), ...rest };
  },
});
