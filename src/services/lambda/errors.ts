/** What Lambda answers when it refuses; sentences as AWS writes them where they are known. */
import { ServiceError } from '../../contract/errors.ts';

type More = { readonly why?: string };

export const invalidValue = (message: string, more: More = {}): ServiceError =>
  new ServiceError('InvalidParameterValueException', message, more);
const validation = (message: string, more: More = {}): ServiceError =>
  new ServiceError('ValidationException', message, more);
export const outOfRange = (
  value: unknown,
  member: string,
  constraint: string,
  more: More = {},
): ServiceError =>
  validation(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
    more,
  );
export const missing = (member: string): ServiceError =>
  validation(
    `1 validation error detected: Value null at '${member[0]!.toLowerCase()}${member.slice(1)}' failed to satisfy constraint: Member must not be null`,
  );
export const notFound = (message: string, more: More = {}): ServiceError =>
  new ServiceError('ResourceNotFoundException', message, { httpStatus: 404, ...more });
export const functionNotFound = (arn: string): ServiceError => notFound(`Function not found: ${arn}`);
export const conflict = (message: string, more: More = {}): ServiceError =>
  new ServiceError('ResourceConflictException', message, { httpStatus: 409, ...more });
export const preconditionFailed = (): ServiceError =>
  new ServiceError(
    'PreconditionFailedException',
    'The RevisionId provided does not match the latest RevisionId. Call the GetFunction/GetAlias API to retrieve the latest RevisionId',
    { httpStatus: 412 },
  );
export const throttled = (why: string): ServiceError =>
  new ServiceError('TooManyRequestsException', 'Rate Exceeded.', { httpStatus: 429, why });
export const tooLarge = (size: number, type: string, limit: number): ServiceError =>
  new ServiceError(
    'RequestTooLargeException',
    `${size} byte payload is too large for the ${type} invocation type (limit ${limit} bytes)`,
    { httpStatus: 413 },
  );
export const invalidContent = (detail: string): ServiceError =>
  new ServiceError(
    'InvalidRequestContentException',
    `Could not parse request body into json: Could not parse payload into json: ${detail}`,
  );
export const notModelled = (what: string, why: string): ServiceError =>
  invalidValue(`not modelled: ${what}`, { why });
