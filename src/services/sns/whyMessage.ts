/** What became of a published message, subscription by subscription: read from what waits and from the newest events. */
import { idsWithPrefix } from '../../contract/messageId.ts';
import {
  helps,
  mayHelp,
  moment,
  type Why,
  type WhyChange,
  type WhyGround,
  type WhyRow,
  worded,
} from '../../contract/why.ts';
import { instantWords, several } from '../../contract/whyWords.ts';
import type { Instant } from '../../engine/units.ts';
import type { SnsEvent } from './events.ts';
import { idOf, MESSAGE_IDS, type Message, nameOfArn, type SnsState, type Subscription } from './model.ts';
import { explain, factsOf, filterOf, matches } from './rules/filterPolicy/index.ts';
import { laneOf } from './rules/lanes.ts';
import { FAN_OUT, RETRIES, shortName, tableOf } from './whyRules.ts';

type Ground = WhyGround<SnsState>;

const IDS_MAX = 8;
const EVENTS_READ = 5_000;
const ROWS_MAX = 20;

export function whyMessage(ground: Ground, prefix: string): Why | undefined {
  const { state } = ground;
  const family = { seed: state.seed, count: state.messagesMade, kind: MESSAGE_IDS };
  const made = idsWithPrefix(family, prefix, IDS_MAX);
  if (made.length === 0) return undefined;
  const events = eventsOf(ground, new Set(made.map(({ number }) => number)));
  const message = events.newest ?? kept(state, made[0]!.number);
  return message === undefined
    ? longGone(ground, made[0]!.id)
    : whoGot(ground, message, events.told.get(message.sequence));
}

/** What events tell of a message. */
interface Ends {
  /** The last of each subscription, by protocol and endpoint. */
  readonly ends: Map<string, { readonly event: SnsEvent; readonly at: Instant }>;
  /** They reach back to its publish, so that what they do not tell has not happened. */
  tellsAll: boolean;
}

function eventsOf(
  ground: Ground,
  sequences: ReadonlySet<number>,
): { readonly newest: Message | undefined; readonly told: ReadonlyMap<number, Ends> } {
  const told = new Map<number, Ends>();
  let newest: Message | undefined;
  for (const { event, at } of ground.lately(EVENTS_READ)) {
    if (!event.type.startsWith('sns/')) continue;
    const ours = event as SnsEvent;
    if (!('message' in ours) || !sequences.has(ours.message.sequence)) continue;
    newest ??= ours.message;
    const { sequence } = ours.message;
    const own = told.get(sequence) ?? { ends: new Map(), tellsAll: false };
    told.set(sequence, own);
    if (ours.type === 'sns/MessagePublished') own.tellsAll = true;
    if (!('endpoint' in ours) || ours.type === 'sns/DeliveryLogged') continue;
    const key = `${ours.protocol}:${ours.endpoint}`;
    if (!own.ends.has(key)) own.ends.set(key, { event: ours, at });
  }
  return { newest, told };
}

/** A message that no event tells of any more, but that waits, or is the topic's newest, or lies in an archive. */
function kept({ topics, waiting, awaiting }: SnsState, sequence: number): Message | undefined {
  const isIt = (message: Message | undefined): boolean => message?.sequence === sequence;
  for (const { messages } of waiting.values()) {
    const found = messages.find(isIt);
    if (found !== undefined) return found;
  }
  for (const { message } of awaiting.values()) if (isIt(message)) return message;
  for (const { newest, archive } of topics.values()) {
    const found = isIt(newest) ? newest : archive.find(isIt);
    if (found !== undefined) return found;
  }
  return undefined;
}

const longGone = ({ now }: Ground, id: string): Why => ({
  title: `message ${id.slice(0, 8)}`,
  answer: `A topic took ${id.slice(0, 8)}, and nothing of it is on its way any more; what became of it is too long ago.`,
  at: now,
  rule: FAN_OUT,
  values: [],
  changes: { by: 'act', into: 'go back in time and ask there' },
  remedies: [helps('its story is rebuilt from the past', `story ${id.slice(0, 8)}`)],
});

const NONE: Ends = { ends: new Map(), tellsAll: false };

function whoGot(ground: Ground, message: Message, told: Ends = NONE): Why {
  const { state, now } = ground;
  const topic = state.topics.get(message.topicArn);
  const rows: WhyRow[] = [];
  const counts = new Map<string, number>();
  let next: Instant | undefined;
  let all = 0;
  for (const id of topic?.subscriptions ?? []) {
    const subscription = state.subscriptions.get(id)!;
    const row = rowOf(ground, subscription, message, told);
    all++;
    counts.set(row.state, (counts.get(row.state) ?? 0) + 1);
    if (typeof row.change === 'number' && (next === undefined || row.change < next)) next = row.change;
    if (rows.length < ROWS_MAX) rows.push(row);
  }
  const id = idOf(message).slice(0, 8);
  const name = nameOfArn(message.topicArn);
  return {
    title: `message ${id} of ${name}`,
    answer: answerOf(id, name, all, counts),
    at: now,
    rule: counts.has('waits') || counts.has('lost') || counts.has('dead letter') ? RETRIES : FAN_OUT,
    values: [
      { label: 'published', is: moment(message.published) },
      { label: 'attributes', is: worded(Object.keys(message.attributes ?? {}).join(', ') || 'none') },
    ],
    table: tableOf(rows, all - rows.length),
    changes: changeOf(next),
    remedies: remediesOf(counts, name),
    see: [`topic/${name}`],
  };
}

