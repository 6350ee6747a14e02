/** Brokers: made, told about, listed, restarted, deleted. */

import {
  CreateBroker$,
  type CreateBrokerRequest,
  DeleteBroker$,
  type DeleteBrokerRequest,
  DescribeBroker$,
  type DescribeBrokerRequest,
  ListBrokers$,
  type ListBrokersRequest,
  Promote$,
  type PromoteRequest,
  RebootBroker$,
  type RebootBrokerRequest,
} from '@aws-sdk/client-mq';
import { messageId } from '../../../contract/messageId.ts';
import { lifeTime } from '../../../contract/world.ts';
import { after, instant, milliseconds } from '../../../engine/units.ts';
import {
  BROKER_ID,
  ENGINE_TYPES,
  MAX_RESULTS,
  mqOperation,
  NEXT_TOKEN,
  NO_LDAP,
  NO_REPLICATION,
} from '../define.ts';
import type { Ctx } from '../engine.ts';
import { badRequest, brokerNotFound, conflict } from '../errors.ts';
import { emit } from '../events.ts';
import { BROKERS_MAX, CREATION, DELETION, INSTANCE_TYPES } from '../limits.ts';
import {
  type Broker,
  type BrokerNode,
  type BrokerSettings,
  type DeploymentMode,
  type MqState,
  nameKey,
  newBrokerTraffic,
  newCounters,
} from '../model.ts';
import { billBroker } from '../rules/billing.ts';
import { described, summaryOf } from '../rules/brokerAnswers.ts';
import { readBroker, readConfigurationUse, readMaintenance } from '../rules/brokerInput.ts';
import { reboot } from '../rules/nodes.ts';
import { page } from '../rules/paging.ts';
import { dropConnections } from '../rules/wire.ts';
import type { CreatedDue, DeletedDue } from '../timers.ts';

const createdDue = (broker: string): CreatedDue => ({ type: 'mq/CreatedDue', broker });
const deletedDue = (broker: string): DeletedDue => ({ type: 'mq/DeletedDue', broker });

/** Keeps families of ids apart. */
const BROKER_IDS = 21;

export function ownBroker(state: MqState, account: string, id: string): Broker {
  const broker = state.brokers.get(id);
  if (broker === undefined || broker.account !== account) throw brokerNotFound(id);
  return broker;
}

