/** What S3 answers when it refuses; sentences as AWS writes them. Amazon S3 API Reference, Error responses. */
import { ServiceError } from '../../contract/errors.ts';

interface More {
  readonly why?: string;
  /** Its name and value, which S3's answer says. */
  readonly argument?: readonly [name: string, value: string];
  /** Others that it says. */
  readonly members?: Readonly<Record<string, string>>;
}

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
export function invalidArgument(message: string, { why, argument, members }: More = {}): ServiceError {
  const said =
    argument === undefined
      ? members
      : Object.freeze({ ArgumentName: argument[0], ArgumentValue: argument[1] });
  return new ServiceError('InvalidArgument', message, {
    ...(why !== undefined && { why }),
    ...(said !== undefined && { members: said }),
  });
}
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
export const noSuchUpload = (): ServiceError =>
  new ServiceError(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { httpStatus: 404 },
  );
export const invalidPart = (why: string): ServiceError =>
  new ServiceError(
    'InvalidPart',
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    { why },
  );
export const invalidPartOrder = (): ServiceError =>
  new ServiceError(
    'InvalidPartOrder',
    'The list of parts was not in ascending order. The parts list must be specified in order by part number.',
  );
export const partTooSmall = (why: string): ServiceError =>
  new ServiceError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
    why,
  });
export const noSuchVersion = (): ServiceError =>
  new ServiceError('NoSuchVersion', 'The specified version does not exist.', { httpStatus: 404 });
/** Of a version that is a delete marker. */
export const methodNotAllowed = (): ServiceError =>
  new ServiceError('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
    httpStatus: 405,
  });
export const illegalVersioning = (): ServiceError =>
  new ServiceError('IllegalVersioningConfigurationException', 'The Versioning element must be specified');
export const noTags = (): ServiceError =>
  new ServiceError('NoSuchTagSet', 'The TagSet does not exist', { httpStatus: 404 });
export const invalidTag = (message: string): ServiceError => new ServiceError('InvalidTag', message);
export const tooManyTags = (message: string): ServiceError => new ServiceError('BadRequest', message);
export const noPublicAccessBlock = (): ServiceError =>
  new ServiceError(
    'NoSuchPublicAccessBlockConfiguration',
    'The public access block configuration was not found',
    { httpStatus: 404 },
  );
/** S3 User Guide, Controlling ownership of objects: the default of new buckets since April 2023. */
export const noAccessLists = (): ServiceError =>
  new ServiceError('AccessControlListNotSupported', 'The bucket does not allow ACLs', {
    why: 'Buckets here are "bucket owner enforced": policies say who may, s3api put-bucket-policy.',
  });
export const notConfigured = (code: string, message: string): ServiceError =>
  new ServiceError(code, message, { httpStatus: 404 });
export const invalidPartCopy = (range: string, size: number): ServiceError =>
  invalidArgument(`Range specified is not valid for source object of size: ${size}`, {
    argument: ['x-amz-copy-source-range', range],
  });
