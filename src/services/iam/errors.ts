/** What IAM answers when it refuses; sentences as AWS writes them where they are known. */
import { ServiceError } from '../../contract/errors.ts';
import type { PolicyProblem } from '../../contract/policy/document.ts';

export const noSuchEntity = (message: string): ServiceError =>
  new ServiceError('NoSuchEntity', message, { httpStatus: 404 });

export const noSuchUser = (name: string): ServiceError =>
  noSuchEntity(`The user with name ${name} cannot be found.`);

export const entityAlreadyExists = (message: string): ServiceError =>
  new ServiceError('EntityAlreadyExists', message, { httpStatus: 409 });

export const deleteConflict = (message: string, why: string): ServiceError =>
  new ServiceError('DeleteConflict', message, { httpStatus: 409, why });

export const limitExceeded = (message: string, why: string): ServiceError =>
  new ServiceError('LimitExceeded', message, { httpStatus: 409, why });

export const malformedPolicyDocument = ({ sentence, at, expected }: PolicyProblem): ServiceError =>
  new ServiceError('MalformedPolicyDocument', sentence, {
    why: at === '' ? `Expected is ${expected}.` : `At ${at} expected is ${expected}.`,
  });

export const validationError = (message: string): ServiceError =>
  new ServiceError('ValidationError', message);

/** `userName`: members begin in lower case here. */
const inSentence = (member: string): string => member[0]!.toLowerCase() + member.slice(1);

export const missing = (member: string): ServiceError =>
  validationError(
    `1 validation error detected: Value null at '${inSentence(member)}' failed to satisfy constraint: Member must not be null`,
  );

export const tooLong = (member: string, value: string, max: number): ServiceError =>
  validationError(
    `1 validation error detected: Value '${value}' at '${inSentence(member)}' failed to satisfy constraint: Member must have length less than or equal to ${max}`,
  );

export const invalidName = (member: string): ServiceError =>
  validationError(
    `The specified value for ${inSentence(member)} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
  );
