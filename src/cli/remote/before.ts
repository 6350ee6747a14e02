/**
 * Some operations make a thing or find it there, with the same answer: CreateQueue of a queue that exists, for one. So
 * that the clean-up list never names what the script did not make, it is looked for first.
 */
import type { Outcome } from '../../engine/service.ts';
import type { Before } from './cleanUp.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Look {
  readonly operation: string;
  readonly input: object;
  /** Is it in this answer? An answer alone says so where this is left out. */
  readonly found?: (output: Fields) => boolean | undefined;
}

export interface Place {
  readonly account: string | undefined;
  readonly region: string;
}

const some = (list: unknown, fits: (item: Fields) => boolean): boolean =>
  Array.isArray(list) && list.some(fits);

const objectLook = ({ Bucket, Key }: Fields): Look => ({ operation: 'HeadObject', input: { Bucket, Key } });
const alarmLook = ({ AlarmName }: Fields): Look => ({
  operation: 'DescribeAlarms',
  input: { AlarmNames: [AlarmName], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
  found: ({ MetricAlarms, CompositeAlarms }) =>
    some(MetricAlarms, () => true) || some(CompositeAlarms, () => true),
});

const LOOKS: Readonly<Record<string, (input: Fields, place: Place) => Look | undefined>> = {
  'sqs.CreateQueue': ({ QueueName }) => ({ operation: 'GetQueueUrl', input: { QueueName } }),
  'sns.CreateTopic': ({ Name }, { account, region }) =>
    account === undefined
      ? undefined
      : { operation: 'GetTopicAttributes', input: { TopicArn: `arn:aws:sns:${region}:${account}:${Name}` } },
  'sns.Subscribe': ({ TopicArn, Protocol, Endpoint }) => ({
    operation: 'ListSubscriptionsByTopic',
    input: { TopicArn },
    found: ({ Subscriptions, NextToken }) =>
      some(Subscriptions, (one) => one.Protocol === Protocol && one.Endpoint === Endpoint) ||
      (NextToken === undefined ? false : undefined),
  }),
  's3.CreateBucket': ({ Bucket }) => ({ operation: 'HeadBucket', input: { Bucket } }),
  's3.PutObject': objectLook,
  's3.CopyObject': objectLook,
  'cloudwatch.PutMetricAlarm': alarmLook,
  'cloudwatch.PutCompositeAlarm': alarmLook,
  'iam.PutUserPolicy': ({ UserName, PolicyName }) => ({
    operation: 'GetUserPolicy',
    input: { UserName, PolicyName },
  }),
  'iam.AttachUserPolicy': ({ UserName, PolicyArn }) => ({
    operation: 'ListAttachedUserPolicies',
    input: { UserName },
    found: ({ AttachedPolicies }) => some(AttachedPolicies, (one) => one.PolicyArn === PolicyArn),
  }),
  'autoscaling.PutScalingPolicy': ({ AutoScalingGroupName, PolicyName }) => ({
    operation: 'DescribePolicies',
    input: { AutoScalingGroupName, PolicyNames: [PolicyName] },
    found: ({ ScalingPolicies }) => some(ScalingPolicies, () => true),
  }),
  'events.PutRule': ({ Name }) => ({ operation: 'DescribeRule', input: { Name } }),
  'events.PutTargets': ({ Rule, Targets }) => ({
    operation: 'ListTargetsByRule',
    input: { Rule },
    found: ({ Targets: there }) => some(there, ({ Id }) => some(Targets, (target) => target.Id === Id)),
  }),
  'logs.PutSubscriptionFilter': ({ logGroupName, filterName }) => ({
    operation: 'DescribeSubscriptionFilters',
    input: { logGroupName, filterNamePrefix: filterName },
    found: ({ subscriptionFilters }) => some(subscriptionFilters, (one) => one.filterName === filterName),
  }),
};

const ABSENT = /NotFound|NonExistent|NoSuch|DoesNotExist|NotExist/;

/** `ask` sends a read; all others of the operations that make something refuse what exists. */
export async function wasThere(
  { service, operation, input }: { service: string; operation: string; input: object },
  place: Place,
  ask: (operation: string, input: object) => Promise<Outcome>,
): Promise<Before> {
  const lookOf = LOOKS[`${service}.${operation}`];
  if (lookOf === undefined) return 'new';
  const look = lookOf(input as Fields, place);
  if (look === undefined) return 'unknown';
  const outcome = await ask(look.operation, look.input);
  if (!outcome.ok) {
    const { code, httpStatus } = outcome.refusal;
    return httpStatus === 404 || ABSENT.test(code) ? 'new' : 'unknown';
  }
  const found = look.found === undefined ? true : look.found(outcome.output as Fields);
  return found === undefined ? 'unknown' : found ? 'there' : 'new';
}
