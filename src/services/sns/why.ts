/**
 * Why a message does not come: to whom a publish went and to whom not, key by key of each filter; what holds a
 * subscription up; which meter of a FIFO topic is full.
 */
import {
  counted,
  helps,
  helpsNot,
  mayHelp,
  type Why,
  type WhyGround,
  type WhyQuestion,
  type WhyRow,
  worded,
} from '../../contract/why.ts';
import { several } from '../../contract/whyWords.ts';
import type { Instant, Milliseconds } from '../../engine/units.ts';
import { after } from '../../engine/units.ts';
import { idOf, type SnsState, type Subscription, type Topic } from './model.ts';
import { explain, factsOf, filterOf, matches } from './rules/filterPolicy/index.ts';
import type { GivenAttributes } from './rules/messageAttributes.ts';
import { whyMessage } from './whyMessage.ts';
import { FAN_OUT, RETRIES, shortName, tableOf } from './whyRules.ts';

type Ground = WhyGround<SnsState>;
type Told = Pick<Parameters<typeof factsOf>[0], 'body' | 'attributes'>;

const ROWS_MAX = 20;

const THROUGHPUT: Why['rule'] = {
  name: 'sns/fifo-throughput',
  says: 'A FIFO topic takes so many messages and bytes a second, or so many of each group.',
  page: 'Amazon SNS Developer Guide: High throughput for FIFO topics in Amazon SNS',
};

export function why(ground: Ground, question: WhyQuestion): Why | undefined {
  switch (question.type) {
    case 'call':
      return whyCall(ground, question);
    case 'resource':
      return whyResource(ground, question.id);
    case 'message':
      return whyMessage(ground, question.prefix);
  }
}

/** A publish that was accepted can still have reached nobody. */
export const wonders = ({ operation }: { readonly operation: string }): boolean => operation === 'Publish';

function whyCall(ground: Ground, question: WhyQuestion & { readonly type: 'call' }): Why | undefined {
  const { request, outcome } = question;
  if (request.service !== 'sns') return undefined;
  if (!outcome.ok) {
    return outcome.refusal.code === 'Throttled' ? throttled(ground, outcome.refusal.why ?? '') : undefined;
  }
  if (request.operation !== 'Publish') return undefined;
  const { TopicArn, TargetArn, Message, MessageAttributes } = request.input as {
    readonly TopicArn?: string;
    readonly TargetArn?: string;
    readonly Message?: string;
    readonly MessageAttributes?: GivenAttributes;
  };
  const topic = ground.state.topics.get(TopicArn ?? TargetArn ?? '');
  if (topic === undefined) return undefined;
  const told = { body: Message ?? '', attributes: MessageAttributes ?? {} } as Told;
  return whoGets(ground, topic, told);
}

function throttled({ now }: Ground, words: string): Why {
  const wait = (1_000 - (now % 1_000)) as Milliseconds;
  return {
    title: 'your publish was refused: too much in this second',
    answer: words,
    at: now,
    rule: THROUGHPUT,
    values: [],
    changes: { by: 'time', at: after(now, wait), into: 'the same call is accepted' },
    remedies: [
      mayHelp('with FifoThroughputScope MessageGroup each group has its own meter'),
      helpsNot('a batch: its messages count one by one'),
    ],
  };
}

function whoGets(ground: Ground, topic: Topic, told: Told): Why {
  const { state, now } = ground;
  const rows: WhyRow[] = [];
  let reached = 0;
  for (const id of topic.subscriptions) {
    const row = rowOf(state.subscriptions.get(id)!, told);
    if (row.mark === 'yes') reached++;
    if (rows.length < ROWS_MAX) rows.push(row);
  }
  const all = topic.subscriptions.size;
  return {
    title: `who gets a message of ${topic.name}`,
    answer:
      all === 0
        ? 'The topic has no subscriptions: the message is gone.'
        : `It goes to ${reached} of ${several(all, 'subscription')}.`,
    at: now,
    rule: FAN_OUT,
    values: [{ label: 'subscriptions', is: counted(all) }],
    table: tableOf(rows, all - rows.length),
    changes: { by: 'act', into: 'another subscription, another filter, or other attributes' },
    remedies:
      all === 0
        ? [helps('subscribe somebody first', `aws sns subscribe --topic-arn ${topic.name}`)]
        : [mayHelp('compare the attributes with each filter policy; FilterPolicyScope says where it looks')],
  };
}

/** One subscription: does it get the message, and the first key that says no. */
function rowOf(subscription: Subscription, told: Told): WhyRow {
  const name = shortName(subscription);
  const { confirmed, settings } = subscription;
  if (!confirmed) return { mark: 'no', name, state: 'no', reason: 'not confirmed', change: 'never' };
  const policy = filterOf(settings);
  if (policy === undefined) return { mark: 'yes', name, state: 'yes', reason: 'no filter', change: 'never' };
  const facts = factsOf(told, settings.FilterPolicyScope);
  if (matches(policy, facts)) {
    return { mark: 'yes', name, state: 'yes', reason: 'the filter matches', change: 'never' };
  }
  const failed = explain(policy, facts).find(({ matched }) => !matched);
  const reason =
    failed === undefined
      ? 'not in one element of the list'
      : `${failed.key}: wanted ${failed.wanted}, found ${failed.found}`;
  return { mark: 'no', name, state: 'no', reason, change: 'never' };
}

