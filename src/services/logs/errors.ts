/** What CloudWatch Logs answers when it refuses; sentences as AWS writes them where they are known. */
import { ServiceError } from '../../contract/errors.ts';

type More = { readonly why?: string };

export const invalidParameter = (message: string, more: More = {}): ServiceError =>
  new ServiceError('InvalidParameterException', message, more);
export const missing = (member: string): ServiceError =>
  invalidParameter(
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
export const outOfRange = (value: unknown, member: string, constraint: string): ServiceError =>
  invalidParameter(
    `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
export const notFound = (what: 'group' | 'stream'): ServiceError =>
  new ServiceError('ResourceNotFoundException', `The specified log ${what} does not exist.`);
export const filterNotFound = (): ServiceError =>
  new ServiceError('ResourceNotFoundException', 'The specified subscription filter does not exist.');
export const alreadyExists = (what: 'group' | 'stream'): ServiceError =>
  new ServiceError('ResourceAlreadyExistsException', `The specified log ${what} already exists`);
export const limitExceeded = (why: string): ServiceError =>
  new ServiceError('LimitExceededException', 'Resource limit exceeded.', { why });
