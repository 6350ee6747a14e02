/** Access control lists: buckets here are "bucket owner enforced". Amazon S3 User Guide, Controlling ownership of objects. */
import { noAccessLists } from '../errors.ts';
import type { Bucket } from '../model.ts';

/** UNSURE: that `private` is taken. */
const TAKEN = ['private', 'bucket-owner-full-control'];

/** Throws AccessControlListNotSupported. */
export function checkAcl(acl: string | undefined): void {
  if (acl !== undefined && !TAKEN.includes(acl)) throw noAccessLists();
}

/** The owner may do all, and nobody else is named. */
export function ownersList({ account }: Bucket): object {
  const Owner = { ID: account };
  return { Owner, Grants: [{ Grantee: { ...Owner, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }] };
}
