/** How AWS IoT makes its operations, and members that several have. */
import type { StaticOperationSchema } from '@smithy/types';
import { checkedOperation } from '../../contract/checkedOperation.ts';
import type { OperationWords } from '../../contract/defineOperation.ts';
import type { Operation } from '../../contract/operation.ts';
import { missing } from './errors.ts';
import type { IotState } from './model.ts';

export const iotOperation = <Input extends object>(
  schema: StaticOperationSchema,
  words: OperationWords<IotState, Input>,
): Operation<IotState, Input> => checkedOperation(schema, words, missing);

export const RULE = { purpose: 'the rule’s name: letters, digits, _' } as const;
export const PAYLOAD = {
  purpose: "sql such as SELECT * FROM 'plant/+/temperature' WHERE value > 30, actions, errorAction",
} as const;
