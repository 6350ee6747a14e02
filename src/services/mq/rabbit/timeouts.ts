/** A delivery that nobody acknowledges for too long takes its channel. RabbitMQ, Delivery Acknowledgement Timeout. */
import { after, instant } from '../../../engine/units.ts';
import { type Ground, plan, tellClient } from '../engine.ts';
import { channelClosed } from './connecting.ts';
import { consumerTimeout, type TimeoutWork } from './delivering.ts';
import type { Unacked } from './model.ts';
import { replyError } from './refusals.ts';
import { isFrom, queueIn, runtimeOf } from './runtime.ts';

export function timeoutDue(ground: Ground, number: number): void {
  const { context, broker } = ground;
  const channel = runtimeOf(broker).channels.get(number);
  const connection = broker.connections.get(number);
  if (channel === undefined || connection === undefined) return;
  if (channel.timeoutAt < 0 || channel.timeoutAt > context.now) return;
  channel.timeoutAt = -1;
  const oldest = oldestWatched(ground, channel.virtualHost, channel.unacked);
  if (oldest === undefined) return;
  const wait = consumerTimeout(context.state, broker);
  const at = after(oldest.since, wait);
  if (at > context.now) {
    channel.timeoutAt = at;
    const work: TimeoutWork = { type: 'timeout', connection: number };
    plan(ground, instant(at), work);
    return;
  }
  const error = replyError(
    'PRECONDITION_FAILED',
    `delivery acknowledgement on channel 1 timed out. Timeout value used: ${wait} ms. This timeout value can be configured, see consumers doc guide to learn more`,
    'channel',
    'The consumer held a message for longer than consumer_timeout.',
  );
  for (const tag of [...channel.consumers.keys()]) tellClient(ground, connection, { is: 'cancelled', tag });
  tellClient(ground, connection, { is: 'refused', error });
  channelClosed(ground, connection);
}

/** Tags are given out in order, so the first is the oldest. From 4.3 on only those of quorum queues count. */
function oldestWatched(
  ground: Ground,
  virtualHost: string,
  unacked: ReadonlyMap<number, Unacked>,
): Unacked | undefined {
  const quorumOnly = isFrom(ground.broker, '4.3');
  for (const one of unacked.values()) {
    if (!quorumOnly || queueIn(ground, virtualHost, one.queue)?.kind === 'quorum') return one;
  }
  return undefined;
}
