/** Topics and subscriptions as screens and conditions see them: small plain values, made new each time. */
import { parseArn } from '../../contract/arn.ts';
import { perSecond } from '../../contract/traffic.ts';
import type { LinkView, MeterView, ResourceId, ResourceView } from '../../contract/view.ts';
import type { Instant } from '../../engine/units.ts';
import { nameOfArn, type Protocol, type SnsState, type Subscription, type Topic } from './model.ts';
import { delaysOf, retryPolicyOf } from './rules/deliveryPolicy.ts';
import { explain, factsOf, filterOf } from './rules/filterPolicy/index.ts';
import { isListed } from './rules/subscribing.ts';
import { attributesOf as subscriptionAttributes } from './rules/subscriptionAttributes.ts';
import { gaugesNow } from './rules/throughput.ts';
import { attributesOf as topicAttributes } from './rules/topicAttributes.ts';

/** Subscriptions that are shown one by one, of all topics and of one; a topic counts the rest. */
const SHOWN_MAX = 200;
const SHOWN_OF_TOPIC_MAX = 100;

export function view(state: SnsState, now: Instant): ResourceView[] {
  const views = [...state.topics.values()].map((topic) => topicView(state, topic, now));
  const shown = new Map<string, number>();
  let all = 0;
  for (const subscription of state.subscriptions.values()) {
    if (all >= SHOWN_MAX) break;
    const { topicArn, gone } = subscription;
    const before = shown.get(topicArn) ?? 0;
    if (before >= SHOWN_OF_TOPIC_MAX || gone || !isListed(subscription)) continue;
    views.push(subscriptionView(state, subscription));
    shown.set(topicArn, before + 1);
    all++;
  }
  return views;
}

/** `topic/NAME` in the world's own account, `topic/ACCOUNT/NAME` elsewhere. */
const idOfTopic = (state: SnsState, { account, name }: Pick<Topic, 'account' | 'name'>): ResourceId =>
  `topic/${account === state.account ? name : `${account}/${name}`}`;

const NUMERIC = /^-?\d+$/u;
const DOCUMENTS = new Set([
  'Policy',
  'EffectiveDeliveryPolicy',
  'DeliveryPolicy',
  'ArchivePolicy',
  'FilterPolicy',
  'RedrivePolicy',
  'ReplayPolicy',
]);

/** Numbers as numbers, policies as objects, yes and no as such. */
function readable(attributes: Readonly<Record<string, string>>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(attributes)) {
    result[name] = DOCUMENTS.has(name)
      ? JSON.parse(text)
      : text === 'true' || text === 'false'
        ? text === 'true'
        : NUMERIC.test(text) && !name.startsWith('Owner') && name !== 'Endpoint'
          ? Number(text)
          : text;
  }
  return result;
}

function topicView(state: SnsState, topic: Topic, now: Instant): ResourceView {
  const meters = metersOf(state, topic, now);
  const { counters, subscriptions, fifo, archive } = topic;
  const { size } = subscriptions;
  const full = meters.find(({ used, limit }) => used >= limit)?.label;
  return {
    id: idOfTopic(state, topic),
    kind: 'topic',
    name: topic.name,
    title: 'SNS',
    role: 'resource',
    order: topic.order,
    fields: {
      attributes: readable(topicAttributes(state, topic)),
      ...counters,
      subscriptions: size,
      archived: archive.length,
      createdAtMs: topic.created,
      fifo,
    },
    scope: { label: 'subscribers', value: String(size) },
    rates: {
      in: perSecond(topic.incoming, now),
      out: perSecond(topic.outgoing, now),
      refused: perSecond(topic.refusals, now),
    },
    ...(full !== undefined && { full }),
    ...(meters.length > 0 && { meters }),
    figures: [
      { label: 'published', value: perSecond(topic.incoming, now), unit: '/s' },
      ...(counters.lost > 0 ? [{ label: 'lost', value: counters.lost, unit: '', bad: true } as const] : []),
      { label: 'delivered', value: counters.delivered, unit: '' },
    ],
    links: linksOf(state, topic, now),
  };
}

const metersOf = (state: SnsState, topic: Topic, now: Instant): MeterView[] =>
  gaugesNow(state, topic, now).map(({ what, used, limit }) => ({
    label: what.slice(what.indexOf(': ') + 2),
    used,
    limit,
    unit: state.limits === 'scaled' ? '/s, scaled' : '/s',
  }));

