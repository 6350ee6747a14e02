/** Reads what CreateBroker is asked, and refuses what does not go together. Amazon MQ API Reference, Brokers. */
import type { CreateBrokerRequest, WeeklyStartTime } from '@aws-sdk/client-mq';
import type { Random } from '../../../engine/random.ts';
import { badRequest, configurationNotFound } from '../errors.ts';
import { BROKER_NAME, SECURITY_GROUPS_MAX, TAGS_MAX, USERS_MAX } from '../limits.ts';
import type {
  BrokerUser,
  ConfigurationUse,
  DeploymentMode,
  EngineType,
  MaintenanceWindow,
  MqState,
  StorageType,
} from '../model.ts';
import { readUser } from './users.ts';
import { checkDeployment, checkInstanceType, readEngine, readVersion, versionNumber } from './versions.ts';

export interface BrokerAsked {
  readonly engine: EngineType;
  readonly engineVersion: string;
  readonly deploymentMode: DeploymentMode;
  readonly storageType: StorageType;
  readonly users: readonly BrokerUser[];
}

export function readBroker(input: CreateBrokerRequest): BrokerAsked {
  const name = input.BrokerName!;
  if (!BROKER_NAME.test(name)) {
    throw badRequest(
      `Broker name [${name}] is invalid. It must be 1-50 characters long and contain only letters, numbers, dashes, and underscores.`,
    );
  }
  const engine = readEngine(input.EngineType!);
  const instanceType = input.HostInstanceType!;
  checkInstanceType(engine, instanceType);
  const storage = input.StorageType ?? (engine === 'RABBITMQ' ? 'EBS' : 'EFS');
  if (storage !== 'EBS' && storage !== 'EFS') {
    throw badRequest(`Storage type [${storage}] is invalid. Valid values are: [EBS, EFS]`);
  }
  const mode: string = input.DeploymentMode!;
  checkDeployment(engine, mode, storage, instanceType);
  const engineVersion = readVersion(engine, input.EngineVersion, instanceType);
  checkUpgrades(engine, engineVersion, input.AutoMinorVersionUpgrade ?? true);
  checkNetwork(input, engine, mode);
  checkStrategy(engine, input.AuthenticationStrategy ?? 'SIMPLE');
  if (input.Logs?.Audit === true && engine === 'RABBITMQ') {
    throw badRequest('Audit logging is not supported for engine type [RABBITMQ].');
  }
  if (Object.keys(input.Tags ?? {}).length > TAGS_MAX)
    throw badRequest(`There can be ${TAGS_MAX} tags at most.`);
  return {
    engine,
    engineVersion,
    deploymentMode: mode,
    storageType: storage,
    users: readUsers(engine, input),
  };
}

/** Amazon MQ Developer Guide, Upgrading an Amazon MQ broker engine version. */
export function checkUpgrades(engine: EngineType, version: string, automatic: boolean): void {
  const from = engine === 'ACTIVEMQ' ? '5.18' : '3.13';
  if (automatic || versionNumber(version) < versionNumber(from)) return;
  throw badRequest(
    `AutoMinorVersionUpgrade must be true for engine type [${engine}] version [${version}].`,
    `From ${from} on, Amazon MQ keeps the patch version itself.`,
  );
}

export function checkStrategy(engine: EngineType, strategy: string): void {
  if (strategy === 'SIMPLE') return;
  if (strategy === 'LDAP' && engine === 'ACTIVEMQ') throw badRequest('not modelled: LDAP; here is SIMPLE');
  if (strategy === 'CONFIG_MANAGED' && engine === 'RABBITMQ') {
    throw badRequest('not modelled: CONFIG_MANAGED; here is SIMPLE');
  }
  throw badRequest(`Authentication strategy [${strategy}] is invalid for engine type [${engine}].`);
}

const SUBNETS: Readonly<Record<DeploymentMode, readonly [min: number, max: number]>> = {
  SINGLE_INSTANCE: [1, 1],
  ACTIVE_STANDBY_MULTI_AZ: [2, 2],
  CLUSTER_MULTI_AZ: [1, 3],
};

