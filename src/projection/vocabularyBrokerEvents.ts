/** The events of Amazon MQ that conditions may name. */
import { type Entry, events, type Fields, flag, number, text } from './vocabularyFields.ts';

const mqMessage: Fields = {
  destination: text('queue or topic; of a publish the exchange'),
  messageId: text('the message'),
  body: text('its body'),
  persistent: flag('kept on disk'),
  routingKey: text('of a publish to RabbitMQ'),
  queues: number('of a publish: to how many queues it went'),
  redelivered: flag('it had been handed out before'),
  reason: text('why: unroutable, expired, maxlen, rejected, delivery_limit …'),
  to: text('of dead letters: where they went'),
  consumer: text('which consumer'),
};
const mqClient: Fields = {
  user: text('as which user of the broker'),
  reason: text('why'),
  code: text('the error, in the protocol’s words'),
  message: text('the error as a sentence'),
};
const mqNode: Fields = { node: number('its number'), reason: text('why') };

export const BROKER_EVENTS: readonly Entry[] = events(
  'mq',
  {
    broker: text('the broker’s name'),
    protocol: text('how'),
    zone: text('where the broker runs'),
  },
  {
    MessagePublished: ['a message was accepted', mqMessage],
    MessageDelivered: ['a message was handed to a consumer', mqMessage],
    Acknowledged: ['a consumer was done with it', mqMessage],
    Requeued: ['it went back to its queue', mqMessage],
    DeadLettered: ['it went to the dead letters', mqMessage],
    MessageExpired: ['it waited for too long', mqMessage],
    MessageDropped: ['it went nowhere: no queue was bound, or its queue was full', mqMessage],
    MessageReturned: ['no queue took it, and its publisher got it back', mqMessage],
    MessageLost: ['it was lost', mqMessage],
    Connected: ['a client connected', mqClient],
    Disconnected: ['a connection ended', mqClient],
    Refused: ['a client was refused', mqClient],
    PublisherBlocked: ['a publisher was held back', { ...mqClient, destination: text('where to') }],
    FailedOver: ['the standby took over', { ...mqNode, destination: text('queue or topic') }],
    NodeDown: ['a server of the broker went', mqNode],
    NodeUp: ['a server of the broker came back', mqNode],
    AlarmRaised: ['memory or disk is short: publishers are held back', mqNode],
    AlarmCleared: ['there is room again', mqNode],
    BrokerCreated: ['a broker is being made'],
    BrokerRunning: ['a broker runs for the first time'],
    BrokerUpdated: ['a broker was changed; most waits for its reboot'],
    BrokerRebooted: ['a reboot is over'],
    BrokerDeleted: ['a broker is gone'],
  },
);
