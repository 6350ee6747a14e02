/** Rules of EventBridge and of AWS IoT, in the provider's words. */
import type { Answer } from './declared.ts';
import { type Block, snake, type Write } from './terraformBlock.ts';

const target = (given: Answer): Answer => {
  const { Id, Arn, RoleArn, Input, InputPath, InputTransformer, KinesisParameters, SqsParameters } = given;
  const { DeadLetterConfig, RetryPolicy } = given;
  const { InputPathsMap, InputTemplate } = (InputTransformer ?? {}) as Answer;
  return {
    target_id: Id,
    arn: Arn,
    ...(RoleArn !== undefined && { role_arn: RoleArn }),
    ...(Input !== undefined && { input: Input }),
    ...(InputPath !== undefined && { input_path: InputPath }),
    ...(InputTransformer !== undefined && {
      input_transformer: { input_paths: InputPathsMap ?? {}, input_template: InputTemplate },
    }),
    ...(KinesisParameters !== undefined && {
      kinesis_target: { partition_key_path: (KinesisParameters as Answer).PartitionKeyPath },
    }),
    ...(SqsParameters !== undefined && {
      sqs_target: { message_group_id: (SqsParameters as Answer).MessageGroupId },
    }),
    ...(DeadLetterConfig !== undefined && { dead_letter_config: { arn: (DeadLetterConfig as Answer).Arn } }),
    ...(RetryPolicy !== undefined && { retry_policy: snake(RetryPolicy as Answer) }),
  };
};

/** The provider's blocks of actions; a log group and a topic are called otherwise there. */
const action = (given: Answer): Answer => {
  const [name, fields] = Object.entries(given)[0]!;
  const block = name === 'CloudwatchLogs' ? 'cloudwatch_logs' : name.toLowerCase();
  return { [block]: snake(fields as Answer, {}) };
};

export const RULE_WRITERS: Readonly<Record<string, Write>> = {
  'AWS::Events::Rule': ({ Name, Description, EventPattern, ScheduleExpression, State, Targets = [] }) => [
    {
      type: 'aws_cloudwatch_event_rule',
      body: {
        name: Name,
        ...(Description !== undefined && { description: Description }),
        ...(EventPattern !== undefined && { event_pattern: JSON.stringify(EventPattern) }),
        ...(ScheduleExpression !== undefined && { schedule_expression: ScheduleExpression }),
        state: State,
      },
    },
    ...(Targets as readonly Answer[]).map(
      (one, index): Block => ({
        type: 'aws_cloudwatch_event_target',
        suffix: `_${index + 1}`,
        body: target(one),
        owner: { rule: 'name' },
      }),
    ),
  ],
  'AWS::IoT::TopicRule': ({ RuleName, TopicRulePayload }) => {
    const { Sql, Description, Actions, RuleDisabled, AwsIotSqlVersion, ErrorAction } =
      TopicRulePayload as Answer;
    const blocks: Record<string, unknown[]> = {};
    for (const one of Actions as readonly Answer[]) {
      for (const [name, fields] of Object.entries(action(one))) {
        blocks[name] ??= [];
        blocks[name].push(fields);
      }
    }
    return [
      {
        type: 'aws_iot_topic_rule',
        body: {
          name: RuleName,
          enabled: RuleDisabled !== true,
          sql: Sql,
          sql_version: AwsIotSqlVersion,
          ...(Description !== undefined && { description: Description }),
          ...blocks,
          ...(ErrorAction !== undefined && { error_action: action(ErrorAction as Answer) }),
        },
      },
    ];
  },
};
