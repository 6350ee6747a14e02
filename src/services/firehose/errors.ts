/** What Firehose answers when it refuses: one constructor per AWS error code, sentences as AWS writes them. */
import { ServiceError } from '../../contract/errors.ts';

const withWhy = (why: string | undefined): { why?: string } => (why === undefined ? {} : { why });

export const invalidArgument = (message: string, why?: string): ServiceError =>
  new ServiceError('InvalidArgumentException', message, withWhy(why));

export const validation = (problems: readonly string[]): ServiceError =>
  new ServiceError(
    'ValidationException',
    `${problems.length} validation error${problems.length === 1 ? '' : 's'} detected: ${problems.join('; ')}`,
  );

export const missing = (path: string): ServiceError => validation([absent(path)]);

export const absent = (path: string): string =>
  `Value null at '${lowered(path)}' failed to satisfy constraint: Member must not be null`;

/** `DeliveryStreamName` → `deliveryStreamName`. */
export const lowered = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

export const notFound = (name: string, account: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', `Firehose ${name} under account ${account} not found.`);

export const alreadyExists = (name: string, account: string): ServiceError =>
  new ServiceError('ResourceInUseException', `Firehose ${name} under accountId ${account} already exists`);

/** UNSURE: the sentence. */
export const inUse = (name: string, account: string, status: string): ServiceError =>
  new ServiceError(
    'ResourceInUseException',
    `Firehose ${name} under accountId ${account} is not in the ACTIVE state. Current state: ${status}`,
  );

/** UNSURE: the sentence. */
export const limitExceeded = (what: string, why?: string): ServiceError =>
  new ServiceError('LimitExceededException', what, withWhy(why));

export const versionMismatch = (name: string, current: number, specified: string): ServiceError =>
  new ServiceError(
    'ConcurrentModificationException',
    `Cannot update firehose: ${name} since the current version id: ${current} and specified version id: ${specified} do not match`,
    {
      why: 'Somebody changed the destination since it was described: describe it again, and name its VersionId.',
    },
  );

export const slowDown = (why: string): ServiceError =>
  new ServiceError('ServiceUnavailableException', 'Slow down.', { httpStatus: 500, fault: 'server', why });

/** UNSURE: the sentence. */
export const notReady = (name: string, status: string): ServiceError =>
  new ServiceError('ServiceUnavailableException', 'Slow down.', {
    httpStatus: 500,
    fault: 'server',
    why: `${name} is ${status}; it takes data when it is ACTIVE.`,
  });

export const notOnSource = (type: string): ServiceError =>
  invalidArgument(
    `This operation is not permitted on ${type} delivery stream type.`,
    'It reads its data stream by itself: put records there.',
  );

/** Ours: what AWS takes and this program does not. */
export const notModelled = (what: string, why: string): ServiceError =>
  new ServiceError('InvalidArgumentException', `not modelled: ${what}`, { why });
