/** What SNS answers when it refuses: one constructor per AWS error code, sentences as AWS writes them. */
import { ServiceError } from '../../contract/errors.ts';

/** `why`: ours, the rule and the values compared. */
export const invalidParameter = (message: string, why?: string): ServiceError =>
  new ServiceError('InvalidParameter', `Invalid parameter: ${message}`, why === undefined ? {} : { why });

/** A sentence that has no `Invalid parameter: ` before it. */
export const invalidParameterBare = (message: string): ServiceError =>
  new ServiceError('InvalidParameter', message);

export const parameterValueInvalid = (message: string): ServiceError =>
  new ServiceError('ParameterValueInvalid', message);

export const validationError = (message: string): ServiceError =>
  new ServiceError('ValidationError', message);

export const missing = (name: string): ServiceError =>
  name === 'Attributes' || name === 'attributes'
    ? validationError(
        "1 validation error detected: Value null at 'attributes' failed to satisfy constraint: Member must not be null",
      )
    : invalidParameter(`${name} Reason: no value for required parameter`);

export const notFound = (message: string, why?: string): ServiceError =>
  new ServiceError('NotFound', message, { httpStatus: 404, ...(why !== undefined && { why }) });

export const topicNotFound = (why?: string): ServiceError => notFound('Topic does not exist', why);

/** Of the operations on tags. */
export const resourceNotFound = (): ServiceError =>
  new ServiceError('ResourceNotFound', 'Resource does not exist', { httpStatus: 404 });

export const limitExceeded = (
  code: 'TopicLimitExceeded' | 'SubscriptionLimitExceeded' | 'FilterPolicyLimitExceeded',
  message: string,
  why: string,
): ServiceError => new ServiceError(code, message, { httpStatus: 403, why });

/** UNSURE: the sentence. */
export const tagLimitExceeded = (): ServiceError =>
  new ServiceError('TagLimitExceeded', 'Could not complete request: tag quota of per resource exceeded');

export const throttled = (why: string): ServiceError =>
  new ServiceError('Throttled', 'Rate exceeded', { httpStatus: 429, why });

export const batchError = (
  code:
    | 'BatchEntryIdsNotDistinct'
    | 'BatchRequestTooLong'
    | 'EmptyBatchRequest'
    | 'InvalidBatchEntryId'
    | 'TooManyEntriesInBatchRequest',
  message: string,
  why?: string,
): ServiceError => new ServiceError(code, message, why === undefined ? {} : { why });

export const endpointDisabled = (): ServiceError =>
  new ServiceError('EndpointDisabled', 'Endpoint is disabled');

/** UNSURE: the sentence. */
export const platformApplicationDisabled = (): ServiceError =>
  new ServiceError('PlatformApplicationDisabled', 'Platform application is disabled');

/** UNSURE: the sentence. */
export const optedOut = (number: string): ServiceError =>
  new ServiceError('OptedOut', 'Phone number is opted out', {
    why: `${number} has answered STOP; sns opt-in-phone-number takes that back, once in 30 days.`,
  });
