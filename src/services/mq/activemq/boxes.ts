/** Queues and subscriptions as stores: messages come in, go out, come back, and are counted in one place. */
import { countTraffic, newTraffic } from '../../../contract/traffic.ts';
import type { Instant } from '../../../engine/units.ts';
import type { Ground } from '../engine.ts';
import { joinPatterns } from './membership.ts';
import {
  type ActiveRuntime,
  type Box,
  type BoxCounters,
  type Entry,
  type Lane,
  type Message,
  newBox,
  type Topic,
} from './model.ts';
import { isPattern, keyOf, matches } from './names.ts';
import { policyFor } from './policy.ts';
import { planWork } from './timers.ts';

/** Where the engine works, with its own runtime. */
export interface Field extends Ground {
  readonly runtime: ActiveRuntime;
}

export const fieldOf = (ground: Ground): Field => ({
  context: ground.context,
  broker: ground.broker,
  runtime: ground.broker.runtime as ActiveRuntime,
});

/** Made if it is not there: ActiveMQ makes a destination when it is first used. */
export function queueOf({ runtime, context }: Field, name: string): Box {
  const key = keyOf({ kind: 'queue', name });
  const found = runtime.boxes.get(key);
  if (found !== undefined) return found;
  const box = newBox({
    key,
    name,
    kind: 'queue',
    order: ++runtime.boxesMade,
    created: context.now,
    prioritized: policyFor(runtime.policy, 'queue', name)?.prioritized ?? false,
  });
  runtime.boxes.set(key, box);
  joinPatterns(runtime, box);
  return box;
}

export function topicOf({ runtime, context }: Field, name: string): Topic {
  const found = runtime.topics.get(name);
  if (found !== undefined) return found;
  const topic: Topic = {
    name,
    order: ++runtime.boxesMade,
    created: context.now,
    boxes: new Set(),
    counters: { published: 0, delivered: 0, dropped: 0 },
    incoming: newTraffic(),
  };
  for (const box of runtime.boxes.values()) {
    if (box.kind === 'subscription' && matches(box.name, name)) topic.boxes.add(box.key);
  }
  runtime.topics.set(name, topic);
  return topic;
}

/** A subscription begins: topics that it matches, now and later, put their messages into it. */
export function addSubscription(
  field: Field,
  facts: Pick<Box, 'key' | 'name'> &
    Partial<Pick<Box, 'durable' | 'clientId' | 'subscriptionName' | 'selector' | 'session'>>,
): Box {
  const { runtime, context } = field;
  const box = newBox({
    kind: 'subscription',
    order: ++runtime.boxesMade,
    created: context.now,
    prioritized: policyFor(runtime.policy, 'topic', facts.name)?.prioritized ?? false,
    ...facts,
  });
  runtime.boxes.set(box.key, box);
  if (!isPattern(facts.name)) topicOf(field, facts.name);
  for (const topic of runtime.topics.values()) {
    if (matches(box.name, topic.name)) topic.boxes.add(box.key);
  }
  return box;
}

/** It is gone, and what is in it too. */
export function removeBox({ runtime }: Field, box: Box, counter: 'lost' | 'purged'): Entry[] {
  const gone = [...readyOf(box)];
  for (const entry of gone) finishReady(runtime, box, entry, counter);
  for (const [sequence, { entry }] of [...box.redelivering]) {
    box.redelivering.delete(sequence);
    finishUnacked(runtime, box, entry, counter);
    gone.push(entry);
  }
  runtime.boxes.delete(box.key);
  for (const topic of runtime.topics.values()) topic.boxes.delete(box.key);
  return gone;
}

/** In the order in which they are handed out. */
export function* readyOf(box: Box): Iterable<Entry> {
  for (const { returned, fresh } of box.lanes) {
    yield* returned.values();
    yield* fresh.values();
  }
}

function laneOf(box: Box, message: Message): Lane {
  const priority = box.prioritized ? message.priority : 4;
  const found = box.lanes.find((lane) => lane.priority === priority);
  if (found !== undefined) return found;
  const lane: Lane = { priority, returned: new Map(), fresh: new Map() };
  const at = box.lanes.findIndex((one) => one.priority < priority);
  box.lanes.splice(at < 0 ? box.lanes.length : at, 0, lane);
  return lane;
}

