/** What nodes that go and come back do to queues. RabbitMQ, Quorum Queues; Classic Queue Mirroring; Clustering. */
import { after, instant, milliseconds } from '../../../engine/units.ts';
import { type Ground, plan, tellClient } from '../engine.ts';
import type { BrokerNode } from '../model.ts';
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
  const mirror = queue.members.find((number) => isUp(ground.broker, number));
  if (mirror !== undefined) {
    lead(ground, queue, mirror);
    return;
  }
  queue.leader = 0;
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

/** The node knew who held them; their channels' tags are void now. */
function takeBackUnacked(ground: Ground, queue: Queue): void {
  const runtime = runtimeOf(ground.broker);
  const held: Entry[] = [];
  for (const channel of runtime.channels.values()) {
    if (channel.virtualHost !== queue.virtualHost) continue;
    for (const one of [...channel.unacked.values()]) {
      if (one.queue !== queue.name || one.order !== queue.order) continue;
      channel.unacked.delete(one.tag);
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
