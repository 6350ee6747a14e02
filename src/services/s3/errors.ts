/** What S3 answers when it refuses; sentences as AWS writes them. Amazon S3 API Reference, Error responses. */
import { ServiceError } from '../../contract/errors.ts';

type More = { readonly why?: string };

export const noSuchBucket = (): ServiceError =>
  new ServiceError('NoSuchBucket', 'The specified bucket does not exist', { httpStatus: 404 });
export const noSuchKey = (): ServiceError =>
  new ServiceError('NoSuchKey', 'The specified key does not exist.', { httpStatus: 404 });
/** A HEAD has no body, so there is no more to be said. */
export const headNotFound = (): ServiceError => new ServiceError('404', 'Not Found', { httpStatus: 404 });
export const noSuchPolicy = (): ServiceError =>
  new ServiceError('NoSuchBucketPolicy', 'The bucket policy does not exist', { httpStatus: 404 });
export const bucketExists = (): ServiceError =>
  new ServiceError(
    'BucketAlreadyExists',
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
    { httpStatus: 409 },
  );
export const bucketOwned = (): ServiceError =>
  new ServiceError(
    'BucketAlreadyOwnedByYou',
    'Your previous request to create the named bucket succeeded and you already own it.',
    { httpStatus: 409 },
  );
export const bucketNotEmpty = (why: string): ServiceError =>
  new ServiceError('BucketNotEmpty', 'The bucket you tried to delete is not empty', { httpStatus: 409, why });
export const invalidBucketName = (): ServiceError =>
  new ServiceError('InvalidBucketName', 'The specified bucket is not valid.', {
    why: 'A name has 3 to 63 small letters, digits, dots and hyphens, and begins and ends with a letter or digit.',
  });
export const illegalLocation = (): ServiceError =>
  new ServiceError(
    'IllegalLocationConstraintException',
    'The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.',
  );
export const invalidArgument = (message: string, more: More = {}): ServiceError =>
  new ServiceError('InvalidArgument', message, more);
export const keyTooLong = (): ServiceError =>
  new ServiceError('KeyTooLongError', 'Your key is too long', { why: 'A key has at most 1,024 bytes.' });
export const tooLarge = (why: string): ServiceError =>
  new ServiceError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', { why });
export const metadataTooLarge = (): ServiceError =>
  new ServiceError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
export const badDigest = (): ServiceError =>
  new ServiceError('BadDigest', 'The Content-MD5 you specified did not match what we received.');
export const malformedPolicy = (message: string, why: string): ServiceError =>
  new ServiceError('MalformedPolicy', message, { why });
export const malformedXml = (): ServiceError =>
  new ServiceError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
export const accessDenied = (why: string): ServiceError =>
  new ServiceError('AccessDenied', 'Access Denied', { httpStatus: 403, why });
export const missing = (member: string): ServiceError =>
  new ServiceError('InvalidRequest', `Missing required parameter for this request: ${member}`);
export const preconditionFailed = (): ServiceError =>
  new ServiceError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    httpStatus: 412,
  });
/** An answer without a body: only its status says it. */
export const notModified = (): ServiceError => new ServiceError('304', 'Not Modified', { httpStatus: 304 });
export const invalidRange = (): ServiceError =>
  new ServiceError('InvalidRange', 'The requested range is not satisfiable', { httpStatus: 416 });
/** Ours: only STANDARD is taken. */
export const otherClass = (): ServiceError =>
  new ServiceError('InvalidParameterValue', 'not modelled: StorageClass', {
    why: 'all objects are STANDARD',
  });
