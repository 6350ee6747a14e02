/** A notification configuration, read and checked. Amazon S3 API Reference, PutBucketNotificationConfiguration. */
import type { NotificationConfiguration } from '@aws-sdk/client-s3';
import { parseArn } from '../../../contract/arn.ts';
import { messageId } from '../../../contract/messageId.ts';
import { invalidArgument } from '../errors.ts';
import type { Bucket, NotificationRule, S3State } from '../model.ts';

/** Amazon S3 User Guide, Supported event types. Those that never happen here are taken and stay silent. */
const EVENT_TYPES: readonly string[] = `
s3:ObjectCreated:* s3:ObjectCreated:Put s3:ObjectCreated:Post s3:ObjectCreated:Copy
s3:ObjectCreated:CompleteMultipartUpload s3:ObjectRemoved:* s3:ObjectRemoved:Delete
s3:ObjectRemoved:DeleteMarkerCreated s3:ObjectRestore:* s3:ObjectRestore:Post s3:ObjectRestore:Completed
s3:ObjectRestore:Delete s3:ReducedRedundancyLostObject s3:Replication:* s3:Replication:OperationFailedReplication
s3:Replication:OperationMissedThreshold s3:Replication:OperationReplicatedAfterThreshold
s3:Replication:OperationNotTracked s3:LifecycleExpiration:* s3:LifecycleExpiration:Delete
s3:LifecycleExpiration:DeleteMarkerCreated s3:LifecycleTransition s3:IntelligentTiering s3:ObjectTagging:*
s3:ObjectTagging:Put s3:ObjectTagging:Delete s3:ObjectAcl:Put`
  .trim()
  .split(/\s+/u);

const KINDS = {
  queue: { service: 'sqs', argument: 'Queue', what: 'queue' },
  topic: { service: 'sns', argument: 'Topic', what: 'topic' },
  function: { service: 'lambda', argument: 'CloudFunction', what: 'function' },
} as const;

interface Given {
  readonly Id?: string | undefined;
  readonly Events?: readonly string[] | undefined;
  readonly Filter?: NonNullable<NotificationConfiguration['QueueConfigurations']>[number]['Filter'];
}

const RULE_IDS = 0x54;

/** The rules of a configuration. Refuses, in this order: ARNs, FIFO destinations, events, filters, overlaps. */
export function readConfiguration(
  state: S3State,
  configuration: NotificationConfiguration,
): readonly NotificationRule[] {
  const rules: NotificationRule[] = [];
  const add = (kind: NotificationRule['kind'], arn: string | undefined, given: Given): void => {
    rules.push(ruleOf(state, kind, arn ?? '', given, rules.length));
  };
  for (const given of configuration.TopicConfigurations ?? []) add('topic', given.TopicArn, given);
  for (const given of configuration.QueueConfigurations ?? []) add('queue', given.QueueArn, given);
  for (const given of configuration.LambdaFunctionConfigurations ?? []) {
    add('function', given.LambdaFunctionArn, given);
  }
  const ids = new Set(rules.map(({ id }) => id));
  // UNSURE: the sentence.
  if (ids.size < rules.length) throw invalidArgument('Configurations cannot share the same ID.');
  refuseOverlaps(rules);
  return Object.freeze(rules);
}

function ruleOf(
  state: S3State,
  kind: NotificationRule['kind'],
  arn: string,
  { Id, Events = [], Filter }: Given,
  index: number,
): NotificationRule {
  const { service, argument, what } = KINDS[kind];
  const parsed = parseArn(arn);
  if (parsed?.service !== service) {
    throw invalidArgument('The ARN could not be parsed', {
      why: `ArgumentName ${argument}, ArgumentValue ${arn}: expected is the ARN of a ${what}.`,
      argument: [argument, arn],
    });
  }
  if (kind !== 'function' && arn.endsWith('.fifo')) {
    // UNSURE: the ArgumentValue.
    throw unableToValidate([`${arn}: FIFO ${what}s cannot be told by S3 directly; a standard ${what} can.`]);
  }
  const unknown = Events.find((event) => !EVENT_TYPES.includes(event));
  if (unknown !== undefined || Events.length === 0) {
    throw invalidArgument('The event is not supported for notifications', {
      why: `ArgumentName Event, ArgumentValue ${unknown ?? '(none)'}: events are ${EVENT_TYPES.join(', ')}.`,
      argument: ['Event', unknown ?? ''],
    });
  }
  return Object.freeze({
    id: Id ?? messageId(state.seed, state.configurationsMade * 100 + index, RULE_IDS),
    kind,
    arn,
    events: Object.freeze([...Events]),
    ...filterOf(Filter),
  });
}

