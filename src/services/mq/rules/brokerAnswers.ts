/** Brokers as DescribeBroker and ListBrokers show them. */
import type { Broker, BrokerSettings, ConfigurationUse, MqState } from '../model.ts';
import { instancesOf } from './endpoints.ts';

export const summaryOf = ({ epoch }: MqState, broker: Broker): object => ({
  BrokerArn: broker.arn,
  BrokerId: broker.id,
  BrokerName: broker.name,
  BrokerState: broker.state,
  Created: epoch + broker.created,
  DeploymentMode: broker.deploymentMode,
  EngineType: broker.engine,
  HostInstanceType: broker.settings.hostInstanceType,
});

const used = (use: ConfigurationUse): object => ({ Id: use.id, Revision: use.revision });

export function described(state: MqState, broker: Broker): object {
  const { settings, pending } = broker;
  const running = broker.state !== 'CREATION_IN_PROGRESS';
  return {
    ActionsRequired: broker.actionsRequired.map((code) => ({ ActionRequiredCode: code })),
    ...summaryOf(state, broker),
    AuthenticationStrategy: settings.authenticationStrategy,
    AutoMinorVersionUpgrade: broker.autoMinorVersionUpgrade,
    BrokerInstances: running ? instancesOf(state, broker) : [],
    Configurations: configurationsOf(broker),
    EncryptionOptions:
      broker.kmsKeyId === undefined
        ? { UseAwsOwnedKey: true }
        : { KmsKeyId: broker.kmsKeyId, UseAwsOwnedKey: false },
    EngineVersion: settings.engineVersion,
    Logs: logsOf(broker),
    MaintenanceWindowStartTime: {
      DayOfWeek: broker.maintenance.dayOfWeek,
      TimeOfDay: broker.maintenance.timeOfDay,
      TimeZone: broker.maintenance.timeZone,
    },
    ...(pending !== undefined && pendingOf(settings, pending)),
    PubliclyAccessible: broker.publiclyAccessible,
    SecurityGroups: [...settings.securityGroups],
    StorageType: broker.storageType,
    SubnetIds: [...broker.subnetIds],
    Tags: Object.fromEntries(broker.tags),
    Users: usersOf(broker),
  };
}

const configurationsOf = ({ settings, pending, history }: Broker): object => ({
  ...(settings.configuration && { Current: used(settings.configuration) }),
  History: history.map(used),
  ...(pending?.configuration !== undefined &&
    pending.configuration !== settings.configuration && { Pending: used(pending.configuration) }),
});

function logsOf({ id, engine, settings, pending }: Broker): object {
  const changed = pending !== undefined && pending.logs !== settings.logs;
  return {
    ...(engine === 'ACTIVEMQ' && {
      Audit: settings.logs.audit,
      ...(settings.logs.audit && { AuditLogGroup: `/aws/amazonmq/broker/${id}/audit` }),
    }),
    General: settings.logs.general,
    GeneralLogGroup: `/aws/amazonmq/broker/${id}/general`,
    ...(changed && { Pending: { General: pending.logs.general, Audit: pending.logs.audit } }),
  };
}

const pendingOf = (now: BrokerSettings, then: BrokerSettings): object => ({
  ...(then.engineVersion !== now.engineVersion && { PendingEngineVersion: then.engineVersion }),
  ...(then.hostInstanceType !== now.hostInstanceType && { PendingHostInstanceType: then.hostInstanceType }),
  ...(then.securityGroups !== now.securityGroups && { PendingSecurityGroups: [...then.securityGroups] }),
});

/** RabbitMQ's are its own business: none is listed. */
export function usersOf({ engine, users, pendingUsers }: Broker): object[] {
  if (engine === 'RABBITMQ') return [];
  const names = new Set([...users.keys(), ...pendingUsers.keys()]);
  return [...names].map((name) => {
    const change = pendingUsers.get(name)?.change;
    return { Username: name, ...(change !== undefined && { PendingChange: change }) };
  });
}
