/** Explains one message of ActiveMQ: with a consumer, ready, waiting for its redelivery or for its time. */
import { counted, helps, lasting, mayHelp, moment, worded } from '../../../contract/why.ts';
import { instantWords, several } from '../../../contract/whyWords.ts';
import type { Broker } from '../model.ts';
import { type About, type Ground, PREFETCH, rule } from '../whyParts.ts';
import { readyOf } from './boxes.ts';
import type { Box, Entry, Redelivering, ScheduledMessage, Session, Unacked } from './model.ts';
import { aboutBox, activeOf, endOf, redeliveryRule } from './why.ts';

interface Found {
  readonly queue: string;
  readonly messageId: string;
  readonly about: About;
}

export function messageIn(ground: Ground, broker: Broker, prefix: string): Found | undefined {
  const runtime = activeOf(broker);
  if (runtime === undefined) return undefined;
  const fits = ({ message }: Pick<Entry, 'message'>): boolean => message.id.startsWith(prefix);
  const found = (box: Pick<Box, 'name'>, { message }: Pick<Entry, 'message'>, about: About): Found => ({
    queue: box.name,
    messageId: message.id,
    about,
  });
  for (const session of runtime.sessions.values()) {
    for (const held of session.unacked.values()) {
      const box = runtime.boxes.get(held.box);
      if (box !== undefined && fits(held.entry))
        return found(box, held.entry, aboutHeld(ground, broker, session, held));
    }
  }
  for (const box of runtime.boxes.values()) {
    const back = [...box.redelivering.values()].find(({ entry }) => fits(entry));
    if (back !== undefined)
      return found(box, back.entry, aboutBack(back, runtime.policy.maximumRedeliveries));
    let before = 0;
    for (const entry of readyOf(box)) {
      if (fits(entry)) return found(box, entry, aboutReady(ground, broker, box, entry, before));
      before++;
    }
  }
  const later = [...runtime.scheduled.values()].find(fits);
  return later && found({ name: later.message.destination }, later, aboutLater(later));
}

function aboutHeld({ now }: Ground, broker: Broker, { by }: Session, held: Unacked): About {
  const runtime = activeOf(broker)!;
  const consumer = runtime.consumers.get(held.consumer);
  return {
    answer: `${by} got it at ${instantWords(held.since)} and has not acknowledged it.`,
    rule: PREFETCH,
    values: [
      { label: 'held for', is: lasting(now - held.since) },
      { label: 'deliveries', is: counted(held.entry.deliveries) },
      ...(consumer === undefined
        ? []
        : [
            {
              label: `unacknowledged at ${consumer.tag}`,
              is: counted(consumer.unacked),
              against: { label: 'prefetch', is: counted(consumer.prefetch) },
            },
          ]),
    ],
    changes: { by: 'act', into: 'an acknowledgement, or the end of its connection' },
    remedies:
      by === 'you'
        ? [
            helps('acknowledge it', `broker ack --broker ${broker.name} --delivery-tag ${held.tag}`),
            helps('give it back', `broker nack --broker ${broker.name} --delivery-tag ${held.tag}`),
          ]
        : [
            mayHelp('what holds it tells more', `why app/${by}`),
            ...(held.entry.message.persistent
              ? []
              : [mayHelp('send it persistent: a failover would lose it')]),
          ],
  };
}

const aboutBack = ({ at, entry }: Redelivering, most: number): About => ({
  answer: `It was given back and comes again at ${instantWords(at)}.`,
  rule: redeliveryRule,
  values: [
    {
      label: 'deliveries',
      is: counted(entry.deliveries),
      against: { label: 'at most', is: counted(most + 1) },
    },
  ],
  changes: { by: 'time', at, into: 'it is ready again' },
  remedies: [mayHelp('mend the consumer: the last failure makes it a dead letter')],
});

function aboutReady({ now }: Ground, broker: Broker, box: Box, entry: Entry, before: number): About {
  const about = aboutBox(broker, box, now);
  const place =
    before === 0
      ? 'It is the next one'
      : `${several(before, 'message')} ${before === 1 ? 'is' : 'are'} before it`;
  const end = endOf(entry);
  return {
    ...about,
    answer: `${place} in ${box.name}. ${about.answer}`,
    values: [
      { label: 'before it', is: counted(before) },
      { label: 'deliveries', is: counted(entry.deliveries) },
      { label: 'persistent', is: worded(entry.message.persistent ? 'yes' : 'no') },
      ...(end === undefined ? [] : [{ label: 'its time to live ends', is: moment(end) }]),
      ...about.values,
    ],
    changes:
      end !== undefined && about.changes.by !== 'time'
        ? { by: 'time', at: end, into: 'its time to live ends' }
        : about.changes,
  };
}

const aboutLater = ({ at, periodMs, repeats }: ScheduledMessage): About => ({
  answer: `It is scheduled: it is sent at ${instantWords(at)}.`,
  rule: rule(
    'scheduled',
    'A message with AMQ_SCHEDULED_DELAY stays with the scheduler until its time.',
    'Apache ActiveMQ, Delay and Schedule Message Delivery',
  ),
  values: [
    { label: 'sent at', is: moment(at) },
    ...(periodMs === 0 ? [] : [{ label: 'then again, times', is: counted(repeats) }]),
  ],
  changes: { by: 'time', at, into: 'it goes to its destination' },
  remedies: [],
});
