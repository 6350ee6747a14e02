/** How Firehose makes its operations: members are checked against AWS's model, all problems in one answer. */
import type { StaticOperationSchema } from '@smithy/types';
import { checkedOperation } from '../../contract/checkedOperation.ts';
import type { OperationWords } from '../../contract/defineOperation.ts';
import type { Operation } from '../../contract/operation.ts';
import { operationShapes } from '../../contract/schema.ts';
import { missing, validation } from './errors.ts';
import type { FirehoseState } from './model.ts';
import { problemsOf } from './rules/constraints.ts';

export function firehoseOperation<Input extends object>(
  schema: StaticOperationSchema,
  words: OperationWords<FirehoseState, Input>,
): Operation<FirehoseState, Input> {
  const { input: shape } = operationShapes(schema);
  return checkedOperation(
    schema,
    {
      ...words,
      handle(context, input) {
        const problems = problemsOf(shape, input);
        if (problems.length > 0) throw validation(problems);
        return words.handle(context, input);
      },
    },
    missing,
  );
}

export const STREAM_NAME = { purpose: 'the delivery stream', min: 1, max: 64, unit: 'characters' } as const;
