/** Managed policies of AWS's own that matter here. AWS Managed Policy Reference Guide. */
import type { PolicyText } from '../model.ts';

const allow = (actions: readonly string[]): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: actions.length === 1 ? actions[0] : actions, Resource: '*' }],
});

const DOCUMENTS: Readonly<Record<string, object>> = {
  AdministratorAccess: allow(['*']),
  AmazonSQSFullAccess: allow(['sqs:*']),
  AmazonSQSReadOnlyAccess: allow([
    'sqs:GetQueueAttributes',
    'sqs:GetQueueUrl',
    'sqs:ListDeadLetterSourceQueues',
    'sqs:ListQueues',
    'sqs:ListMessageMoveTasks',
    'sqs:ListQueueTags',
  ]),
  AmazonSNSFullAccess: allow(['sns:*']),
  AmazonSNSReadOnlyAccess: allow(['sns:GetTopicAttributes', 'sns:List*']),
  IAMReadOnlyAccess: allow(['iam:Get*', 'iam:List*']),
};

export interface AwsPolicy extends PolicyText {
  readonly name: string;
  readonly arn: string;
}

export const AWS_POLICIES: ReadonlyMap<string, AwsPolicy> = new Map(
  Object.entries(DOCUMENTS).map(([name, document]) => {
    const arn = `arn:aws:iam::aws:policy/${name}`;
    return [arn, { name, arn, document, text: JSON.stringify(document) }];
  }),
);
