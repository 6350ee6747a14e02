/** Engines, their versions, and the instance types that run them. Amazon MQ Developer Guide, Supported engines. */
import { badRequest, invalidEngine } from '../errors.ts';
import { INSTANCE_TYPES } from '../limits.ts';
import type { DeploymentMode, EngineType, StorageType } from '../model.ts';

/** Newest first. */
export const VERSIONS: Readonly<Record<EngineType, readonly string[]>> = {
  ACTIVEMQ: ['5.19', '5.18'],
  RABBITMQ: ['4.3', '4.2', '3.13'],
};
const MODES: Readonly<Record<EngineType, readonly DeploymentMode[]>> = {
  ACTIVEMQ: ['SINGLE_INSTANCE', 'ACTIVE_STANDBY_MULTI_AZ'],
  RABBITMQ: ['SINGLE_INSTANCE', 'CLUSTER_MULTI_AZ'],
};

const isArm = (instanceType: string): boolean => instanceType.startsWith('mq.m7g.');
const isMicro = (instanceType: string): boolean => instanceType === 'mq.t3.micro';

export function readEngine(engine: string): EngineType {
  const upper = engine.toUpperCase();
  if (upper === 'ACTIVEMQ' || upper === 'RABBITMQ') return upper;
  throw invalidEngine(engine);
}

/** `4.2` is 4002: larger is newer. */
export const versionNumber = (version: string): number => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major * 1_000 + minor;
};

/** `5.18.4` is taken as 5.18. Left out: the newest that the instance type can run. */
export function readVersion(engine: EngineType, version: string | undefined, instanceType: string): string {
  const runs = versionsOn(engine, instanceType);
  if (version === undefined) return runs[0]!;
  const found = VERSIONS[engine].find((one) => version === one || version.startsWith(`${one}.`));
  if (found === undefined) {
    throw badRequest(
      `Broker engine version [${version}] is invalid. Valid values are: [${VERSIONS[engine].join(', ')}]`,
    );
  }
  if (!runs.includes(found)) {
    throw badRequest(
      `Broker engine version [${found}] does not support host instance type [${instanceType}].`,
      'RabbitMQ 4 runs on mq.m7g instances only.',
    );
  }
  return found;
}

export const versionsOn = (engine: EngineType, instanceType: string): readonly string[] =>
  engine === 'RABBITMQ' && !isArm(instanceType)
    ? VERSIONS.RABBITMQ.filter((version) => versionNumber(version) < 4_000)
    : VERSIONS[engine];

/** What a combination of engine, storage and instance type can be deployed as; empty: there is none. */
export function modesOf(
  engine: EngineType,
  storage: StorageType,
  instanceType: string,
): readonly DeploymentMode[] {
  if (engine === 'RABBITMQ') {
    if (storage === 'EFS') return [];
    return isMicro(instanceType) ? ['SINGLE_INSTANCE'] : MODES.RABBITMQ;
  }
  if (isArm(instanceType)) return [];
  if (storage === 'EFS') return MODES.ACTIVEMQ;
  return isMicro(instanceType) ? [] : ['SINGLE_INSTANCE'];
}

export function checkInstanceType(engine: EngineType, instanceType: string): void {
  const fits = INSTANCE_TYPES[instanceType] !== undefined && !(engine === 'ACTIVEMQ' && isArm(instanceType));
  if (fits) return;
  const valid = Object.keys(INSTANCE_TYPES).filter((type) => engine === 'RABBITMQ' || !isArm(type));
  throw badRequest(
    `Broker host instance type [${instanceType}] is invalid. Valid values are: [${valid.join(', ')}]`,
  );
}

/** T1: which engine, storage and mode go together. */
export function checkDeployment(
  engine: EngineType,
  mode: string,
  storage: StorageType,
  instanceType: string,
): asserts mode is DeploymentMode {
  if (!(MODES[engine] as readonly string[]).includes(mode)) {
    throw badRequest(
      `Broker deployment mode [${mode}] is invalid for engine type [${engine}]. Valid values are: [${MODES[engine].join(', ')}]`,
      engine === 'RABBITMQ'
        ? 'RabbitMQ is made highly available by a cluster of three nodes.'
        : 'ActiveMQ is made highly available by a standby in another zone.',
    );
  }
  if (engine === 'RABBITMQ' && storage === 'EFS') {
    throw badRequest('Storage type [EFS] is invalid for engine type [RABBITMQ]. Valid values are: [EBS]');
  }
  if (modesOf(engine, storage, instanceType).includes(mode as DeploymentMode)) return;
  throw badRequest(
    `Deployment mode [${mode}] is not supported with storage type [${storage}] and host instance type [${instanceType}].`,
    storage === 'EBS' && engine === 'ACTIVEMQ'
      ? 'An EBS volume belongs to one instance: ActiveMQ with EBS runs as a single mq.m5 instance.'
      : `It can be: ${modesOf(engine, storage, instanceType).join(', ') || 'nothing'}.`,
  );
}
