/** Rules of EventBridge with their targets, and topic rules of AWS IoT. */
import { type Answer, type Declared, given, inputFrom, listIn, parsed, type Readable } from '../declared.ts';

export const readEventRules = (readable: Readable): readonly Declared[] =>
  listIn<Answer>(readable.ask('events', 'ListRules'), 'Rules').map((rule) => readEventRule(readable, rule));

function readEventRule(readable: Readable, described: Answer): Declared {
  const { Name, Arn, EventPattern, ScheduleExpression, State, Description } = described;
  const Targets = listIn<Answer>(readable.ask('events', 'ListTargetsByRule', { Rule: Name }), 'Targets');
  return {
    type: 'AWS::Events::Rule',
    name: String(Name),
    make: [
      {
        service: 'events',
        operation: 'PutRule',
        input: inputFrom(readable, ['events', 'PutRule'], { ...described, EventBusName: undefined }),
      },
    ],
    connect:
      Targets.length === 0
        ? []
        : [{ service: 'events', operation: 'PutTargets', input: { Rule: Name, Targets } }],
    properties: given({
      Name,
      Description,
      EventPattern: parsed(EventPattern),
      ScheduleExpression,
      State,
      Targets: Targets.length === 0 ? undefined : Targets,
    }),
    names: [{ literal: String(Arn), attribute: 'Arn' }],
  };
}

export const readTopicRules = (readable: Readable): readonly Declared[] =>
  listIn<Answer>(readable.ask('iot', 'ListTopicRules'), 'rules').flatMap(({ ruleName }) =>
    readTopicRule(readable, String(ruleName)),
  );

/** `deliveryStreamName` → `DeliveryStreamName`, all the way down. */
function capitals(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitals);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      `${name[0]!.toUpperCase()}${name.slice(1)}`,
      capitals(inner),
    ]),
  );
}

function readTopicRule(readable: Readable, ruleName: string): readonly Declared[] {
  const found = readable.ask('iot', 'GetTopicRule', { ruleName });
  if (found === undefined) return [];
  const { sql, description, actions, ruleDisabled, awsIotSqlVersion, errorAction } = found.rule as Answer;
  const topicRulePayload = given({ sql, description, actions, ruleDisabled, awsIotSqlVersion, errorAction });
  return [
    {
      type: 'AWS::IoT::TopicRule',
      name: ruleName,
      make: [],
      // Its actions name what must stand.
      connect: [{ service: 'iot', operation: 'CreateTopicRule', input: { ruleName, topicRulePayload } }],
      properties: { RuleName: ruleName, TopicRulePayload: capitals(topicRulePayload) },
      names: [{ literal: String(found.ruleArn), attribute: 'Arn' }],
    },
  ];
}
