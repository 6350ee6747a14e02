/** Forms of what feeds a delivery stream by rules: EventBridge, and AWS IoT. */
import { isName } from './checks.ts';
import { type Form, quoted } from './forms.ts';

const DELIVERY = {
  id: 'delivery',
  label: 'Goes to',
  kind: 'text',
  start: 'to-lake',
  about: 'a delivery stream',
  check: isName,
} as const;

const isJson = (value: string): string | undefined => {
  try {
    JSON.parse(value);
    return undefined;
  } catch {
    return 'JSON: {"source":["aws.s3"]}';
  }
};

export const RULE_FORM: Form = {
  id: 'rule',
  title: 'EventBridge rule',
  about: 'events of services and apps, by pattern, into a delivery stream',
  fields: [
    {
      id: 'name',
      label: 'Name',
      kind: 'text',
      start: 'new-objects',
      about: 'letters, digits, - _ .',
      check: isName,
    },
    {
      id: 'pattern',
      label: 'Pattern',
      kind: 'text',
      start: '{"source":["aws.s3"]}',
      about: 'every key must fit, with one of its values',
      check: isJson,
    },
    DELIVERY,
  ],
  command: ({ name = '', pattern = '', delivery = '' }) =>
    [
      `aws events put-rule --name ${quoted(name)} --event-pattern ${quoted(pattern)}`,
      `aws events put-targets --rule ${quoted(name)} --targets Id=1,Arn=arn:aws:firehose:us-east-1:000000000000:deliverystream/${delivery},RoleArn=arn:aws:iam::000000000000:role/events`,
    ].join('\n'),
  cost: 'Events of AWS services cost nothing, your own $1.00 a million.',
};

export const TOPIC_RULE_FORM: Form = {
  id: 'iotrule',
  title: 'AWS IoT topic rule',
  about: 'messages of devices, by topic and payload, into a delivery stream',
  fields: [
    {
      id: 'name',
      label: 'Name',
      kind: 'text',
      start: 'hot',
      about: 'letters, digits, _',
      check: (value) => (/^\w{1,128}$/.test(value) ? undefined : 'letters, digits and _; no hyphen'),
    },
    {
      id: 'sql',
      label: 'SQL',
      kind: 'text',
      start: "SELECT * FROM 'plant/+/temperature' WHERE value > 30",
      about: 'FROM chooses topics, WHERE looks into JSON',
    },
    DELIVERY,
  ],
  command: ({ name = '', sql = '', delivery = '' }) =>
    `aws iot create-topic-rule --rule-name ${quoted(name)} --topic-rule-payload ${quoted(
      JSON.stringify({
        sql,
        actions: [
          {
            firehose: {
              roleArn: 'arn:aws:iam::000000000000:role/iot',
              deliveryStreamName: delivery,
              separator: '\n',
            },
          },
        ],
      }),
    )}`,
  cost: 'AWS charges for messages, for rules that are triggered and for actions; not counted here.',
};