export const createBroker = mqOperation<CreateBrokerRequest>(CreateBroker$, {
  summary: 'Makes a broker: servers with ActiveMQ or RabbitMQ on them. It takes about a quarter of an hour.',
  members: {
    BrokerName: { purpose: 'its name', min: 1, max: 50, unit: 'characters' },
    EngineType: { purpose: 'what runs in it', values: ENGINE_TYPES },
    EngineVersion: { purpose: 'which version; left out: the newest' },
    DeploymentMode: {
      purpose: 'how many servers, in how many zones',
      values: ['SINGLE_INSTANCE', 'ACTIVE_STANDBY_MULTI_AZ', 'CLUSTER_MULTI_AZ'],
    },
    HostInstanceType: { purpose: 'how large its servers are', values: Object.keys(INSTANCE_TYPES) },
    StorageType: { purpose: 'where messages are kept', values: ['EFS', 'EBS'] },
    PubliclyAccessible: { purpose: 'can it be reached from outside its network' },
    Users: { purpose: 'who may connect: Username=…,Password=…; RabbitMQ takes exactly one' },
    AutoMinorVersionUpgrade: { purpose: 'take minor versions by itself', default: true },
    AuthenticationStrategy: { purpose: 'how users are known', values: ['SIMPLE'], default: 'SIMPLE' },
    Configuration: { purpose: 'a configuration: Id=…,Revision=…' },
    CreatorRequestId: { purpose: 'asking again with it makes no second broker' },
    EncryptionOptions: { purpose: 'a key of your own: UseAwsOwnedKey=false,KmsKeyId=…' },
    LdapServerMetadata: NO_LDAP,
    Logs: { purpose: 'logs for CloudWatch: General=true,Audit=true' },
    MaintenanceWindowStartTime: { purpose: 'its weekly two hours: DayOfWeek=MONDAY,TimeOfDay=22:45' },
    SecurityGroups: { purpose: 'firewall rules, at most five' },
    SubnetIds: { purpose: 'its networks: one, of a pair two, of a cluster up to three' },
    Tags: { purpose: 'labels of your own' },
    DataReplicationMode: NO_REPLICATION,
    DataReplicationPrimaryBrokerArn: NO_REPLICATION,
  },
  handle(context, input) {
    const { state, caller, now } = context;
    const { account } = caller;
    const asked = readBroker(input);
    const name = input.BrokerName!;
    const before = state.brokers.get(state.brokerNames.get(nameKey(account, name)) ?? '');
    if (before !== undefined) {
      const again = input.CreatorRequestId;
      if (again !== undefined && again === before.creatorRequestId) {
        return { BrokerArn: before.arn, BrokerId: before.id };
      }
      throw conflict(`Broker name [${name}] already exists.`, 'Names are unique in an account and region.');
    }
    const own = [...state.brokers.values()].filter((broker) => broker.account === account);
    if (own.length >= BROKERS_MAX) {
      throw badRequest(`The maximum number of brokers [${BROKERS_MAX}] is reached.`);
    }
    const configuration = readConfigurationUse(state, account, asked.engine, input.Configuration);
    const maintenance = readMaintenance(input.MaintenanceWindowStartTime, context.random('maintenance'));
    const settings: BrokerSettings = Object.freeze({
      engineVersion: asked.engineVersion,
      hostInstanceType: input.HostInstanceType!,
      securityGroups: Object.freeze([...(input.SecurityGroups ?? [])]),
      logs: Object.freeze({ general: input.Logs?.General ?? false, audit: input.Logs?.Audit ?? false }),
      configuration,
      authenticationStrategy: 'SIMPLE',
    });
    const id = `b-${messageId(state.seed, state.resourcesMade, BROKER_IDS)}`;
    const broker: Broker = {
      id,
      name,
      arn: `arn:aws:mq:${state.region}:${account}:broker:${name}:${id}`,
      account,
      order: state.resourcesMade++,
      created: now,
      engine: asked.engine,
      deploymentMode: asked.deploymentMode,
      storageType: asked.storageType,
      publiclyAccessible: input.PubliclyAccessible!,
      subnetIds: subnetsOf(state, input.SubnetIds ?? [], asked.deploymentMode),
      kmsKeyId:
        input.EncryptionOptions?.UseAwsOwnedKey === false ? input.EncryptionOptions.KmsKeyId : undefined,
      creatorRequestId: input.CreatorRequestId,
      autoMinorVersionUpgrade: input.AutoMinorVersionUpgrade ?? true,
      maintenance,
      state: 'CREATION_IN_PROGRESS',
      stateSince: now,
      settings,
      pending: undefined,
      history: [],
      nodes: nodesOf(context, asked.deploymentMode),
      users: new Map(asked.users.map((user) => [user.username, user])),
      pendingUsers: new Map(),
      tags: new Map(Object.entries(input.Tags ?? {})),
      actionsRequired: [],
      maintenanceAt: -1,
      rebooting: [],
      crashed: 0,
      starts: 0,
      connections: new Map(),
      counters: newCounters(),
      told: {},
      ...newBrokerTraffic(),
      storage: { bytes: 0, since: now, byteSeconds: 0 },
      runningMs: 0,
      runningSince: -1,
      runtime: undefined,
    };
    state.brokers.set(id, broker);
    state.brokerNames.set(nameKey(account, name), id);
    const takes = milliseconds(context.random('creation').integer(CREATION.min, CREATION.max));
    const wait = lifeTime(context, takes);
    context.schedule(after(now, wait), createdDue(id));
    emit(context, { type: 'mq/BrokerCreated', by: caller.by, broker: name, zone: broker.nodes[0]!.zone });
    return { BrokerArn: broker.arn, BrokerId: id };
  },
});

const COUNT: Readonly<Record<DeploymentMode, number>> = {
  SINGLE_INSTANCE: 1,
  ACTIVE_STANDBY_MULTI_AZ: 2,
  CLUSTER_MULTI_AZ: 3,
};

