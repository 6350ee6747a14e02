/** What AWS IoT answers when it refuses. UNSURE: the sentences, but for that of a rule that is not there. */
import { ServiceError } from '../../contract/errors.ts';

export const invalid = (message: string, why?: string): ServiceError =>
  new ServiceError('InvalidRequestException', message, why === undefined ? {} : { why });
export const missing = (member: string): ServiceError =>
  invalid(
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
export const sqlFault = (message: string, why: string): ServiceError =>
  new ServiceError('SqlParseException', message, { why });
/** AWS does not say whether a rule of that name is there. */
export const ruleNotFound = (name: string): ServiceError =>
  new ServiceError('UnauthorizedException', `Access to topic rule '${name}' was denied`, {
    httpStatus: 401,
    why: `There is no rule ${name}.`,
  });
export const alreadyExists = (name: string): ServiceError =>
  new ServiceError('ResourceAlreadyExistsException', `Rule already exists: ${name}`, { httpStatus: 409 });
export const notModelled = (what: string, why: string): ServiceError => invalid(`not modelled: ${what}`, why);
