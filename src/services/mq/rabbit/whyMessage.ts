/** Explains one message of RabbitMQ: with a consumer, ready, or waiting for a leader. */
import { counted, helps, lasting, mayHelp, moment, type WhyChange, worded } from '../../../contract/why.ts';
import { instantWords, several } from '../../../contract/whyWords.ts';
import { after, instant } from '../../../engine/units.ts';
import type { Broker, MqState } from '../model.ts';
import { type About, type Ground, PREFETCH } from '../whyParts.ts';
import { consumerTimeout } from './delivering.ts';
import { entriesOf } from './lanes.ts';
import type { Channel, Entry, Queue, Unacked } from './model.ts';
import { isFrom, runtimeOf } from './runtime.ts';
import { aboutQueue, withoutLeader } from './why.ts';

interface Found {
  readonly queue: string;
  readonly messageId: string;
  readonly about: About;
}

export function messageIn(ground: Ground, broker: Broker, prefix: string): Found | undefined {
  const fits = ({ message }: { readonly message: { readonly id: string } }): boolean =>
    message.id.startsWith(prefix);
  const { channels, virtualHosts } = runtimeOf(broker);
  for (const channel of channels.values()) {
    for (const held of channel.unacked.values()) {
      if (!fits(held.entry)) continue;
      return {
        queue: held.queue,
        messageId: held.entry.message.id,
        about: aboutHeld(ground, broker, channel, held),
      };
    }
  }
  for (const queue of [...virtualHosts.values()].flatMap(({ queues }) => [...queues.values()])) {
    const waiting = queue.waiting.find(fits);
    if (waiting !== undefined) {
      return { queue: queue.name, messageId: waiting.message.id, about: withoutLeader(broker, queue) };
    }
    let before = 0;
    for (const lane of queue.lanes) {
      for (const entry of entriesOf(lane)) {
        if (fits(entry)) {
          return {
            queue: queue.name,
            messageId: entry.message.id,
            about: aboutReady(broker, queue, entry, before),
          };
        }
        before++;
      }
    }
  }
  return undefined;
}

function aboutHeld(ground: Ground, broker: Broker, channel: Channel, held: Unacked): About {
  const runtime = runtimeOf(broker);
  const by = broker.connections.get(channel.connection)?.client.by ?? 'somebody';
  const consumer = runtime.consumers.get(held.consumer);
  return {
    answer: `${by} got it from ${held.queue} at ${instantWords(held.since)} and has not acknowledged it.`,
    rule: PREFETCH,
    values: [
      { label: 'held for', is: lasting(ground.now - held.since) },
      { label: 'delivery tag', is: counted(held.tag) },
      ...(consumer === undefined
        ? []
        : [
            {
              label: `unacknowledged at ${consumer.tag}`,
              is: counted(consumer.unacked),
              against: {
                label: 'prefetch',
                is: consumer.prefetch === 0 ? worded('no limit') : counted(consumer.prefetch),
              },
            },
          ]),
    ],
    changes: timeoutOf(ground.state, broker, channel, held),
    remedies: [
      ...(by === 'you'
        ? [
            helps('acknowledge it', `broker ack --broker ${broker.name} --delivery-tag ${held.tag}`),
            helps('give it back', `broker nack --broker ${broker.name} --delivery-tag ${held.tag}`),
          ]
        : [mayHelp('what holds it tells more', `why app/${by}`)]),
    ],
  };
}

/** RabbitMQ, Delivery Acknowledgement Timeout: the oldest delivery of a channel takes it, and all goes back. */
function timeoutOf(state: MqState, broker: Broker, channel: Channel, held: Unacked): WhyChange {
  const quorumOnly = isFrom(broker, '4.3');
  const queues = runtimeOf(broker).virtualHosts.get(channel.virtualHost)?.queues;
  const isWatched = ({ queue }: Unacked): boolean => !quorumOnly || queues?.get(queue)?.kind === 'quorum';
  const oldest = [...channel.unacked.values()].find(isWatched);
  if (oldest === undefined) return { by: 'act', into: 'an acknowledgement, or the end of the connection' };
  const at = after(oldest.since, consumerTimeout(state, broker));
  const ours = oldest.tag === held.tag ? '' : ' with an older delivery';
  return { by: 'time', at, into: `its channel is closed${ours}, and it goes back to the queue` };
}

function aboutReady(broker: Broker, queue: Queue, { expires, redelivered }: Entry, before: number): About {
  const about = aboutQueue(broker, queue);
  const place =
    before === 0
      ? 'It is the next one'
      : `${several(before, 'message')} ${before === 1 ? 'is' : 'are'} before it`;
  const isNext = expires >= 0 && before === 0;
  return {
    ...about,
    answer: `${place} in ${queue.name}. ${about.answer}`,
    values: [
      { label: 'before it', is: counted(before) },
      { label: 'given back before', is: worded(redelivered ? 'yes' : 'no') },
      ...(expires < 0 ? [] : [{ label: 'its time to live ends', is: moment(expires) }]),
      ...about.values,
    ],
    // Only the first of a queue can expire.
    changes: isNext ? { by: 'time', at: instant(expires), into: 'its time to live ends' } : about.changes,
  };
}
