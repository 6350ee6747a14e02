/** What names stand for at the prompt, and what completion offers, read from the world as it is now. */
import type { Surroundings } from '../command/console.ts';
import type { ResourceView } from '../contract/view.ts';
import { type AwsWorldSettings, PARTNER_ACCOUNT } from '../contract/world.ts';
import type { Outcome, Request } from '../engine/service.ts';

export type ReadFile = (path: string) => Uint8Array | undefined;

/** A receipt handle of a recent answer, with the message it belongs to. */
interface RecentHandle {
  readonly value: string;
  readonly about: string;
}

const RECENT_MAX = 20;

export class Recent {
  #handles: RecentHandle[] = [];

  get handles(): readonly RecentHandle[] {
    return this.#handles;
  }

  /** Remembers what a later command may need of an answer. */
  learn(request: Request, outcome: Outcome): void {
    if (!outcome.ok || request.operation !== 'ReceiveMessage') return;
    const { Messages = [] } = outcome.output as {
      Messages?: readonly { MessageId?: string; ReceiptHandle?: string; Body?: string }[];
    };
    const learned = Messages.map(({ MessageId = '', ReceiptHandle = '', Body = '' }) => ({
      value: ReceiptHandle,
      about: `${MessageId.slice(0, 4)} ${Body.slice(0, 40)}`,
    }));
    this.#handles = [...learned.reverse(), ...this.#handles].slice(0, RECENT_MAX);
  }
}

export function surroundingsOf(
  settings: AwsWorldSettings,
  resources: readonly ResourceView[],
  recent: Recent,
  readFile: ReadFile,
): Surroundings {
  const { account, region, epoch } = settings;
  const queues = resources.filter(({ kind }) => kind === 'queue');
  const urlOf = (name: string): string => `https://sqs.${region}.amazonaws.com/${account}/${name}`;
  const arnOf = (name: string): string => `arn:aws:sqs:${region}:${account}:${name}`;
  const topics = resources.filter(({ kind }) => kind === 'topic');
  const topicArnOf = (name: string): string => `arn:aws:sns:${region}:${account}:${name}`;
  const named = (kind: string): { value: string; about: string }[] =>
    resources.filter((view) => view.kind === kind).map(({ name, title }) => ({ value: name, about: title }));
  return {
    account,
    region,
    epoch,
    profiles: profilesOf(settings, resources),
    resolve(kind, name) {
      if (kind === 'topicArn') {
        return topics.some((topic) => topic.name === name) ? topicArnOf(name) : undefined;
      }
      if (kind === 'brokerId') {
        const broker = resources.find((view) => view.kind === 'broker' && view.name === name);
        const { BrokerId } = (broker?.fields.attributes ?? {}) as { readonly BrokerId?: string };
        return BrokerId;
      }
      if (!queues.some((queue) => queue.name === name)) return undefined;
      return kind === 'queueUrl' ? urlOf(name) : kind === 'queueArn' ? arnOf(name) : name;
    },
    candidates(kind) {
      switch (kind) {
        case 'queueUrl':
        case 'queueName':
          return queues.map(({ name, stock }) => ({
            value: name,
            about: `${stock?.visible ?? 0} visible, ${stock?.inFlight ?? 0} in flight`,
          }));
        case 'queueArn':
          return queues.map(({ name }) => ({ value: arnOf(name), about: name }));
        case 'topicArn':
          return topics.map(({ name, scope }) => ({
            value: name,
            about: `${scope?.value ?? 0} subscribers`,
          }));
        case 'subscriptionArn':
          return resources
            .filter(({ kind }) => kind === 'subscription')
            .map(({ name, fields }) => ({
              value: String((fields.attributes as Readonly<Record<string, unknown>>).SubscriptionArn),
              about: name,
            }));
        case 'receiptHandle':
          return recent.handles;
        case 'app':
          return [...named('app'), ...named('endpoint')];
        case 'functionName':
          return named('function');
        case 'bucketName':
          return named('bucket');
        case 'streamName':
          return named('stream');
        case 'streamArn':
          return named('stream').map(({ value }) => ({ value, about: 'Kinesis' }));
        case 'client':
          return resources
            .filter(({ kind }) => kind === 'client')
            .map(({ name, notes }) => ({ value: name, about: notes?.[0] ?? '' }));
        case 'userName':
          return ownUsers(settings, resources).map(({ name, scope }) => ({
            value: name,
            about: `${scope?.value ?? 0} policies`,
          }));
        case 'keyId':
          return resources
            .filter(({ kind }) => kind === 'key')
            .map(({ fields }) => ({
              value: String((fields.aliases as readonly string[])[0] ?? fields.keyId),
              about: String(fields.state),
            }));
        case 'resource':
          return resources.map(({ id, title }) => ({ value: id, about: title }));
        default:
          return [];
      }
    },
    readFile,
  };
}

/** The administrators of the two accounts, and every IAM user by name; the world's own account goes before. */
function profilesOf(
  settings: AwsWorldSettings,
  resources: readonly ResourceView[],
): ReadonlyMap<string, string> {
  const profiles = new Map([
    ['default', settings.account],
    ['partner', PARTNER_ACCOUNT],
  ]);
  const users = resources.filter(({ kind }) => kind === 'user');
  for (const { name, fields } of [...ownUsers(settings, resources), ...users]) {
    if (!profiles.has(name)) profiles.set(name, String(fields.account));
  }
  return profiles;
}

const ownUsers = ({ account }: AwsWorldSettings, resources: readonly ResourceView[]): ResourceView[] =>
  resources.filter(({ kind, fields }) => kind === 'user' && fields.account === account);
