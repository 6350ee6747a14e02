/** What a script made at a real endpoint and did not take away: the commands that delete it, last made first. */
import { flagOf, kebab } from '../../command/kebab.ts';
import { quoted } from '../../command/quoted.ts';

type Fields = Readonly<Record<string, unknown>>;
type Value = string | number | readonly string[];

/** The operation that takes a thing away again. */
interface Undo {
  readonly operation: string;
  /** What names the thing. */
  readonly by: Readonly<Record<string, Value | undefined>>;
  /** Flags beside it. */
  readonly flags?: string;
  /** Another operation after which there is nothing to take away. */
  readonly orAfter?: string;
  /** A command that has to go before it. */
  readonly before?: string;
}

type UndoOf = (input: Fields, output: Fields) => Undo | undefined;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** An undo whose names stand in the input, under the same names. */
const named =
  (operation: string, ...members: readonly string[]): UndoOf =>
  (input) => ({ operation, by: Object.fromEntries(members.map((name) => [name, text(input[name])])) });

/** An undo whose name stands in the answer. */
const answered =
  (operation: string, member: string, read = member): UndoOf =>
  (_input, output) => ({ operation, by: { [member]: text(output[read]) } });

/** By `service.Operation`: all operations that make something. */
export const UNDO: Readonly<Record<string, UndoOf>> = {
  'sqs.CreateQueue': answered('DeleteQueue', 'QueueUrl'),
  'sns.CreateTopic': answered('DeleteTopic', 'TopicArn'),
  'sns.Subscribe': (_input, { SubscriptionArn: arn }) =>
    // What waits to be confirmed has no name, and goes by itself after some days.
    text(arn)?.startsWith('arn:') === true
      ? { operation: 'Unsubscribe', by: { SubscriptionArn: text(arn) } }
      : undefined,
  'sns.ConfirmSubscription': answered('Unsubscribe', 'SubscriptionArn'),
  'sns.CreatePlatformApplication': answered('DeletePlatformApplication', 'PlatformApplicationArn'),
  'sns.CreatePlatformEndpoint': answered('DeleteEndpoint', 'EndpointArn'),
  'kinesis.CreateStream': named('DeleteStream', 'StreamName'),
  'kinesis.RegisterStreamConsumer': (_input, { Consumer }) => ({
    operation: 'DeregisterStreamConsumer',
    by: { ConsumerARN: text((Consumer as Fields | undefined)?.ConsumerARN) },
  }),
  'firehose.CreateDeliveryStream': named('DeleteDeliveryStream', 'DeliveryStreamName'),
  'mq.CreateBroker': answered('DeleteBroker', 'BrokerId'),
  'mq.CreateUser': named('DeleteUser', 'BrokerId', 'Username'),
  'mq.CreateConfiguration': answered('DeleteConfiguration', 'ConfigurationId', 'Id'),
  's3.CreateBucket': (input) => ({
    operation: 'DeleteBucket',
    by: { Bucket: text(input.Bucket) },
    before: `aws s3 rm ${quoted(`s3://${text(input.Bucket) ?? ''}`)} --recursive`,
  }),
  's3.PutObject': named('DeleteObject', 'Bucket', 'Key'),
  's3.CopyObject': named('DeleteObject', 'Bucket', 'Key'),
  's3.CompleteMultipartUpload': named('DeleteObject', 'Bucket', 'Key'),
  's3.CreateMultipartUpload': ({ Bucket, Key }, { UploadId }) => ({
    operation: 'AbortMultipartUpload',
    orAfter: 'CompleteMultipartUpload',
    by: { Bucket: text(Bucket), Key: text(Key), UploadId: text(UploadId) },
  }),
  'lambda.CreateFunction': named('DeleteFunction', 'FunctionName'),
  'lambda.CreateEventSourceMapping': answered('DeleteEventSourceMapping', 'UUID'),
  'logs.CreateLogGroup': named('DeleteLogGroup', 'logGroupName'),
  'logs.CreateLogStream': named('DeleteLogStream', 'logGroupName', 'logStreamName'),
  'logs.PutSubscriptionFilter': named('DeleteSubscriptionFilter', 'logGroupName', 'filterName'),
  'events.PutRule': named('DeleteRule', 'Name'),
  'events.PutTargets': ({ Rule, Targets }) => ({
    operation: 'RemoveTargets',
    by: { Rule: text(Rule), Ids: ((Targets ?? []) as readonly Fields[]).map(({ Id }) => text(Id) ?? '') },
  }),
  'iot.CreateTopicRule': named('DeleteTopicRule', 'ruleName'),
  'glue.CreateDatabase': ({ DatabaseInput }) => ({
    operation: 'DeleteDatabase',
    by: { Name: text((DatabaseInput as Fields | undefined)?.Name) },
  }),
  'glue.CreateTable': ({ DatabaseName, TableInput }) => ({
    operation: 'DeleteTable',
    by: { DatabaseName: text(DatabaseName), Name: text((TableInput as Fields | undefined)?.Name) },
  }),
  'autoscaling.CreateLaunchConfiguration': named('DeleteLaunchConfiguration', 'LaunchConfigurationName'),
  'autoscaling.CreateAutoScalingGroup': (input) => ({
    operation: 'DeleteAutoScalingGroup',
    by: { AutoScalingGroupName: text(input.AutoScalingGroupName) },
    flags: '--force-delete',
  }),
  'autoscaling.PutNotificationConfiguration': named(
    'DeleteNotificationConfiguration',
    'AutoScalingGroupName',
    'TopicARN',
  ),
  'autoscaling.PutScalingPolicy': named('DeletePolicy', 'AutoScalingGroupName', 'PolicyName'),
  'rds.CreateEventSubscription': named('DeleteEventSubscription', 'SubscriptionName'),
  'iam.CreateUser': named('DeleteUser', 'UserName'),
  'iam.CreateAccessKey': (_input, { AccessKey }) => {
    const { UserName, AccessKeyId } = (AccessKey ?? {}) as Fields;
    return { operation: 'DeleteAccessKey', by: { UserName: text(UserName), AccessKeyId: text(AccessKeyId) } };
  },
  'iam.CreateRole': named('DeleteRole', 'RoleName'),
  'iam.PutRolePolicy': named('DeleteRolePolicy', 'RoleName', 'PolicyName'),
  'iam.AttachRolePolicy': named('DetachRolePolicy', 'RoleName', 'PolicyArn'),
  'iam.PutUserPolicy': named('DeleteUserPolicy', 'UserName', 'PolicyName'),
  'iam.AttachUserPolicy': named('DetachUserPolicy', 'UserName', 'PolicyArn'),
  'iam.CreatePolicy': (_input, { Policy }) => ({
    operation: 'DeletePolicy',
    by: { PolicyArn: text((Policy as Fields | undefined)?.Arn) },
  }),
  'kms.CreateKey': (_input, { KeyMetadata }) => ({
    operation: 'ScheduleKeyDeletion',
    by: { KeyId: text((KeyMetadata as Fields | undefined)?.KeyId) },
    flags: '--pending-window-in-days 7',
  }),
  'kms.CreateAlias': named('DeleteAlias', 'AliasName'),
  'cloudwatch.PutMetricAlarm': ({ AlarmName }) => ({
    operation: 'DeleteAlarms',
    by: { AlarmNames: [text(AlarmName) ?? ''] },
  }),
  'cloudwatch.PutCompositeAlarm': ({ AlarmName }) => ({
    operation: 'DeleteAlarms',
    by: { AlarmNames: [text(AlarmName) ?? ''] },
  }),
};