function filterOf(filter: Given['Filter']): Pick<NotificationRule, 'prefix' | 'suffix'> {
  const found = { prefix: '', suffix: '' };
  const seen = new Set<string>();
  for (const { Name, Value = '' } of filter?.Key?.FilterRules ?? []) {
    const name = String(Name).toLowerCase();
    if (name !== 'prefix' && name !== 'suffix') {
      throw invalidArgument('filter rule name must be either prefix or suffix');
    }
    if (seen.has(name)) throw invalidArgument(`Cannot specify more than one ${name} rule in a filter.`);
    seen.add(name);
    found[name] = Value;
  }
  return found;
}

export const unableToValidate = (problems: readonly string[]) =>
  invalidArgument('Unable to validate the following destination configurations', {
    why: problems.join(' '),
    members: Object.freeze(Object.fromEntries(problems.flatMap(numbered))),
  });

/** `ARN: problem` as the members that S3 numbers. UNSURE: the numbers behind more than one. */
function numbered(problem: string, index: number): [string, string][] {
  const [, arn = '', said = problem] = /^(arn:\S+): (.*)$/su.exec(problem) ?? [];
  return [
    [`ArgumentName${index + 1}`, arn],
    [`ArgumentValue${index + 1}`, said],
  ];
}

/** `s3:ObjectCreated:*` and `s3:ObjectCreated:Put` have an event in common. */
const shareEvent = (one: string, other: string): boolean =>
  one === other ||
  (one.endsWith(':*') && other.startsWith(one.slice(0, -1))) ||
  (other.endsWith(':*') && one.startsWith(other.slice(0, -1)));

const prefixesOverlap = (one: string, other: string): boolean =>
  one.startsWith(other) || other.startsWith(one);
const suffixesOverlap = (one: string, other: string): boolean => one.endsWith(other) || other.endsWith(one);

/** Amazon S3 User Guide, Configuring event notifications using object key name filtering. */
function refuseOverlaps(rules: readonly NotificationRule[]): void {
  for (const [index, one] of rules.entries()) {
    for (const other of rules.slice(index + 1)) {
      const event = one.events.find((type) => other.events.some((too) => shareEvent(type, too)));
      if (event === undefined) continue;
      if (!prefixesOverlap(one.prefix, other.prefix) || !suffixesOverlap(one.suffix, other.suffix)) continue;
      const filtered = [one, other].some(({ prefix, suffix }) => prefix !== '' || suffix !== '');
      const why = `Rules ${one.id} and ${other.id} share ${event}: an object could belong to both. One rule to an SNS topic reaches several subscribers.`;
      throw filtered
        ? invalidArgument(
            'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.',
            { why },
          )
        : invalidArgument(
            'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
            { why },
          );
    }
  }
}

/** The rules as the API shows them. */
export function shownConfiguration({
  rules,
  eventBridge,
}: Pick<Bucket, 'rules' | 'eventBridge'>): NotificationConfiguration {
  const of = (kind: NotificationRule['kind'], member: string): object[] =>
    rules
      .filter((rule) => rule.kind === kind)
      .map(({ id, arn, events, prefix, suffix }) => ({
        Id: id,
        [member]: arn,
        Events: [...events],
        ...((prefix !== '' || suffix !== '') && {
          Filter: {
            Key: {
              FilterRules: [
                ...(prefix === '' ? [] : [{ Name: 'Prefix', Value: prefix }]),
                ...(suffix === '' ? [] : [{ Name: 'Suffix', Value: suffix }]),
              ],
            },
          },
        }),
      }));
  const topics = of('topic', 'TopicArn');
  const queues = of('queue', 'QueueArn');
  const functions = of('function', 'LambdaFunctionArn');
  return {
    ...(topics.length > 0 && { TopicConfigurations: topics }),
    ...(queues.length > 0 && { QueueConfigurations: queues }),
    ...(functions.length > 0 && { LambdaFunctionConfigurations: functions }),
    ...(eventBridge === true && { EventBridgeConfiguration: {} }),
  } as NotificationConfiguration;
}
