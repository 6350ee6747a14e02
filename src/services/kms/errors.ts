/** What KMS answers when it refuses; sentences as AWS writes them where they are known. */
import { ServiceError } from '../../contract/errors.ts';
import type { PolicyProblem } from '../../contract/policy/document.ts';

const refused = (code: string, message: string, why?: string): ServiceError =>
  new ServiceError(code, message, why === undefined ? {} : { why });

export const notFound = (message: string): ServiceError => refused('NotFoundException', message);
export const keyNotFound = (arn: string): ServiceError => notFound(`Key '${arn}' does not exist`);
export const aliasNotFound = (arn: string): ServiceError => notFound(`Alias ${arn} is not found.`);
export const invalidKeyId = (id: string): ServiceError => notFound(`Invalid keyId '${id}'`);

export const disabled = (sentence: string): ServiceError => refused('DisabledException', sentence);
export const invalidState = (sentence: string): ServiceError => refused('KMSInvalidStateException', sentence);

export const alreadyExists = (aliasArn: string): ServiceError =>
  refused('AlreadyExistsException', `An alias with the name ${aliasArn} already exists`);

export const invalidAlias = (message: string): ServiceError => refused('ValidationException', message);
export const reservedAlias = (): ServiceError => refused('NotAuthorizedException', '');

export const malformedPolicy = ({ sentence, at, expected }: PolicyProblem): ServiceError =>
  refused(
    'MalformedPolicyDocumentException',
    sentence,
    at === '' ? `Expected is ${expected}.` : `At ${at} expected is ${expected}.`,
  );
export const lockedOut = (why: string): ServiceError =>
  refused(
    'MalformedPolicyDocumentException',
    'The new key policy will not allow you to update the key policy in the future.',
    why,
  );

export const validation = (message: string): ServiceError => refused('ValidationException', message);
export const missing = (member: string): ServiceError =>
  validation(
    `1 validation error detected: Value null at '${member[0]!.toLowerCase()}${member.slice(1)}' failed to satisfy constraint: Member must not be null`,
  );

/** AWS leaves the message empty: what is wrong with a ciphertext is not told. */
export const invalidCiphertext = (why: string): ServiceError =>
  refused('InvalidCiphertextException', '', why);
export const incorrectKey = (why: string): ServiceError =>
  refused(
    'IncorrectKeyException',
    'The key ID in the request does not identify a CMK that can perform this operation.',
    why,
  );
