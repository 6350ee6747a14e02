/** What Kinesis answers when it refuses: one constructor per AWS error code, sentences as AWS writes them. */
import { ServiceError } from '../../contract/errors.ts';

const refused = (code: string, message: string, why?: string): ServiceError =>
  new ServiceError(code, message, why === undefined ? {} : { why });

export const validation = (message: string, why?: string): ServiceError =>
  refused('ValidationException', message, why);

/** Up to ten faults in one sentence. */
export function faulty(faults: readonly string[]): ServiceError {
  const shown = faults.slice(0, 10);
  const errors = shown.length === 1 ? 'error' : 'errors';
  return validation(`${shown.length} validation ${errors} detected: ${shown.join('; ')}`);
}

export const invalidArgument = (message: string, why?: string): ServiceError =>
  refused('InvalidArgumentException', message, why);
export const limitExceeded = (message: string, why?: string): ServiceError =>
  refused('LimitExceededException', message, why);
export const resourceInUse = (message: string, why?: string): ServiceError =>
  refused('ResourceInUseException', message, why);
const notFound = (message: string, why?: string): ServiceError =>
  refused('ResourceNotFoundException', message, why);
export const throughputExceeded = (message: string, why: string): ServiceError =>
  refused('ProvisionedThroughputExceededException', message, why);
export const expiredIterator = (message: string, why: string): ServiceError =>
  refused('ExpiredIteratorException', message, why);
export const expiredToken = (message: string): ServiceError => refused('ExpiredNextTokenException', message);

export interface Named {
  readonly name: string;
  readonly account: string;
}

export const streamNotFound = ({ name, account }: Named, why?: string): ServiceError =>
  notFound(`Stream ${name} under account ${account} not found.`, why);
export const shardNotFound = (shard: string, { name, account }: Named): ServiceError =>
  notFound(`Could not find shard ${shard} in stream ${name} under account ${account}.`);
export const shardMissing = (shard: string, { name, account }: Named): ServiceError =>
  notFound(`Shard ${shard} in stream ${name} under account ${account} does not exist`);
export const consumerNotFound = (consumer: string, account: string): ServiceError =>
  notFound(`Consumer ${consumer}, account ${account} not found.`);

export const notActive = ({ name, account }: Named, status: string): ServiceError =>
  resourceInUse(
    `Stream ${name} under account ${account} not ACTIVE, instead in state ${status}`,
    status === 'DELETING' ? 'It is being deleted.' : 'A change of it is under way; it takes some seconds.',
  );
export const onDemandRefused = ({ name, account }: Named): ServiceError =>
  validation(
    `Request is invalid. Stream ${name} under account ${account} is in On-Demand mode.`,
    'Kinesis itself cares for the shards of a stream on demand; update-stream-mode makes it provisioned.',
  );

/** The sentence of a refused put, also in the entries of PutRecords. */
export const rateExceeded = (shard: string, { name, account }: Named): string =>
  `Rate exceeded for shard ${shard} in stream ${name} under account ${account}.`;
export const readRateExceeded = (shard: string, { name, account }: Named): string =>
  `Rate exceeded for Shard - ${account}/${name}/${shard}`;
