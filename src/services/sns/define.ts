/** How SNS makes its operations: a required member that is missing is refused before anything else is looked at. */
import type { StaticOperationSchema } from '@smithy/types';
import { checkedOperation } from '../../contract/checkedOperation.ts';
import type { OperationWords } from '../../contract/defineOperation.ts';
import type { Operation } from '../../contract/operation.ts';
import { missing } from './errors.ts';
import type { SnsState } from './model.ts';

export const snsOperation = <Input extends object>(
  schema: StaticOperationSchema,
  words: OperationWords<SnsState, Input>,
): Operation<SnsState, Input> => checkedOperation(schema, words, missing);

export const TOPIC_ARN = { purpose: 'the topic, by its ARN', refersTo: 'topicArn' } as const;
export const SUBSCRIPTION_ARN = {
  purpose: 'the subscription, by its ARN',
  refersTo: 'subscriptionArn',
} as const;
export const NEXT_TOKEN = { purpose: 'go on where the last answer ended' } as const;

/** SNS has pages of a fixed length. */
export const paged = (result: string, token: 'NextToken' | 'nextToken' = 'NextToken') => ({
  inputToken: token,
  outputToken: token,
  result,
});