/** Whether a thing was there before the script: then it is not the script's to delete. */
export type Before = 'new' | 'there' | 'unknown';

interface Entry {
  readonly service: string;
  readonly undo: Undo;
  readonly uncertain: boolean;
  /** `--profile` and `--region` of the line, as typed. */
  readonly where: string;
}

export class CleanUp {
  #entries: Entry[] = [];
  readonly #lost: string[] = [];
  readonly #words: ReadonlyMap<string, string>;

  /** `words`: the services' words on the command line, by name (`s3api`). */
  constructor(words: ReadonlyMap<string, string>) {
    this.#words = words;
  }

  /** A call that went well. `where` are the flags that lead to where it went. */
  learn(
    { service, operation, input }: { service: string; operation: string; input: object },
    output: object,
    before: Before,
    where: string,
  ): void {
    this.#entries = this.#entries.filter((entry) => !isGone(entry, service, operation, input as Fields));
    const undo = UNDO[`${service}.${operation}`]?.(input as Fields, output as Fields);
    if (undo === undefined || before === 'there') return;
    const entry = { service, undo, uncertain: before === 'unknown', where };
    const known = JSON.stringify([service, undo.operation, undo.by]);
    const isListed = ({ service, undo }: Entry): boolean =>
      JSON.stringify([service, undo.operation, undo.by]) === known;
    if (!this.#entries.some(isListed)) this.#entries.push(entry);
  }

  /** A call that would have made something, and whose answer never came. */
  cutOff({ service, operation }: { service: string; operation: string }): void {
    this.#lost.push(`# ${this.#word(service)} ${kebab(operation)} was cut off: look whether it was made`);
  }

  /** Lines for bash, last made first. Empty: nothing is left. */
  lines(): readonly string[] {
    const entries = [...this.#entries].reverse().flatMap(({ service, undo, uncertain, where }) => {
      const flags = Object.entries(undo.by).flatMap(([name, value]) =>
        value === undefined ? [] : [flagOf(name), ...(Array.isArray(value) ? value : [value]).map(wordOf)],
      );
      const more = undo.flags === undefined ? [] : [undo.flags];
      const line = ['aws', this.#word(service), kebab(undo.operation), ...flags, ...more].join(' ');
      const lines = [...(undo.before === undefined ? [] : [undo.before]), line].map((one) => one + where);
      return uncertain ? lines.map((one) => `# perhaps there before: ${one}`) : lines;
    });
    return [...this.#lost, ...entries];
  }

  #word(service: string): string {
    return this.#words.get(service) ?? service;
  }
}

const wordOf = (value: unknown): string => quoted(String(value));

/** The script deleted it itself, or what it belonged to. */
function isGone({ service, undo }: Entry, by: string, operation: string, given: Fields): boolean {
  if (service !== by) return false;
  const input = withNames(given);
  const names = Object.entries(undo.by);
  if (operation === undo.operation || operation === undo.orAfter)
    return names.every(([name, value]) => covers(input[name], value));
  // A topic's subscriptions, a stream's consumers, a broker's users.
  const owner = input.TopicArn ?? (text(input.StreamName) && `:stream/${input.StreamName}`) ?? input.BrokerId;
  if (typeof owner !== 'string' || !/^Delete(Topic|Stream|Broker)$/.test(operation)) return false;
  return names.some(([, value]) => {
    const own = text(value) ?? '';
    return own === owner || own.includes(`${owner}:`) || own.includes(`${owner}/`);
  });
}

const covers = (given: unknown, value: unknown): boolean =>
  Array.isArray(value)
    ? Array.isArray(given) && value.every((item) => given.includes(item))
    : given === value;

/** A stream can be named by its ARN, too. */
const withNames = (input: Fields): Fields => {
  const arn = text(input.StreamARN);
  return arn === undefined ? input : { StreamName: arn.slice(arn.lastIndexOf('/') + 1), ...input };
};