const changeOf = (next: Instant | undefined): WhyChange =>
  next === undefined
    ? { by: 'act', into: 'nothing is to come: who did not get it now never will' }
    : { by: 'time', at: next, into: 'the next attempt is made' };

/** In the order of a message's fate. */
const STATES = [
  'delivered',
  'on its way',
  'waits',
  'filtered out',
  'dead letter',
  'lost',
  'not sent',
  'long ago',
];

function answerOf(id: string, topic: string, all: number, counts: ReadonlyMap<string, number>): string {
  if (all === 0) return `${topic} has no subscriptions: nobody got ${id}, and nothing keeps it.`;
  const parts = STATES.filter((state) => counts.has(state)).map((state) => `${counts.get(state)} ${state}`);
  return `${id} of ${topic}, to ${several(all, 'subscription')}: ${parts.join(', ')}.`;
}

function remediesOf(counts: ReadonlyMap<string, number>, topic: string): Why['remedies'] {
  const line = `aws sns list-subscriptions-by-topic --topic-arn ${topic}`;
  return [
    ...(counts.has('filtered out')
      ? [mayHelp('other attributes in the publish, or another FilterPolicy, for the next message')]
      : []),
    ...(counts.has('waits') ? [mayHelp('mend the endpoint before the last attempt')] : []),
    ...(counts.has('lost') ? [helps('a RedrivePolicy keeps what cannot be delivered')] : []),
    ...(counts.has('not sent') ? [mayHelp('confirm or subscribe first, then publish again', line)] : []),
  ];
}

type Row = (mark: WhyRow['mark'], fate: string, reason: string) => WhyRow;

function rowOf({ state }: Ground, subscription: Subscription, message: Message, told: Ends): WhyRow {
  const { ends, tellsAll } = told;
  const name = shortName(subscription);
  const end = ends.get(`${subscription.protocol}:${subscription.endpoint}`);
  const row: Row = (mark, fate, reason) => ({ mark, name, state: fate, reason, change: 'never' });
  if (end !== undefined) {
    const known = ofEvent(end.event, end.at, row);
    if (known !== undefined) return known;
  }
  const waits = waitingFor(state, subscription, message);
  if (waits !== undefined) return { ...row('delayed', 'waits', waits.reason), change: waits.at };
  if (subscription.created > message.published && message.replayed === undefined) {
    return row('no', 'not sent', `subscribed at ${instantWords(subscription.created)}, after the publish`);
  }
  if (!subscription.confirmed) return row('no', 'not sent', 'not confirmed');
  const filtered = filteredBy(subscription, message);
  if (filtered !== undefined) return row('no', 'filtered out', filtered);
  return tellsAll
    ? row('inFlight', 'on its way', 'the first attempt is not answered yet')
    : row('idle', 'long ago', 'its story is rebuilt from the past');
}

function ofEvent(event: SnsEvent, at: Instant, row: Row): WhyRow | undefined {
  switch (event.type) {
    case 'sns/MessageDelivered':
      return row('yes', 'delivered', `at ${instantWords(at)}, attempt ${event.attempt}`);
    case 'sns/MessageFilteredOut':
      return row('no', 'filtered out', event.reason);
    case 'sns/MessageDeadLettered':
      return row('dead', 'dead letter', `in ${event.to}: ${event.reason}, attempt ${event.attempt}`);
    case 'sns/MessageLost':
      return row('dead', 'lost', `${event.reason}, attempt ${event.attempt}`);
    default:
      return undefined;
  }
}

function waitingFor(
  { waiting, lanes }: SnsState,
  subscription: Subscription,
  message: Message,
): { readonly at: Instant | 'never'; readonly reason: string } | undefined {
  const { sequence } = message;
  for (const { subscription: id, messages, next, reason, attempt } of waiting.values()) {
    if (subscription.id !== id || !messages.some((one) => one.sequence === sequence)) continue;
    return { at: next, reason: `${reason}: attempt ${attempt + 1} is to come` };
  }
  const lane = laneOf(subscription, message);
  return lane !== undefined && lanes.get(lane)?.some((one) => one.sequence === sequence)
    ? { at: 'never', reason: `behind another message of group ${message.group}` }
    : undefined;
}

function filteredBy({ settings }: Subscription, message: Message): string | undefined {
  const policy = filterOf(settings);
  if (policy === undefined) return undefined;
  const facts = factsOf(message, settings.FilterPolicyScope);
  if (matches(policy, facts)) return undefined;
  const failed = explain(policy, facts).find(({ matched }) => !matched);
  return failed === undefined
    ? 'not in one element of the list'
    : `${failed.key}: wanted ${failed.wanted}, found ${failed.found}`;
}
