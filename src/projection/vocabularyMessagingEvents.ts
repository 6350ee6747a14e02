/** The events of SQS and SNS that conditions may name. */
import {
  type Entry,
  events,
  type Fields,
  flag,
  list,
  number,
  oneOf,
  span,
  text,
} from './vocabularyFields.ts';

const message: Fields = {
  messageId: text('the message'),
  body: text('its body'),
  group: text('its message group'),
  receiveCount: number('how often it has been received'),
};

const sqs = [
  ...events(
    'sqs',
    { queue: text('the queue’s name') },
    {
      QueueCreated: ['a queue was made'],
      QueueDeleted: ['a queue was deleted'],
      QueuePurged: ['all messages of a queue were deleted', { dropped: number('how many') }],
      AttributesChanged: ['attributes of a queue were set', { attributes: list('their names') }],
      MessageSent: ['a message was accepted', { ...message, delayMs: span('before it becomes visible') }],
      MessageDeduplicated: ['a send was accepted as a repeat: nothing was queued', message],
      MessageReceived: [
        'a message was handed out and hidden',
        { ...message, timeoutMs: span('for how long it is hidden') },
      ],
      ReceiveEmpty: [
        'a receive got nothing',
        {
          reason: oneOf('why', 'noMessages', 'inFlight', 'groupBlocked', 'hostsNotAsked', 'delay'),
          asked: list('the storage hosts that a short poll asked, counted from 0'),
        },
      ],
      VisibilityChanged: [
        'the timeout of a message in flight was set anew',
        { ...message, timeoutMs: span('from the call on') },
      ],
      MessageVisible: [
        'a message became ready to be received again, or for the first time',
        { ...message, reason: oneOf('why', 'timeout', 'changed', 'delay') },
      ],
      Throttled: [
        'a FIFO queue refused a call: too many in this second',
        { operation: text('the operation that was refused') },
      ],
      MessageDeleted: [
        'a message was deleted',
        { ...message, copyLeft: flag('a host missed it: the copy there comes back') },
      ],
      MessageExpired: ['a message outlived the retention period', message],
      MessageDeadLettered: [
        'a message was moved to the dead-letter queue',
        { ...message, to: text('that queue') },
      ],
      MessageMoved: [
        'a move task moved a message; at its target it is a new message',
        { ...message, to: text('the queue it went to'), newMessageId: text('its new id there') },
      ],
    },
  ),
];

const sns = events(
  'sns',
  {
    topic: text('the topic’s name'),
    messageId: text('the message'),
    body: text('its text'),
    group: text('its message group'),
    endpoint: text('where it goes'),
    protocol: text('how'),
    attempt: number('which attempt'),
    reason: text('why'),
  },
  {
    TopicCreated: ['a topic was made'],
    TopicDeleted: ['a topic was deleted'],
    AttributesChanged: ['attributes of a topic were set', { attributes: list('their names') }],
    Subscribed: ['an endpoint was subscribed'],
    SubscriptionConfirmed: ['an endpoint agreed'],
    SubscriptionChanged: ['attributes of a subscription were set', { attributes: list('their names') }],
    Unsubscribed: ['a subscription was taken back'],
    MessagePublished: ['a message was accepted'],
    MessageDeduplicated: ['a publish was accepted as a repeat'],
    Throttled: ['a FIFO topic refused a call: too much in this second', { operation: text('which') }],
    MessageDelivered: ['a copy reached its endpoint', { became: text('the id under which a queue took it') }],
    DeliveryFailed: ['an attempt failed', { nextMs: span('before the next one; absent: there is none') }],
    MessageFilteredOut: ['a filter policy stopped a copy; the first hundred of a publish are told'],
    MessageDeadLettered: ['a copy went to the dead-letter queue', { to: text('that queue') }],
    MessageLost: ['a copy was given up'],
    DeliveryLogged: [
      'a line of the delivery status log',
      {
        status: oneOf('how it ended', 'SUCCESS', 'FAILURE'),
        statusCode: number('as the endpoint answered'),
        dwellTimeMs: span('from publish to end'),
      },
    ],
    Replayed: ['a subscription got messages of the archive', { count: number('how many') }],
  },
);

export const MESSAGING_EVENTS: readonly Entry[] = [...sqs, ...sns];
