/** Users of ActiveMQ brokers: every change waits for the next reboot. RabbitMQ keeps its users itself. */
import {
  CreateUser$,
  type CreateUserRequest,
  DeleteUser$,
  type DeleteUserRequest,
  DescribeUser$,
  type DescribeUserRequest,
  ListUsers$,
  type ListUsersRequest,
  UpdateUser$,
  type UpdateUserRequest,
} from '@aws-sdk/client-mq';
import { BROKER_ID, MAX_RESULTS, mqOperation, NEXT_TOKEN, USERNAME_WORDS } from '../define.ts';
import { badRequest, conflict, userNotFound } from '../errors.ts';
import { LIST, USERS_MAX } from '../limits.ts';
import type { Broker, BrokerUser, MqState, PendingUser } from '../model.ts';
import { usersOf } from '../rules/brokerAnswers.ts';
import { page } from '../rules/paging.ts';
import { planMaintenance } from '../rules/pendingChanges.ts';
import { readUser } from '../rules/users.ts';
import { ownBroker } from './brokers.ts';

const USER_MEMBERS = {
  BrokerId: BROKER_ID,
  Username: USERNAME_WORDS,
  Password: { purpose: 'at least 12 characters, 4 different, none of , : =' },
  ConsoleAccess: { purpose: 'may open the web console', default: false },
  Groups: { purpose: 'its groups, for the authorization map', max: 20, unit: 'entries' },
  ReplicationUser: { purpose: 'for replication', notModelled: 'there is one region' },
} as const;

function activeBroker(state: MqState, account: string, id: string): Broker {
  const broker = ownBroker(state, account, id);
  if (broker.engine === 'ACTIVEMQ') return broker;
  throw badRequest(
    'Users of a RabbitMQ broker cannot be managed with the Amazon MQ API.',
    'Make them in the broker: broker put-user.',
  );
}

/** As it is, or as it will be. */
const userIn = ({ users, pendingUsers }: Broker, name: string): BrokerUser | undefined => {
  const change = pendingUsers.get(name);
  return change !== undefined && change.change !== 'DELETE' ? change.user : users.get(name);
};

const pendingIn = (change: PendingUser): object =>
  change.change === 'DELETE'
    ? { PendingChange: 'DELETE' }
    : {
        ConsoleAccess: change.user.consoleAccess,
        Groups: [...change.user.groups],
        PendingChange: change.change,
      };

export const createUser = mqOperation<CreateUserRequest>(CreateUser$, {
  summary: 'Adds a user to an ActiveMQ broker, from its next reboot on.',
  members: USER_MEMBERS,
  handle(context, input) {
    const { state, caller } = context;
    const broker = activeBroker(state, caller.account, input.BrokerId!);
    const name = input.Username!;
    const user = readUser(broker.engine, name, input);
    if (userIn(broker, name) !== undefined) {
      throw conflict(`User [${name}] already exists.`, 'Change it with update-user.');
    }
    if (broker.users.size + broker.pendingUsers.size >= USERS_MAX) {
      throw badRequest(`There can be ${USERS_MAX} users at most.`);
    }
    broker.pendingUsers.set(name, Object.freeze({ change: 'CREATE', user }));
    planMaintenance({ context, broker });
    return {};
  },
});

export const updateUser = mqOperation<UpdateUserRequest>(UpdateUser$, {
  summary: 'Changes a user of an ActiveMQ broker, from its next reboot on.',
  members: USER_MEMBERS,
  handle(context, input) {
    const { state, caller } = context;
    const broker = activeBroker(state, caller.account, input.BrokerId!);
    const name = input.Username!;
    const before = userIn(broker, name);
    if (before === undefined) throw userNotFound(name);
    const user = readUser(broker.engine, name, input, before);
    const change = broker.users.has(name) ? 'UPDATE' : 'CREATE';
    broker.pendingUsers.set(name, Object.freeze({ change, user }));
    planMaintenance({ context, broker });
    return {};
  },
});

export const deleteUser = mqOperation<DeleteUserRequest>(DeleteUser$, {
  summary: 'Takes a user from an ActiveMQ broker, at its next reboot.',
  members: { BrokerId: BROKER_ID, Username: USERNAME_WORDS },
  handle(context, { BrokerId, Username }) {
    const { state, caller } = context;
    const broker = activeBroker(state, caller.account, BrokerId!);
    const name = Username!;
    if (userIn(broker, name) === undefined) throw userNotFound(name);
    if (broker.users.has(name)) broker.pendingUsers.set(name, Object.freeze({ change: 'DELETE' }));
    else broker.pendingUsers.delete(name);
    planMaintenance({ context, broker });
    return {};
  },
});

export const describeUser = mqOperation<DescribeUserRequest>(DescribeUser$, {
  summary: 'Tells about a user of an ActiveMQ broker, and what waits for the next reboot.',
  members: { BrokerId: BROKER_ID, Username: USERNAME_WORDS },
  handle({ state, caller }, { BrokerId, Username }) {
    const broker = activeBroker(state, caller.account, BrokerId!);
    const name = Username!;
    const user = broker.users.get(name);
    const change = broker.pendingUsers.get(name);
    if (user === undefined && change === undefined) throw userNotFound(name);
    return {
      BrokerId: broker.id,
      ...(user && { ConsoleAccess: user.consoleAccess, Groups: [...user.groups] }),
      ...(change && { Pending: pendingIn(change) }),
      Username: name,
    };
  },
});

export const listUsers = mqOperation<ListUsersRequest>(ListUsers$, {
  summary: 'Lists the users of an ActiveMQ broker.',
  members: { BrokerId: BROKER_ID, MaxResults: MAX_RESULTS, NextToken: NEXT_TOKEN },
  handle({ state, caller }, input) {
    const broker = activeBroker(state, caller.account, input.BrokerId!);
    const all = usersOf(broker) as { readonly Username: string }[];
    const { items, ...rest } = page(all, ({ Username }) => Username, input);
    return { BrokerId: broker.id, MaxResults: input.MaxResults ?? LIST.default, Users: items, ...rest };
  },
});