function whyResource(ground: Ground, id: string): Why | undefined {
  const { state } = ground;
  const [kind, ...rest] = id.split('/');
  if (kind === 'topic') {
    const name = rest.join('/');
    const topic = [...state.topics.values()].find(
      (one) => (one.account === state.account ? one.name : `${one.account}/${one.name}`) === name,
    );
    return topic && standing(ground, topic);
  }
  if (kind !== 'subscription') return undefined;
  const subscription = [...state.subscriptions.values()].find(
    (one) =>
      !one.gone &&
      `${one.topicArn.slice(one.topicArn.lastIndexOf(':') + 1)}/${shortName(one)}` === rest.join('/'),
  );
  return subscription && held(ground, subscription);
}

/** How its subscriptions stand. */
function standing({ state, now }: Ground, topic: Topic): Why {
  const rows: WhyRow[] = [];
  for (const id of topic.subscriptions) {
    if (rows.length >= ROWS_MAX) break;
    rows.push(standingRow(state, state.subscriptions.get(id)!));
  }
  const { published, pending, lost, filteredOut } = topic.counters;
  return {
    title: `what becomes of messages of ${topic.name}`,
    answer: `${several(published, 'message')} published; ${pending} on the way, ${filteredOut} filtered out, ${lost} lost.`,
    at: now,
    rule: topic.subscriptions.size === 0 ? FAN_OUT : RETRIES,
    values: [{ label: 'subscriptions', is: counted(topic.subscriptions.size) }],
    table: tableOf(rows, topic.subscriptions.size - rows.length),
    changes: { by: 'act', into: 'messages reach whom they do not reach now' },
    remedies: [],
  };
}

function standingRow(state: SnsState, subscription: Subscription): WhyRow {
  const { confirmed, counters } = subscription;
  const name = shortName(subscription);
  const next = nextAttempt(state, subscription);
  if (!confirmed) return { mark: 'no', name, state: 'no', reason: 'not confirmed', change: 'never' };
  if (next !== undefined) {
    return { mark: 'delayed', name, state: 'waits', reason: next.reason, change: next.at };
  }
  const reason = `${counters.delivered} delivered, ${counters.lost} lost, ${counters.deadLettered} dead letters`;
  return { mark: counters.lost > 0 ? 'no' : 'yes', name, state: 'ready', reason, change: 'never' };
}

function nextAttempt(
  { waiting }: SnsState,
  { id, counters }: Subscription,
): { readonly at: Instant; readonly reason: string; readonly messageId: string } | undefined {
  if (counters.retrying === 0) return undefined;
  for (const { subscription, next, reason, messages } of waiting.values()) {
    if (subscription === id) return { at: next, reason, messageId: idOf(messages[0]!) };
  }
  return undefined;
}

function held(ground: Ground, subscription: Subscription): Why {
  const { state, now } = ground;
  const name = shortName(subscription);
  const next = nextAttempt(state, subscription);
  const base = { title: `what holds ${name} up`, at: now, rule: RETRIES } as const;
  if (!subscription.confirmed) {
    return {
      ...base,
      answer: 'It is not confirmed: until its endpoint agrees it gets nothing.',
      values: [{ label: 'PendingConfirmation', is: worded('true') }],
      changes: { by: 'act', into: 'the endpoint visits the link that it was sent' },
      remedies: [helps('open the link that arrived', 'app visit --name NAME')],
    };
  }
  if (next !== undefined) {
    return {
      ...base,
      answer: `The last attempt failed (${next.reason}); the next is planned.`,
      values: [{ label: 'waiting', is: counted(subscription.counters.retrying) }],
      changes: { by: 'time', at: next.at, into: 'the next attempt' },
      remedies: [mayHelp('mend the endpoint before the last attempt, or give it a RedrivePolicy')],
    };
  }
  const lost = ground
    .lately(500)
    .map(
      ({ event }) => event as { readonly type: string; readonly endpoint?: string; readonly reason?: string },
    )
    .find(({ type, endpoint }) => type === 'sns/MessageLost' && endpoint === subscription.endpoint);
  return {
    ...base,
    answer:
      lost === undefined
        ? 'Nothing: what passes its filter is delivered.'
        : `The last message was lost: ${lost.reason ?? 'no reason'}.`,
    values: [{ label: 'delivered', is: counted(subscription.counters.delivered) }],
    changes: { by: 'act', into: 'another outcome' },
    remedies:
      lost?.reason === 'AccessDenied'
        ? [helps('let the topic send: a queue policy for sns.amazonaws.com with aws:SourceArn')]
        : lost === undefined
          ? []
          : [mayHelp('a RedrivePolicy keeps what cannot be delivered')],
  };
}
