/** What the playground's own `app` commands refuse. The words say what is wrong and how to mend it. */
import { ServiceError } from '../../contract/errors.ts';

/** A value that cannot be read: names the flag, the value and what is expected. */
export const invalidValue = (flag: string, value: string | number, expected: string): ServiceError =>
  new ServiceError('InvalidParameterValue', `Value ${value} for --${flag} is invalid: ${expected}.`);

export const appExists = (name: string): ServiceError =>
  new ServiceError(
    'AppAlreadyExists',
    `An app named ${name} exists. Choose another name, or change it with app update.`,
  );

export const noSuchApp = (name: string): ServiceError =>
  new ServiceError('AppNotFound', `There is no app named ${name}. See app list.`);

export const notFor = (kind: string, name: string, flag: string): ServiceError =>
  new ServiceError(
    'InvalidParameterCombination',
    `App ${name} is a ${kind}: --${flag} does not apply to it.`,
  );

export const databaseExists = (name: string): ServiceError =>
  new ServiceError(
    'AppAlreadyExists',
    `A database named ${name} exists. Choose another name, or change it with app update.`,
  );

export const notForDatabase = (name: string, verb: string): ServiceError =>
  new ServiceError('InvalidParameterCombination', `${name} is a database: ${verb} does not apply to it.`);

/** Amazon DynamoDB API Reference, PutItem: ProvisionedThroughputExceededException. */
export const throughputExceeded = (why: string): ServiceError =>
  new ServiceError(
    'ProvisionedThroughputExceededException',
    'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
    { why },
  );

/** MySQL Reference Manual, Too many connections: error 1040. */
export const connectionsTaken = (why: string): ServiceError =>
  new ServiceError('TooManyConnections', 'ERROR 1040 (HY000): Too many connections', {
    httpStatus: 503,
    why,
  });

export const writeTimedOut = (name: string, seconds: number): ServiceError =>
  new ServiceError('QueryTimeout', `The write did not come to its turn within ${seconds} s.`, {
    httpStatus: 504,
    why: `Others wait at ${name} before it; the client gave up.`,
  });

export const noSuchInstanceGroup = (name: string): ServiceError =>
  new ServiceError(
    'GroupNotFound',
    `There is no Auto Scaling group named ${name}. Make it with aws autoscaling create-auto-scaling-group.`,
  );

export const databaseDown = (name: string): ServiceError =>
  new ServiceError('ServiceUnavailable', 'The database does not answer.', {
    httpStatus: 503,
    fault: 'server',
    why: `A fault keeps ${name} from taking writes: see fault list.`,
  });

export const databaseAway = (name: string, status: string): ServiceError =>
  new ServiceError('ServiceUnavailable', 'The database does not answer.', {
    httpStatus: 503,
    fault: 'server',
    why: `${name} is ${status}: it takes writes when it is available.`,
  });

/** MySQL Reference Manual, Server Error Message Reference: error 1114. */
export const storageFull = (name: string): ServiceError =>
  new ServiceError('StorageFull', 'ERROR 1114 (HY000): The table is full', {
    httpStatus: 503,
    why: `The storage of ${name} is full: make it larger with app update --storage.`,
  });

export const noSuchTable = (name: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', 'Cannot do operations on a non-existent table', {
    why: `There is no database named ${name}. See app list.`,
  });

export const batchToDatabase = (): ServiceError =>
  new ServiceError(
    'InvalidParameterCombination',
    'A database takes one write a call here: leave --batch out, or send to a queue.',
  );

export const noLeases = (): ServiceError =>
  new ServiceError(
    'InvalidParameterCombination',
    'One app reads all shards of a stream: leave --concurrency and --group out. Workers that share the shards are made with app create-kcl-workers.',
  );

export const notToKind = (flag: string, kind: string): ServiceError =>
  new ServiceError(
    'InvalidParameterCombination',
    `--${flag} does not apply to a ${kind}: leave it out.${flag === 'group' && kind === 'stream' ? ' Records of one --key stay in order.' : ''}`,
  );

export const groupNeeded = (target: string): ServiceError =>
  new ServiceError(
    'MissingParameter',
    `${target} is FIFO and needs a message group: add --group, for example --group 'user-{1..10}'.`,
  );
