/** Changes to a broker: most wait for its next restart. */
import { UpdateBroker$, type UpdateBrokerRequest } from '@aws-sdk/client-mq';
import { BROKER_ID, mqOperation, NO_LDAP, NO_REPLICATION } from '../define.ts';
import { badRequest } from '../errors.ts';
import { emit, zoneOf } from '../events.ts';
import { INSTANCE_TYPES, SECURITY_GROUPS_MAX } from '../limits.ts';
import type { Broker, BrokerSettings, MqState } from '../model.ts';
import { checkStrategy, checkUpgrades, readConfigurationUse, readMaintenance } from '../rules/brokerInput.ts';
import { planMaintenance } from '../rules/pendingChanges.ts';
import {
  checkDeployment,
  checkInstanceType,
  readVersion,
  versionNumber,
  versionsOn,
} from '../rules/versions.ts';
import { ownBroker } from './brokers.ts';

export const updateBroker = mqOperation<UpdateBrokerRequest>(UpdateBroker$, {
  summary: 'Changes a broker. Version, size, configuration and logs wait for the next reboot or window.',
  members: {
    BrokerId: BROKER_ID,
    AuthenticationStrategy: { purpose: 'how users are known', values: ['SIMPLE'] },
    AutoMinorVersionUpgrade: { purpose: 'take minor versions by itself' },
    Configuration: { purpose: 'a configuration: Id=…,Revision=…' },
    EngineVersion: { purpose: 'which version' },
    HostInstanceType: { purpose: 'how large its servers are', values: Object.keys(INSTANCE_TYPES) },
    LdapServerMetadata: NO_LDAP,
    Logs: { purpose: 'logs for CloudWatch: General=true,Audit=true' },
    MaintenanceWindowStartTime: { purpose: 'its weekly two hours: DayOfWeek=MONDAY,TimeOfDay=22:45' },
    SecurityGroups: { purpose: 'firewall rules, at most five' },
    DataReplicationMode: NO_REPLICATION,
  },
  handle(context, input) {
    const { state, caller } = context;
    const broker = ownBroker(state, caller.account, input.BrokerId!);
    if (broker.state !== 'RUNNING' && broker.state !== 'CRITICAL_ACTION_REQUIRED') {
      throw badRequest(`Broker [${broker.id}] is in the state [${broker.state}] and cannot be updated.`);
    }
    const settings = wanted(state, broker, caller.account, input);
    const automatic = input.AutoMinorVersionUpgrade ?? broker.autoMinorVersionUpgrade;
    checkUpgrades(broker.engine, settings.engineVersion, automatic);
    const window = input.MaintenanceWindowStartTime;
    const maintenance =
      window === undefined ? broker.maintenance : readMaintenance(window, context.random('maintenance'));
    broker.autoMinorVersionUpgrade = automatic;
    broker.maintenance = maintenance;
    broker.pending = isSame(settings, broker.settings) ? undefined : settings;
    planMaintenance({ context, broker });
    emit(context, { type: 'mq/BrokerUpdated', by: caller.by, broker: broker.name, zone: zoneOf(broker) });
    return answered(broker, settings, input);
  },
});

function wanted(state: MqState, broker: Broker, account: string, input: UpdateBrokerRequest): BrokerSettings {
  const before = broker.pending ?? broker.settings;
  const { engine } = broker;
  const hostInstanceType = input.HostInstanceType ?? before.hostInstanceType;
  checkInstanceType(engine, hostInstanceType);
  checkDeployment(engine, broker.deploymentMode, broker.storageType, hostInstanceType);
  const engineVersion = readVersion(engine, input.EngineVersion ?? before.engineVersion, hostInstanceType);
  checkPath(broker, engineVersion, hostInstanceType);
  checkStrategy(engine, input.AuthenticationStrategy ?? before.authenticationStrategy);
  const groups = input.SecurityGroups;
  if (groups !== undefined && groups.length > SECURITY_GROUPS_MAX) {
    throw badRequest(`There can be ${SECURITY_GROUPS_MAX} security groups at most.`);
  }
  if (input.Logs?.Audit === true && engine === 'RABBITMQ') {
    throw badRequest('Audit logging is not supported for engine type [RABBITMQ].');
  }
  const configuration =
    input.Configuration === undefined
      ? before.configuration
      : readConfigurationUse(state, account, engine, input.Configuration);
  return Object.freeze({
    ...before,
    engineVersion,
    hostInstanceType,
    configuration,
    ...(groups !== undefined && { securityGroups: Object.freeze([...groups]) }),
    ...(input.Logs !== undefined && {
      logs: Object.freeze({
        general: input.Logs.General ?? before.logs.general,
        audit: input.Logs.Audit ?? before.logs.audit,
      }),
    }),
  });
}

/** Amazon MQ Developer Guide, Upgrading: from 3.13 to 4.2, from there to 4.3; never back. */
function checkPath({ engine, settings }: Broker, to: string, instanceType: string): void {
  const from = settings.engineVersion;
  if (from === to) return;
  if (versionNumber(to) < versionNumber(from)) {
    throw badRequest(`Broker engine version cannot be downgraded from [${from}] to [${to}].`);
  }
  const between = versionsOn(engine, instanceType).filter(
    (one) => versionNumber(one) > versionNumber(from) && versionNumber(one) < versionNumber(to),
  );
  if (engine !== 'RABBITMQ' || between.length === 0) return;
  throw badRequest(
    `Broker engine version cannot be upgraded from [${from}] to [${to}].`,
    `Upgrade to ${between.at(-1)} first.`,
  );
}

const isSame = (one: BrokerSettings, other: BrokerSettings): boolean =>
  one.engineVersion === other.engineVersion &&
  one.hostInstanceType === other.hostInstanceType &&
  one.authenticationStrategy === other.authenticationStrategy &&
  one.logs.general === other.logs.general &&
  one.logs.audit === other.logs.audit &&
  one.configuration?.id === other.configuration?.id &&
  one.configuration?.revision === other.configuration?.revision &&
  one.securityGroups.join() === other.securityGroups.join();

const answered = (broker: Broker, settings: BrokerSettings, input: UpdateBrokerRequest): object => ({
  AuthenticationStrategy: settings.authenticationStrategy,
  AutoMinorVersionUpgrade: broker.autoMinorVersionUpgrade,
  BrokerId: broker.id,
  ...(settings.configuration && {
    Configuration: { Id: settings.configuration.id, Revision: settings.configuration.revision },
  }),
  EngineVersion: settings.engineVersion,
  HostInstanceType: settings.hostInstanceType,
  ...(input.Logs && { Logs: { General: settings.logs.general, Audit: settings.logs.audit } }),
  MaintenanceWindowStartTime: {
    DayOfWeek: broker.maintenance.dayOfWeek,
    TimeOfDay: broker.maintenance.timeOfDay,
    TimeZone: broker.maintenance.timeZone,
  },
  SecurityGroups: [...settings.securityGroups],
});
