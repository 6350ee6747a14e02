/** What CloudWatch answers when it refuses; sentences as AWS writes them where they are known. */
import { ServiceError } from '../../contract/errors.ts';

type More = { readonly why?: string };

export const invalidValue = (message: string, more: More = {}): ServiceError =>
  new ServiceError('InvalidParameterValue', message, { jsonCode: 'InvalidParameterValueException', ...more });
export const invalidCombination = (message: string, more: More = {}): ServiceError =>
  new ServiceError('InvalidParameterCombination', message, {
    jsonCode: 'InvalidParameterCombinationException',
    ...more,
  });
/** UNSURE: the sentence. */
export const missing = (member: string): ServiceError =>
  new ServiceError('MissingParameter', `The parameter ${member} is required.`, {
    jsonCode: 'MissingRequiredParameterException',
  });
export const validation = (message: string, more: More = {}): ServiceError =>
  new ServiceError('ValidationError', message, more);
export const notFound = (message = 'Alarm does not exist'): ServiceError =>
  new ServiceError('ResourceNotFound', message, { httpStatus: 404 });
/** UNSURE: the sentence. */
export const unknownResource = (arn: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', `Unknown ARN: ${arn}`, { httpStatus: 404 });
export const invalidToken = (): ServiceError =>
  // UNSURE: the sentence.
  new ServiceError('InvalidNextToken', 'Invalid NextToken.');
export const notModelled = (what: string, why: string): ServiceError =>
  validation(`not modelled: ${what}`, { why });
