/** What Glue answers when it refuses. */
import { ServiceError } from '../../contract/errors.ts';

/** UNSURE: the sentence. */
export const missing = (member: string): ServiceError =>
  invalidInput(
    `1 validation error detected: Value null at '${member.charAt(0).toLowerCase()}${member.slice(1)}' failed to satisfy constraint: Member must not be null`,
  );

export const invalidInput = (message: string): ServiceError =>
  new ServiceError('InvalidInputException', message);

export const notFound = (what: 'Database' | 'Table', name: string): ServiceError =>
  new ServiceError('EntityNotFoundException', `${what} ${name} not found.`);

export const alreadyExists = (what: 'Database' | 'Table'): ServiceError =>
  new ServiceError('AlreadyExistsException', `${what} already exists.`);
