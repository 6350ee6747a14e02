/** What nodes that go and come back do to queues. RabbitMQ, Quorum Queues; Classic Queue Mirroring; Clustering. */
import { after, instant, milliseconds } from '../../../engine/units.ts';
import { type Ground, plan, tellClient } from '../engine.ts';
import type { BrokerNode } from '../model.ts';
import { wake } from './delivering.ts';
import { keepOnly } from './lanes.ts';
import type { Entry, Queue } from './model.ts';
import { takeWaiting } from './publishing.ts';
import { endConsumer, removeQueue } from './removing.ts';
import { isUp, runtimeOf } from './runtime.ts';
import { release } from './settling.ts';
import { returnEntry, tellOf, tidy } from './storing.ts';

/** SIMPLER THAN AWS: the time of an election, some seconds there. */
const ELECTION = { min: 1_000, max: 3_000 } as const;

export interface ElectionWork {
  readonly type: 'election';
  readonly virtualHost: string;
  readonly queue: string;
}

/** Queues are numbered from 1. */
const NO_QUEUE = 0;

const allQueues = ({ broker }: Ground): Queue[] =>
  [...runtimeOf(broker).virtualHosts.values()].flatMap(({ queues }) => [...queues.values()]);

const hasMajority = ({ broker }: Ground, { members }: Queue): boolean =>
  members.filter((number) => isUp(broker, number)).length * 2 > members.length;

export function nodeDown(ground: Ground, node: BrokerNode): void {
  for (const queue of allQueues(ground)) {
    if (!queue.members.includes(node.number)) continue;
    if (queue.kind === 'quorum') quorumLost(ground, queue, node);
    else if (queue.leader === node.number) classicLost(ground, queue);
  }
}

/** Without a leader nothing goes in or out; with a majority there is a new one soon. */
function quorumLost(ground: Ground, queue: Queue, node: BrokerNode): void {
  const lostLeader = queue.leader === node.number;
  if (!hasMajority(ground, queue)) {
    queue.leader = 0;
    queue.electionEnds = -1;
  } else if (lostLeader) startElection(ground, queue);
}

function startElection(ground: Ground, queue: Queue): void {
  const { context } = ground;
  queue.leader = 0;
  const wait = context.random('elections').integer(ELECTION.min, ELECTION.max);
  queue.electionEnds = after(context.now, milliseconds(wait));
  const { virtualHost, name } = queue;
  const work: ElectionWork = { type: 'election', virtualHost, queue: name };
  plan(ground, instant(queue.electionEnds), work);
}

export function electionDue(ground: Ground, queue: Queue): void {
  if (queue.electionEnds < 0 || queue.electionEnds > ground.context.now) return;
  queue.electionEnds = -1;
  if (!hasMajority(ground, queue)) return;
  const able = queue.members.filter((number) => isUp(ground.broker, number));
  lead(ground, queue, able[queue.order % able.length]!);
}

function lead(ground: Ground, queue: Queue, node: number): void {
  queue.leader = node;
  takeWaiting(ground, queue);
  tidy(ground, queue);
}

/** A mirrored one goes on at another node. Else it waits for its own, and what was not on disk is lost. */
function classicLost(ground: Ground, queue: Queue): void {
  const mirror = oldestMirror(ground, queue);
  queue.leader = 0;
  if (mirror !== undefined) {
    takeBackUnacked(ground, queue);
    consumeAnew(ground, queue);
    lead(ground, queue, mirror.number);
    return;
  }
  if (!queue.durable) {
    removeQueue(ground, queue);
    return;
  }
  takeBackUnacked(ground, queue);
  loseTransient(ground, queue);
  const { consumers } = runtimeOf(ground.broker);
  for (const number of [...queue.consumers]) {
    const consumer = consumers.get(number)!;
    const connection = ground.broker.connections.get(consumer.connection);
    if (connection !== undefined) tellClient(ground, connection, { is: 'cancelled', tag: consumer.tag });
    endConsumer(ground, queue, consumer);
  }
}

/** Classic Queue Mirroring: the one that has run longest takes over. */
function oldestMirror({ broker }: Ground, { members }: Queue): BrokerNode | undefined {
  let oldest: BrokerNode | undefined;
  for (const node of broker.nodes) {
    if (!node.up || !members.includes(node.number)) continue;
    if (oldest === undefined || node.since < oldest.since) oldest = node;
  }
  return oldest;
}

/** To the new leader all consumers are new: they stand in their order of registration. */
function consumeAnew(ground: Ground, queue: Queue): void {
  const { consumers } = runtimeOf(ground.broker);
  queue.able.clear();
  for (const number of queue.consumers) wake(ground, queue, consumers.get(number)!);
}

/**
 * The node knew who held them. The next leader has seen no acknowledgement: all of them are ready again, also those whose
 * consumers are connected elsewhere. Their tags still exist, and settle nothing.
 */
function takeBackUnacked(ground: Ground, queue: Queue): void {
  const runtime = runtimeOf(ground.broker);
  const held: Entry[] = [];
  for (const channel of runtime.channels.values()) {
    if (channel.virtualHost !== queue.virtualHost) continue;
    for (const one of [...channel.unacked.values()]) {
      if (one.queue !== queue.name || one.order !== queue.order) continue;
      channel.unacked.set(one.tag, Object.freeze({ ...one, order: NO_QUEUE, consumer: 0 }));
      const consumer = runtime.consumers.get(one.consumer);
      if (consumer !== undefined) consumer.unacked--;
      held.push(one.entry);
    }
  }
  for (const entry of held) {
    release(ground, queue, entry);
    returnEntry(ground, queue, Object.freeze({ ...entry, redelivered: true }));
  }
}

function loseTransient(ground: Ground, queue: Queue): void {
  const runtime = runtimeOf(ground.broker);
  for (const lane of queue.lanes) {
    for (const { message } of keepOnly(lane, (entry) => entry.message.persistent)) {
      queue.ready--;
      queue.readyBytes -= message.bytes;
      runtime.readyCount--;
      runtime.readyBytes -= message.bytes;
      queue.counters.lost++;
      ground.broker.counters.lost++;
      tellOf(ground, 'mq/MessageLost', queue, message, { reason: 'notPersistent' });
    }
  }
}

export function nodeUp(ground: Ground, node: BrokerNode): void {
  for (const queue of allQueues(ground)) {
    if (queue.leader !== 0 || !queue.members.includes(node.number)) continue;
    if (queue.kind === 'classic') lead(ground, queue, node.number);
    else if (queue.electionEnds < 0 && hasMajority(ground, queue)) startElection(ground, queue);
  }
}
