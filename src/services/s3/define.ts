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
  [/^(?:ACL|Grant)/u, 'an access control list', 'policies say who may: put-bucket-policy'],
  [/VersionId$|^MFA$/u, 'a version of the object', 'buckets here keep one version of an object'],
  [/SSE|ServerSide|BucketKey/u, 'how the object is encrypted', 'objects here are not encrypted'],
  [/^Checksum/u, 'a checksum beside MD5', 'eTag and Content-MD5 are modelled alone'],
  [/ObjectLock|Governance/u, 'a lock on the object', 'object lock'],
  [/^(?:CopySource)?If/u, 'do it only if this holds', 'conditional requests'],
  [/Tagging/u, 'labels of the object', 'tags of objects'],
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
