/** Events that come to the bus, and which rules they trigger. EventBridge User Guide, Events in Amazon EventBridge. */
import { messageId } from '../../../contract/messageId.ts';
import { countTraffic, newTraffic } from '../../../contract/traffic.ts';
import { emit } from '../events.ts';
import { SEEN_MAX } from '../limits.ts';
import { type Bus, busOf, type Envelope, type Rule, type Seen } from '../model.ts';
import { invokeTargets } from './delivering.ts';
import type { Ctx } from './lookup.ts';
import { eventFacts, fits } from './pattern.ts';

const EVENT_IDS = 0x45;
const ORIGINS_MAX = 40;

/** What the writer of an event says. */
export interface Told {
  readonly source: string;
  readonly detailType: string;
  readonly account: string;
  readonly resources: readonly string[];
  readonly detail: object;
  /** UTC milliseconds. */
  readonly time: number;
}

export function envelopeOf({ state }: Pick<Ctx, 'state'>, told: Told): Envelope {
  return Object.freeze({
    version: '0',
    id: messageId(state.seed, ++state.eventsMade, EVENT_IDS),
    'detail-type': told.detailType,
    source: told.source,
    account: told.account,
    time: `${new Date(told.time).toISOString().slice(0, 19)}Z`,
    region: state.region,
    resources: Object.freeze([...told.resources]),
    detail: told.detail,
  });
}

/** `by`: who caused it; `origin`: what it happened to. */
export function receive(context: Ctx, told: Told, by: string, origin: string): Envelope {
  const { state, now } = context;
  const event = envelopeOf(context, told);
  const bus = busOf(state, told.account);
  bus.counters.events++;
  countTraffic(bus.incoming, now);
  countOrigin(context, bus, origin);
  const facts = eventFacts(event);
  const fitting: Rule[] = [];
  for (const rule of state.rules.values()) {
    if (rule.account !== told.account || rule.state !== 'ENABLED' || rule.pattern === null) continue;
    if (fits(rule.pattern, facts)) fitting.push(rule);
  }
  if (fitting.length > 0) bus.counters.matched++;
  else bus.counters.unmatched++;
  const seen: Seen = Object.freeze({
    at: now,
    event,
    fitted: Object.freeze(fitting.map(({ name }) => name)),
  });
  bus.seen = Object.freeze([...bus.seen, seen].slice(-SEEN_MAX));
  emit(context, {
    type: 'events/EventReceived',
    by,
    messageId: event.id,
    source: told.source,
    detailType: told.detailType,
    rules: fitting.length,
    origin,
  });
  for (const rule of fitting) trigger(context, rule, event);
  return event;
}

export function trigger(context: Ctx, rule: Rule, event: Envelope): void {
  rule.counters.matched++;
  countTraffic(rule.incoming, context.now);
  emit(context, {
    type: 'events/EventMatched',
    by: event.source,
    rule: rule.name,
    messageId: event.id,
    source: event.source,
  });
  invokeTargets(context, rule, event);
}

function countOrigin({ now }: Ctx, { origins }: Bus, origin: string): void {
  let traffic = origins.get(origin);
  if (traffic === undefined) {
    if (origins.size >= ORIGINS_MAX) return;
    traffic = newTraffic();
    origins.set(origin, traffic);
  }
  countTraffic(traffic, now);
}
