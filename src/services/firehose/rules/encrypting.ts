/** Server-side encryption of what waits in a stream. Firehose Developer Guide, Data protection. */
import { invalidArgument } from '../errors.ts';
import type { DeliveryStream, EncryptionStatus } from '../model.ts';

interface Given {
  readonly KeyType?: string | undefined;
  readonly KeyARN?: string | undefined;
}

/** UNSURE: the sentences. */
export function encryptionOf(
  given: Given | undefined,
  status: EncryptionStatus,
): DeliveryStream['encryption'] {
  if (given === undefined) return Object.freeze({ status: 'DISABLED' });
  const { KeyType = 'AWS_OWNED_CMK', KeyARN } = given;
  if (KeyType === 'CUSTOMER_MANAGED_CMK' && KeyARN === undefined) {
    throw invalidArgument('KeyARN must be specified when KeyType is CUSTOMER_MANAGED_CMK.');
  }
  if (KeyType === 'AWS_OWNED_CMK' && KeyARN !== undefined) {
    throw invalidArgument('KeyARN must not be specified when KeyType is AWS_OWNED_CMK.');
  }
  return Object.freeze({ status, keyType: KeyType, ...(KeyARN !== undefined && { keyArn: KeyARN }) });
}