const PREFIX: Readonly<Partial<Record<Protocol, string>>> = {
  sqs: 'queue',
  lambda: 'function',
  firehose: 'delivery',
};

/** Where deliveries go: the resource, or the address that an endpoint app answers at. */
function targetOf(state: SnsState, { protocol, endpoint, target }: Subscription): ResourceId {
  if (target !== undefined) return target as ResourceId;
  const kind = PREFIX[protocol];
  if (kind === undefined) return `endpoint/${guessedName(endpoint)}`;
  const arn = parseArn(endpoint);
  const name = (arn?.resource ?? endpoint).replace(/^(?:function:|deliverystream\/)/u, '');
  return `${kind}/${arn === undefined || arn.account === state.account ? name : `${arn.account}/${name}`}`;
}

/** Until it answers: endpoints that are made without an address have one that holds their name. */
const guessedName = (endpoint: string): string =>
  /^https?:\/\/([^/]+)\.example\.com(?:\/|$)/u.exec(endpoint)?.[1] ??
  /^([^@]+)@example\.com$/u.exec(endpoint)?.[1] ??
  endpoint;

function linksOf(state: SnsState, topic: Topic, now: Instant): LinkView[] {
  const links: LinkView[] = [];
  for (const id of topic.subscriptions) {
    if (links.length >= SHOWN_MAX) break;
    const subscription = state.subscriptions.get(id)!;
    const { confirmed, settings, counters } = subscription;
    const label = confirmed ? (settings.FilterPolicy === undefined ? undefined : 'filter') : 'not confirmed';
    links.push({
      to: targetOf(state, subscription),
      type: 'deliver',
      ...(label !== undefined && { label }),
      perSecond: perSecond(subscription.traffic, now),
      refusedPerSecond: counters.retrying > 0 ? 1 : 0,
    });
  }
  return links;
}

function subscriptionView(state: SnsState, subscription: Subscription): ResourceView {
  const { topicArn, endpoint, protocol, counters, settings, confirmed } = subscription;
  const topic = nameOfArn(topicArn);
  const dead = settings.RedrivePolicy?.value.deadLetterTargetArn;
  const links: LinkView[] =
    dead === undefined
      ? []
      : [{ to: `queue/${nameOfArn(dead)}`, type: 'redrive', perSecond: 0, refusedPerSecond: 0 }];
  return {
    id: `subscription/${topic}/${shortEndpoint(subscription)}`,
    kind: 'subscription',
    name: `${topic} → ${shortEndpoint(subscription)}`,
    title: 'SNS',
    role: 'resource',
    order: subscription.id,
    offStage: true,
    fields: {
      attributes: readable(subscriptionAttributes(subscription)),
      confirmed,
      ...counters,
      topic,
      protocol,
      endpoint,
      waiting: waitingOf(state, subscription),
      filter: filterReasons(state, subscription),
      retryDelaysMs: delaysOf(retryPolicyOf(state.topics.get(topicArn), subscription), CURVE_MAX),
      log: subscription.log.slice(-5).map((line) => ({ ...line })),
    },
    scope: { label: 'protocol', value: protocol },
    links,
    ...(confirmed ? {} : { stopped: true }),
  };
}

/** Of ARNs the name: `queue/orders` is subscribed as `orders`. */
const shortEndpoint = ({ protocol, endpoint }: Subscription): string =>
  PREFIX[protocol] === undefined ? endpoint : nameOfArn(endpoint);

/** Retries in a curve: all of an HTTP policy, and the first of AWS's own hundred thousand. */
const CURVE_MAX = 60;

/** How its filter took the topic's newest message, key by key. */
function filterReasons(state: SnsState, { topicArn, settings }: Subscription): object[] {
  const policy = filterOf(settings);
  const newest = state.topics.get(topicArn)?.newest;
  if (policy === undefined || newest === undefined) return [];
  return explain(policy, factsOf(newest, settings.FilterPolicyScope));
}

const WAITING_SHOWN_MAX = 5;

/** Retries to come: which attempt, when, why. */
function waitingOf(state: SnsState, { id, counters }: Subscription): object[] {
  if (counters.retrying === 0) return [];
  const rows: object[] = [];
  for (const { subscription, attempt, next, reason } of state.waiting.values()) {
    if (subscription !== id) continue;
    rows.push({ attempt: attempt + 1, nextAtMs: next, reason });
    if (rows.length >= WAITING_SHOWN_MAX) break;
  }
  return rows;
}
