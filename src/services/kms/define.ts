/** How KMS makes its operations. */
import type { StaticOperationSchema } from '@smithy/types';
import { checkedOperation } from '../../contract/checkedOperation.ts';
import type { OperationWords } from '../../contract/defineOperation.ts';
import type { Operation } from '../../contract/operation.ts';
import { missing } from './errors.ts';
import type { KmsState } from './model.ts';

export const kmsOperation = <Input extends object>(
  schema: StaticOperationSchema,
  words: OperationWords<KmsState, Input>,
): Operation<KmsState, Input> => checkedOperation(schema, words, missing);

export const KEY_ID = { purpose: 'the key, by id, ARN or alias', refersTo: 'keyId' } as const;
export const GRANT_TOKENS = {
  purpose: 'tokens of new grants',
  notModelled: 'there are no grants here',
} as const;
export const DRY_RUN = { purpose: 'only check', notModelled: 'calls here are for real' } as const;
export const ALGORITHM = {
  purpose: 'how it is encrypted',
  values: ['SYMMETRIC_DEFAULT'],
  default: 'SYMMETRIC_DEFAULT',
} as const;
export const CONTEXT = { purpose: 'names and values that must be given again to decrypt' } as const;
export const RECIPIENT = { purpose: 'an enclave', notModelled: 'enclaves' } as const;

/** The name under which data encrypted here are known. */
export const SYMMETRIC = 'SYMMETRIC_DEFAULT';