/** A new message, or a dead letter. */
export function enqueue(
  field: Field,
  box: Box,
  message: Message,
  facts: Partial<Pick<Entry, 'expires' | 'retained'>> = {},
): Entry {
  const { runtime, context } = field;
  const entry: Entry = Object.freeze({
    sequence: ++runtime.sequence,
    message,
    arrived: context.now,
    expires: message.expires,
    deliveries: 0,
    redelivered: false,
    retained: false,
    ...facts,
  });
  laneOf(box, message).fresh.set(entry.sequence, entry);
  countReady(runtime, box, entry, 1);
  weigh(runtime, entry, 1);
  box.counters.enqueued++;
  countTraffic(box.incoming, context.now);
  planExpiry(field, box, entry.expires);
  return entry;
}

/** It was handed out and comes back, to its old place. */
export function putBack(field: Field, box: Box, entry: Entry): void {
  const { runtime } = field;
  const lane = laneOf(box, entry.message);
  lane.returned.set(entry.sequence, entry);
  const keys = [...lane.returned.keys()];
  if (keys.length > 1 && keys.at(-2)! > entry.sequence) {
    lane.returned = new Map([...lane.returned].sort(([a], [b]) => a - b));
  }
  countUnacked(runtime, box, entry, -1);
  countReady(runtime, box, entry, 1);
  planExpiry(field, box, entry.expires);
}

/** From ready to unacknowledged. */
export function takeOut(runtime: ActiveRuntime, box: Box, entry: Entry): void {
  unlist(box, entry);
  countReady(runtime, box, entry, -1);
  countUnacked(runtime, box, entry, 1);
}

function unlist(box: Box, entry: Entry): void {
  const lane = laneOf(box, entry.message);
  if (!lane.returned.delete(entry.sequence)) lane.fresh.delete(entry.sequence);
}

/** It leaves the box for good. */
export function finishReady(runtime: ActiveRuntime, box: Box, entry: Entry, as: keyof BoxCounters): void {
  unlist(box, entry);
  countReady(runtime, box, entry, -1);
  weigh(runtime, entry, -1);
  box.counters[as]++;
}

export function finishUnacked(runtime: ActiveRuntime, box: Box, entry: Entry, as: keyof BoxCounters): void {
  countUnacked(runtime, box, entry, -1);
  weigh(runtime, entry, -1);
  box.counters[as]++;
}

function countReady(runtime: ActiveRuntime, box: Box, { message }: Entry, by: 1 | -1): void {
  box.ready += by;
  box.readyBytes += by * message.bytes;
  runtime.totals.ready += by;
}

function countUnacked(runtime: ActiveRuntime, box: Box, { message }: Entry, by: 1 | -1): void {
  box.unacked += by;
  box.unackedBytes += by * message.bytes;
  runtime.totals.unacked += by;
}

function weigh({ totals }: ActiveRuntime, { message }: Entry, by: 1 | -1): void {
  if (message.persistent) totals.diskBytes += by * message.bytes;
  else totals.memoryBytes += by * message.bytes;
}

/** One timer for each box, at the earliest that expires. */
function planExpiry(field: Field, box: Box, expires: number): void {
  if (expires < 0 || (box.expiryAt >= 0 && box.expiryAt <= expires)) return;
  box.expiryAt = Math.max(expires, field.context.now);
  planWork(field, box.expiryAt as Instant, { type: 'activemq/ExpiryDue', box: box.key });
}

/** After a change of the configuration: by priority, or not. */
export function sortAnew(runtime: ActiveRuntime, box: Box): void {
  const prioritized = policyFor(
    runtime.policy,
    box.kind === 'queue' ? 'queue' : 'topic',
    box.name,
  )?.prioritized;
  if ((prioritized ?? false) === box.prioritized) return;
  const entries = [...readyOf(box)].sort((a, b) => a.sequence - b.sequence);
  box.prioritized = prioritized ?? false;
  box.lanes.length = 0;
  for (const entry of entries) laneOf(box, entry.message).fresh.set(entry.sequence, entry);
}
