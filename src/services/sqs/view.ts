/** A queue as screens and conditions see it: small plain values, made new each time. */

import { perSecond } from '../../contract/traffic.ts';
import type { LinkView, MessageRow, MeterView, ResourceId, ResourceView } from '../../contract/view.ts';
import { between, type Instant, type Seconds } from '../../engine/units.ts';
import { inFlightMax } from './limits.ts';
import { idOf, type MessageContent, type MeteredAction, type Queue, type SqsState } from './model.ts';
import { ATTRIBUTE_NAMES, type AttributeName, attributeValue } from './rules/attributeValues.ts';
import { deadLetterQueueOf } from './rules/deadLetters.ts';
import { callsMax, callsNow } from './rules/throughput.ts';

export const view = (state: SqsState, now: Instant): ResourceView[] =>
  [...state.queues.values()].map((queue) => viewQueue(state, queue, now));

/** `queue/NAME` in the world's own account, `queue/ACCOUNT/NAME` elsewhere. */
const idOfQueue = (state: SqsState, queue: Queue): ResourceId =>
  `queue/${queue.account === state.account ? queue.name : queue.key}`;

export function queueOf(state: SqsState, id: ResourceId): Queue | undefined {
  const name = id.slice('queue/'.length);
  return state.queues.get(name.includes('/') ? name : `${state.account}/${name}`);
}

export function fields(state: SqsState, id: string, now: Instant): object | undefined {
  const queue = id.startsWith('queue/') ? queueOf(state, id as ResourceId) : undefined;
  return queue && fieldsOf(state, queue, now);
}

function fieldsOf(state: SqsState, queue: Queue, now: Instant): ResourceView['fields'] {
  const { visible, inFlight, delayed } = state.store.counts(queue.row);
  const oldest = state.store.oldest(queue.row);
  return {
    attributes: attributesOf(state, queue),
    visible,
    inFlight,
    delayed,
    oldestAgeMs: oldest === undefined ? 0 : between(oldest, now),
    ...queue.counters,
    createdAtMs: queue.created,
    fifo: queue.fifo,
  };
}

function viewQueue(state: SqsState, queue: Queue, now: Instant): ResourceView {
  const { settings, fifo } = queue;
  const { visible, inFlight, delayed } = state.store.counts(queue.row);
  const meters = fifo ? metersOf(state, queue, now) : [];
  const refusals = state.meters.get(queue.key)?.refusals;
  const full = inFlight >= inFlightMax(state.limits) ? 'in flight' : meters.find(isFull)?.label;
  return {
    id: idOfQueue(state, queue),
    kind: 'queue',
    name: queue.name,
    title: 'SQS',
    role: 'resource',
    order: queue.order,
    fields: fieldsOf(state, queue, now),
    scope:
      settings.DelaySeconds > 0
        ? { label: 'delay', value: duration(settings.DelaySeconds) }
        : { label: 'hides', value: duration(settings.VisibilityTimeout) },
    stock: { visible, inFlight, delayed },
    rates: {
      in: perSecond(queue.incoming, now),
      out: perSecond(queue.outgoing, now),
      refused: refusals ? perSecond(refusals, now) : 0,
    },
    ...(full !== undefined && { full }),
    ...(meters.length > 0 && { meters }),
    links: linksOf(state, queue, now),
  };
}

const ACTIONS = ['send', 'receive', 'delete', 'change'] as const satisfies readonly MeteredAction[];

/** The calls of this second, by action. */
function metersOf(state: SqsState, queue: Queue, now: Instant): MeterView[] {
  const limit = callsMax(state, queue);
  return ACTIONS.map((label) => ({
    label: `${label} calls`,
    used: callsNow(state, queue, label, now),
    limit,
    unit: state.limits === 'scaled' ? '/s, scaled' : '/s',
  }));
}

const isFull = ({ used, limit }: MeterView): boolean => used >= limit;

/** Numbers as numbers, policies as objects. */
function attributesOf(state: SqsState, queue: Queue): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  for (const name of ATTRIBUTE_NAMES) {
    const value = policyOf(queue, name) ?? attributeValue(state, queue, name);
    if (value !== undefined) attributes[name] = value;
  }
  return attributes;
}

/** A copy: what is shown must not lead back into the state. */
function policyOf({ settings }: Queue, name: AttributeName): object | undefined {
  if (name === 'Policy') return settings.Policy && JSON.parse(settings.Policy.text);
  if (name === 'RedrivePolicy') return settings.RedrivePolicy && { ...settings.RedrivePolicy.policy };
  if (name !== 'RedriveAllowPolicy' || settings.RedriveAllowPolicy === undefined) return undefined;
  const { redrivePermission, sourceQueueArns } = settings.RedriveAllowPolicy.policy;
  return { redrivePermission, sourceQueueArns: [...sourceQueueArns] };
}

function linksOf(state: SqsState, queue: Queue, now: Instant): LinkView[] {
  const target = deadLetterQueueOf(state, queue);
  const policy = queue.settings.RedrivePolicy?.policy;
  if (target === undefined || policy === undefined) return [];
  return [
    {
      to: idOfQueue(state, target),
      type: 'redrive',
      label: `after ${policy.maxReceiveCount}`,
      perSecond: perSecond(queue.deadLetters, now),
      refusedPerSecond: 0,
    },
  ];
}

/** 30 s, 5 min, 12 h; odd lengths stay in seconds. */
function duration(value: Seconds): string {
  if (value > 0 && value % 3600 === 0) return `${value / 3600} h`;
  if (value > 60 && value % 60 === 0) return `${value / 60} min`;
  return `${value} s`;
}

/** In order of sending. */
export function messages(state: SqsState, id: ResourceId, from: number, limit: number): MessageRow[] {
  const queue = queueOf(state, id);
  if (queue === undefined) return [];
  return state.store.list(queue.row, from, limit).map((row) => {
    const facts = state.store.facts(row);
    const content = facts.content as MessageContent;
    return {
      messageId: idOf(content),
      body: content.body,
      state: facts.state,
      sent: facts.sent,
      received: facts.received,
      due: facts.due,
      receiveCount: facts.receiveCount,
      holder: facts.holder === 0 ? undefined : state.holders[facts.holder - 1],
      group: content.group,
    };
  });
}