function checkNetwork(input: CreateBrokerRequest, engine: EngineType, mode: DeploymentMode): void {
  const { SubnetIds = [], SecurityGroups = [], PubliclyAccessible = false } = input;
  if (SecurityGroups.length > SECURITY_GROUPS_MAX) {
    throw badRequest(`There can be ${SECURITY_GROUPS_MAX} security groups at most.`);
  }
  if (engine === 'RABBITMQ' && PubliclyAccessible) {
    if (SubnetIds.length > 0) throw badRequest('Subnets are not supported for a public RabbitMQ broker.');
    if (SecurityGroups.length > 0) {
      throw badRequest('Security groups are not supported for a public RabbitMQ broker.');
    }
  }
  if (SubnetIds.length === 0) return;
  const [min, max] = SUBNETS[mode];
  if (SubnetIds.length >= min && SubnetIds.length <= max) return;
  const wanted = min === max ? String(min) : `${min} to ${max}`;
  throw badRequest(`Deployment mode [${mode}] needs ${wanted} subnets.`, `You gave ${SubnetIds.length}.`);
}

function readUsers(engine: EngineType, { Users = [] }: CreateBrokerRequest): readonly BrokerUser[] {
  if (engine === 'RABBITMQ' && Users.length !== 1) {
    throw badRequest(
      'One and only one administrative user is accepted when a RabbitMQ broker is created.',
      `You gave ${Users.length}. All other users are made in the broker itself.`,
    );
  }
  if (Users.length === 0) throw badRequest('users is required.', 'Nobody could connect to the broker.');
  if (Users.length > USERS_MAX) throw badRequest(`There can be ${USERS_MAX} users at most.`);
  const names = new Set<string>();
  return Users.map((user) => {
    if (user.Username === undefined) throw badRequest('username is required.');
    if (names.has(user.Username)) throw badRequest(`Username [${user.Username}] is given twice.`);
    names.add(user.Username);
    return readUser(engine, user.Username, user);
  });
}

const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;

/** Left out: a day and hour are drawn. SIMPLER THAN AWS: times are UTC. */
export function readMaintenance(given: WeeklyStartTime | undefined, random: Random): MaintenanceWindow {
  if (given === undefined) {
    const hour = String(random.below(24)).padStart(2, '0');
    return Object.freeze({ dayOfWeek: DAYS[random.below(7)]!, timeOfDay: `${hour}:00`, timeZone: 'UTC' });
  }
  const { DayOfWeek = '', TimeOfDay = '', TimeZone = 'UTC' } = given;
  if (!(DAYS as readonly string[]).includes(DayOfWeek)) {
    throw badRequest(`Day of week [${DayOfWeek}] is invalid. Valid values are: [${DAYS.join(', ')}]`);
  }
  if (!/^(?:[01]\d|2[0-3]):[0-5]\d$/u.test(TimeOfDay)) {
    throw badRequest(`Time of day [${TimeOfDay}] is invalid. It must be in the 24-hour format HH:mm.`);
  }
  if (TimeZone !== 'UTC') throw badRequest(`not modelled: TimeZone ${TimeZone}; here is UTC`);
  return Object.freeze({ dayOfWeek: DayOfWeek, timeOfDay: TimeOfDay, timeZone: TimeZone });
}

/** Left out, a broker's revision is the newest. */
export function readConfigurationUse(
  state: MqState,
  account: string,
  engine: EngineType,
  given: { readonly Id?: string | undefined; readonly Revision?: number | undefined } | undefined,
): ConfigurationUse | undefined {
  if (given === undefined) return undefined;
  const { Id = '', Revision } = given;
  const configuration = state.configurations.get(Id);
  if (configuration === undefined || configuration.account !== account) throw configurationNotFound(Id);
  if (configuration.engine !== engine) {
    throw badRequest(`Configuration [${Id}] is for engine type [${configuration.engine}], not [${engine}].`);
  }
  const newest = configuration.revisions.at(-1)!.revision;
  const revision = Revision ?? newest;
  if (!configuration.revisions.some((one) => one.revision === revision)) {
    throw badRequest(`Configuration [${Id}] has no revision [${revision}].`, `The newest is ${newest}.`);
  }
  return Object.freeze({ id: Id, revision });
}
