/**
 * How SQS makes its operations: a required member that is missing is refused before anything else is looked at, and
 * what is due by now is done before the operation sees it.
 */
import type { StaticOperationSchema } from '@smithy/types';
import { type OperationWords, operation } from '../../contract/defineOperation.ts';
import type { Operation } from '../../contract/operation.ts';
import { missingParameter } from './errors.ts';
import type { SqsState } from './model.ts';
import { settle } from './rules/storeAlarm.ts';

export function sqsOperation<Input extends object>(
  schema: StaticOperationSchema,
  words: OperationWords<SqsState, Input>,
): Operation<SqsState, Input> {
  const made = operation(schema, words);
  const required = made.input.members.filter((member) => member.required).map(({ name }) => name);
  return {
    ...made,
    handle(context, input) {
      const given = input as Readonly<Record<string, unknown>>;
      for (const name of required) if (given[name] === undefined) throw missingParameter(name);
      settle(context);
      return words.handle(context, input);
    },
  };
}

/** The member that nearly every operation has. */
export const QUEUE_URL = {
  purpose: 'the queue, by its URL',
  refersTo: 'queueUrl',
} as const;
