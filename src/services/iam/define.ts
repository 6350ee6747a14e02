/** How IAM makes its operations. */
import type { StaticOperationSchema } from '@smithy/types';
import { checkedOperation } from '../../contract/checkedOperation.ts';
import type { OperationWords } from '../../contract/defineOperation.ts';
import type { Operation } from '../../contract/operation.ts';
import { missing } from './errors.ts';
import { PAGE_DEFAULT, PAGE_MAX, POLICY_NAME_MAX, USER_NAME_MAX } from './limits.ts';
import type { IamState } from './model.ts';

export const iamOperation = <Input extends object>(
  schema: StaticOperationSchema,
  words: OperationWords<IamState, Input>,
): Operation<IamState, Input> => checkedOperation(schema, words, missing);

export const USER_NAME = {
  purpose: 'the user, by name',
  min: 1,
  max: USER_NAME_MAX,
  unit: 'characters',
  refersTo: 'userName',
} as const;
export const ROLE_NAME = {
  purpose: 'the role, by name',
  min: 1,
  max: USER_NAME_MAX,
  unit: 'characters',
} as const;
export const POLICY_NAME = {
  purpose: 'a name for the policy',
  min: 1,
  max: POLICY_NAME_MAX,
  unit: 'characters',
} as const;
export const POLICY_ARN = { purpose: 'the managed policy, by its ARN', refersTo: 'policyArn' } as const;
export const PATHS = { purpose: 'only under this path', notModelled: 'there are no paths here' } as const;
export const TAGS = { purpose: 'labels of your own', notModelled: 'nothing here reads them' } as const;

export const PAGE_MEMBERS = {
  Marker: { purpose: 'go on where the last answer ended' },
  MaxItems: {
    purpose: 'how many at most in one answer',
    min: 1,
    max: PAGE_MAX,
    default: PAGE_DEFAULT,
    unit: 'entries',
  },
} as const;

export const paged = (result: string) =>
  ({ inputToken: 'Marker', outputToken: 'Marker', result, limitKey: 'MaxItems' }) as const;
