/** What DynamoDB Streams answers when it refuses. */
import { ServiceError } from '../../contract/errors.ts';

export const missing = (member: string): ServiceError =>
  new ServiceError(
    'ValidationException',
    `1 validation error detected: Value null at '${member[0]!.toLowerCase()}${member.slice(1)}' failed to satisfy constraint: Member must not be null`,
  );

export const noSuchStream = (arn: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', `Requested resource not found: Stream: ${arn} not found`, {
    why: 'A table has a stream when it was made with app create-database --stream NEW_IMAGE.',
  });

/** UNSURE: the sentence. */
export const noSuchShard = (shard: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', `Requested resource not found: Shard: ${shard} not found`);

/** UNSURE: the sentence. */
export const expiredIterator = (): ServiceError =>
  new ServiceError('ExpiredIteratorException', 'Iterator expired', {
    why: 'An iterator lasts 15 minutes.',
  });

export const invalid = (message: string): ServiceError => new ServiceError('ValidationException', message);
