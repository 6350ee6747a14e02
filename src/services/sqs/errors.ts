/**
 * What SQS answers when it refuses: one constructor per AWS error code, sentences as AWS writes them. The query
 * protocol's code is what SDKs and the CLI show; the JSON protocol's name goes beside it.
 */
import { ServiceError } from '../../contract/errors.ts';

interface Why {
  /** Ours: the rule and the values compared. */
  readonly why?: string;
}

const simple = (name: string, message: string, httpStatus = 400, more: Why = {}): ServiceError =>
  new ServiceError(`AWS.SimpleQueueService.${name}`, message, { httpStatus, jsonCode: name, ...more });

export const nonExistentQueue = (more: Why = {}): ServiceError =>
  new ServiceError('AWS.SimpleQueueService.NonExistentQueue', 'The specified queue does not exist.', {
    jsonCode: 'QueueDoesNotExist',
    ...more,
  });

export const queueNameExists = (attribute: string, why: string): ServiceError =>
  new ServiceError(
    'QueueAlreadyExists',
    `A queue already exists with the same name and a different value for attribute ${attribute}`,
    { jsonCode: 'QueueNameExists', why },
  );

export const queueDeletedRecently = (why: string): ServiceError =>
  simple(
    'QueueDeletedRecently',
    'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
    400,
    { why },
  );

export const purgeQueueInProgress = (name: string, why: string): ServiceError =>
  simple(
    'PurgeQueueInProgress',
    `Only one PurgeQueue operation on ${name} is allowed every 60 seconds.`,
    403,
    { why },
  );

export const emptyBatchRequest = (entryShape: string): ServiceError =>
  simple('EmptyBatchRequest', `There should be at least one ${entryShape} in the request.`);

export const tooManyEntries = (count: number): ServiceError =>
  simple(
    'TooManyEntriesInBatchRequest',
    `Maximum number of entries per request are 10. You have sent ${count}.`,
  );

export const batchEntryIdsNotDistinct = (id: string): ServiceError =>
  simple('BatchEntryIdsNotDistinct', `Id ${id} repeated.`);

export const batchRequestTooLong = (max: number, sent: number): ServiceError =>
  simple(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${max} bytes. You have sent ${sent} bytes.`,
    400,
    { why: `The entries together count ${sent} bytes; one request carries at most ${max}.` },
  );

export const invalidBatchEntryId = (): ServiceError =>
  simple(
    'InvalidBatchEntryId',
    'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
  );

export const invalidParameterValue = (message: string, more: Why = {}): ServiceError =>
  new ServiceError('InvalidParameterValue', message, { jsonCode: 'InvalidParameterValueException', ...more });

/** The template most refusals of a value follow. */
export const invalidValue = (
  value: unknown,
  parameter: string,
  reason: string,
  more: Why = {},
): ServiceError =>
  invalidParameterValue(
    `Value ${String(value)} for parameter ${parameter} is invalid. Reason: ${reason}`,
    more,
  );

export const missingParameter = (name: string, more: Why = {}): ServiceError =>
  new ServiceError('MissingParameter', `The request must contain the parameter ${name}.`, {
    jsonCode: 'MissingRequiredParameterException',
    ...more,
  });

export const invalidAttributeName = (message: string): ServiceError =>
  new ServiceError('InvalidAttributeName', message, { jsonCode: 'InvalidAttributeName' });

export const unknownAttribute = (name: string): ServiceError =>
  invalidAttributeName(`Unknown Attribute ${name}.`);

export const invalidAttributeValue = (message: string, more: Why = {}): ServiceError =>
  new ServiceError('InvalidAttributeValue', message, { jsonCode: 'InvalidAttributeValue', ...more });

export const invalidMessageContents = (why: string): ServiceError =>
  new ServiceError(
    'InvalidMessageContents',
    'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    { jsonCode: 'InvalidMessageContents', why },
  );

export const receiptHandleIsInvalid = (handle: string): ServiceError =>
  new ServiceError(
    'ReceiptHandleIsInvalid',
    `The input receipt handle "${handle}" is not a valid receipt handle.`,
    { jsonCode: 'ReceiptHandleIsInvalid', why: 'No receive of this queue gave that handle.' },
  );

export const overLimit = (message: string, more: Why = {}): ServiceError =>
  new ServiceError('OverLimit', message, { httpStatus: 403, jsonCode: 'OverLimit', ...more });

/** UNSURE: the sentence, and that the code is the same in both protocols. */
export const requestThrottled = (why: string): ServiceError =>
  new ServiceError('RequestThrottled', 'The request was denied due to request throttling.', {
    jsonCode: 'RequestThrottled',
    why,
  });

export const resourceNotFound = (message: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', message, {
    httpStatus: 404,
    jsonCode: 'ResourceNotFoundException',
  });

/** UNSURE: the status, which only recollection gives. */
export const invalidAddress = (address: string): ServiceError =>
  new ServiceError('InvalidAddress', `The address ${address} is not valid for this endpoint.`, {
    httpStatus: 404,
    jsonCode: 'InvalidAddress',
  });
