/** How S3 makes its operations, and members that several have. */
import type { StaticOperationSchema } from '@smithy/types';
import { checkedOperation } from '../../contract/checkedOperation.ts';
import type { MemberWords, OperationWords } from '../../contract/defineOperation.ts';
import type { Operation } from '../../contract/operation.ts';
import { operationShapes } from '../../contract/schema.ts';
import { missing } from './errors.ts';
import type { S3State } from './model.ts';

/** Inputs of S3 have some forty members, of which few matter here; the rest is refused by name. */
type Given<Input extends object, Name extends keyof Input> = Omit<
  OperationWords<S3State, Input>,
  'members'
> & {
  readonly members: Readonly<Record<Name, MemberWords>>;
};

export function s3Operation<Input extends object, Name extends keyof Input & string>(
  schema: StaticOperationSchema,
  words: Given<Input, Name>,
): Operation<S3State, Input> {
  const members: Record<string, MemberWords> = {};
  for (const { name } of operationShapes(schema).input.members) {
    members[name] = (words.members as Readonly<Record<string, MemberWords>>)[name] ?? refused(name);
  }
  return checkedOperation(
    schema,
    { ...words, members: members as OperationWords<S3State, Input>['members'] },
    missing,
  );
}

const WHY: readonly (readonly [RegExp, string, string])[] = [
  [
    /^(?:AccessControlPolicy|ACL|Grant)/u,
    'an access control list',
    'policies say who may: put-bucket-policy',
  ],
  [/^MFA|VersionId/u, 'a version, or a code of MFA', 'MFA delete, and versions in this call'],
  [/SSE|ServerSide|BucketKey/u, 'how the object is encrypted', 'objects here are not encrypted'],
  [/^Checksum/u, 'a checksum beside MD5', 'eTag and Content-MD5 are modelled alone'],
  [/ObjectLock|Governance/u, 'a lock on the object', 'object lock'],
  [/^PartNumber$/u, 'one part of the object alone', 'reading by part: Range reads any bytes'],
  [/^(?:CopySource)?If/u, 'do it only if this holds', 'conditional requests'],
  [/Tagging/u, 'labels of the object', 'tags in this call'],
  [/StorageClass/u, 'the storage class', 'all objects are STANDARD'],
  [/^(?:Response|Cache|Content|Expires|Website)/u, 'a header of the answer', 'headers beside Content-Type'],
];

function refused(name: string): MemberWords {
  for (const [pattern, purpose, notModelled] of WHY) if (pattern.test(name)) return { purpose, notModelled };
  return { purpose: 'another setting of S3, not modelled', notModelled: 'nothing here depends on it' };
}

export const BUCKET = { purpose: 'the bucket, by name', refersTo: 'bucketName' } as const;
export const KEY = { purpose: 'the object, by its key' } as const;
export const OWNER = { purpose: 'the account that must own the bucket' } as const;
export const CONTENT_TYPE = { purpose: 'what it is: text/csv, application/json …' } as const;
export const METADATA = { purpose: 'names and values of your own, a=b' } as const;
export const TAGGING = { purpose: 'tags as a query: a=b&c=d' } as const;
export const ACL = {
  purpose: 'private; policies say who else may',
  values: ['private', 'bucket-owner-full-control'],
} as const;
export const UPLOAD_ID = { purpose: 'the upload, by its id' } as const;
export const VERSION_ID = { purpose: 'this version, not the newest' } as const;
export const PREFIX = { purpose: 'only keys that begin so' } as const;
export const DELIMITER = { purpose: 'keys that go on behind it are folded into one: /' } as const;
export const ENCODING = { purpose: 'url: keys in percent signs', values: ['url'] } as const;
export const SOURCE_CONDITIONS = {
  CopySourceIfMatch: { purpose: 'only if the ETag of the source is this' },
  CopySourceIfNoneMatch: { purpose: 'only if the ETag of the source is not this' },
  CopySourceIfModifiedSince: { purpose: 'only if the source was written after this' },
  CopySourceIfUnmodifiedSince: { purpose: 'only if the source was not written after this' },
} as const;
