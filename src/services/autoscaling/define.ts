/** How Auto Scaling makes its operations, and the words that several share. */
import type { StaticOperationSchema } from '@smithy/types';
import { checkedOperation } from '../../contract/checkedOperation.ts';
import type { MemberWords, OperationWords } from '../../contract/defineOperation.ts';
import type { Operation } from '../../contract/operation.ts';
import { missing } from './errors.ts';
import type { AutoScalingState } from './model.ts';

export const autoScalingOperation = <Input extends object>(
  schema: StaticOperationSchema,
  words: OperationWords<AutoScalingState, Input>,
): Operation<AutoScalingState, Input> => checkedOperation(schema, words, missing);

export const GROUP = { purpose: 'the group, by name' } as const;
export const POLICY = { purpose: 'the policy, by name' } as const;
export const TOKEN = { purpose: 'go on where the last answer ended' } as const;
export const RECORDS = { purpose: 'how many at most in one answer', min: 1, max: 100 } as const;

/** Members that are refused when given, each under its name. */
export function refused<Name extends string>(
  why: string,
  ...names: readonly Name[]
): Readonly<Record<Name, MemberWords>> {
  const entries = names.map((name) => [name, { purpose: 'not used here', notModelled: why }]);
  return Object.fromEntries(entries) as Record<Name, MemberWords>;
}