function nodesOf({ state, now }: Ctx, mode: DeploymentMode): BrokerNode[] {
  return Array.from({ length: COUNT[mode] }, (_, index) => ({
    number: index + 1,
    zone: `${state.region}${'abc'[index]}`,
    ipAddress: `10.0.${index + 1}.${10 + (state.brokers.size % 200)}`,
    up: false,
    since: instant(now),
  }));
}

/** Left out: subnets of the default network. */
function subnetsOf({ seed }: MqState, given: readonly string[], mode: DeploymentMode): readonly string[] {
  if (given.length > 0) return Object.freeze([...given]);
  const made = Array.from(
    { length: COUNT[mode] },
    (_, index) =>
      `subnet-${messageId(seed, index, BROKER_IDS + 1)
        .replaceAll('-', '')
        .slice(0, 17)}`,
  );
  return Object.freeze(made);
}

export const describeBroker = mqOperation<DescribeBrokerRequest>(DescribeBroker$, {
  summary: 'Tells about a broker: its state, its addresses, what waits for the next reboot.',
  members: { BrokerId: BROKER_ID },
  handle: ({ state, caller }, { BrokerId }) => described(state, ownBroker(state, caller.account, BrokerId!)),
});

export const listBrokers = mqOperation<ListBrokersRequest>(ListBrokers$, {
  summary: 'Lists the brokers of your account.',
  members: { MaxResults: MAX_RESULTS, NextToken: NEXT_TOKEN },
  pagination: {
    inputToken: 'NextToken',
    outputToken: 'NextToken',
    result: 'BrokerSummaries',
    limitKey: 'MaxResults',
  },
  handle({ state, caller }, input) {
    const own = [...state.brokers.values()].filter(({ account }) => account === caller.account);
    const { items, ...rest } = page(own, ({ id }) => id, input);
    return { BrokerSummaries: items.map((broker) => summaryOf(state, broker)), ...rest };
  },
});

export const deleteBroker = mqOperation<DeleteBrokerRequest>(DeleteBroker$, {
  summary: 'Deletes a broker with all its messages.',
  members: { BrokerId: BROKER_ID },
  handle(context, { BrokerId }) {
    const { state, caller, now } = context;
    const broker = ownBroker(state, caller.account, BrokerId!);
    if (broker.state === 'CREATION_IN_PROGRESS' || broker.state === 'REBOOT_IN_PROGRESS') {
      throw badRequest(
        `Broker [${broker.id}] cannot be deleted while it is in the state [${broker.state}].`,
        'Wait until it is RUNNING.',
      );
    }
    if (broker.state === 'DELETION_IN_PROGRESS') return { BrokerId: broker.id };
    const ground = { context, broker };
    dropConnections(ground, {
      code: '320',
      message: "CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'",
      closes: 'connection',
    });
    billBroker(state, broker, now);
    broker.state = 'DELETION_IN_PROGRESS';
    broker.stateSince = now;
    broker.starts++;
    broker.runtime = undefined;
    for (const node of broker.nodes) node.up = false;
    context.schedule(after(now, lifeTime(context, DELETION)), deletedDue(broker.id));
    return { BrokerId: broker.id };
  },
});

export const rebootBroker = mqOperation<RebootBrokerRequest>(RebootBroker$, {
  summary: 'Restarts a broker: what was pending holds then. Clients lose their connections.',
  members: { BrokerId: BROKER_ID },
  handle(context, { BrokerId }) {
    const { state, caller } = context;
    const broker = ownBroker(state, caller.account, BrokerId!);
    if (broker.state !== 'RUNNING' && broker.state !== 'CRITICAL_ACTION_REQUIRED') {
      throw badRequest(`Broker [${broker.id}] is in the state [${broker.state}] and cannot be rebooted.`);
    }
    reboot({ context, broker });
    return {};
  },
});

export const promote = mqOperation<PromoteRequest>(Promote$, {
  summary: 'Makes a replica in another region the primary broker.',
  members: {
    BrokerId: BROKER_ID,
    Mode: { purpose: 'how', values: ['SWITCHOVER', 'FAILOVER'] },
  },
  handle({ state, caller }, { BrokerId }) {
    ownBroker(state, caller.account, BrokerId!);
    throw badRequest('not modelled: Promote', 'There is one region, so no broker has a replica.');
  },
});
