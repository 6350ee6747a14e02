/** The events that conditions may name (lesson format, section 6). */
import {
  always,
  type Entry,
  entry,
  events,
  type Fields,
  flag,
  list,
  number,
  object,
  oneOf,
  size,
  span,
  text,
} from './vocabularyFields.ts';
import { FUNCTION_EVENTS } from './vocabularyFunctionEvents.ts';

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
    MessageDelivered: ['a copy reached its endpoint'],
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

const kinesis = events(
  'kinesis',
  {
    stream: text('the stream’s name'),
    partitionKey: text('the record’s key'),
    shard: number('the shard’s number'),
    sequenceNumber: text('the record'),
    meter: oneOf('which limit', 'records', 'bytes', 'calls'),
  },
  {
    StreamCreated: ['a stream is being made'],
    StreamActive: ['a stream is ready'],
    StreamDeleted: ['a stream is gone, with its records'],
    RecordPut: ['a record was accepted', { bytes: size('its size with the key') }],
    RecordThrottled: [
      'a record was refused: its shard was full, or its stream grew too fast',
      { of: oneOf('what was full', 'shard', 'stream') },
    ],
    RecordsRead: [
      'records were read',
      {
        count: number('how many'),
        bytes: size('their size with the keys'),
        behindMs: span('how far the reader is behind'),
        consumer: text('the consumer with enhanced fan-out; absent: it polled'),
      },
    ],
    ReadThrottled: ['a read was refused', { operation: text('which call') }],
    RecordsTrimmed: ['records outlived the retention period', { count: number('how many') }],
    ShardSplit: ['a shard was split', { children: list('numbers of the two new ones') }],
    ShardsMerged: ['two shards were merged', { parents: list('their numbers') }],
    IteratorExpired: ['an iterator was too old', { ageMs: span('its age') }],
    ConsumerActive: ['a consumer with enhanced fan-out is ready', { consumer: text('its name') }],
    ConsumerDeregistered: ['a consumer with enhanced fan-out is gone', { consumer: text('its name') }],
    Subscribed: ['a consumer is pushed the records of a shard', { consumer: text('its name') }],
    SubscriptionEnded: ['a consumer is pushed no more', { consumer: text('its name') }],
    LeaseTaken: ['a worker took a shard'],
    Checkpointed: ['a worker noted how far it is'],
  },
);

const firehose = events(
  'firehose',
  {
    delivery: text('the delivery stream’s name'),
    reason: oneOf('why', 'size', 'interval', 'off'),
    result: text('what became of it'),
    bucket: text('where the object is'),
    key: text('the object’s name'),
    records: number('how many'),
  },
  {
    StreamCreated: ['a delivery stream was made'],
    StreamActive: ['a delivery stream takes data from now on'],
    StreamDeleted: ['a delivery stream is gone', { lost: number('records that were still in it') }],
    DestinationChanged: ['the destination was changed', { version: number('its version from now on') }],
    RecordsPut: ['records were accepted', { bytes: size('their size') }],
    Throttled: [
      'records were refused: too much in this second',
      { meter: oneOf('which limit', 'records', 'requests', 'bytes') },
    ],
    BufferFlushed: [
      'a buffer was sent on',
      { purpose: text('transform, data, backup, or the type of error'), bytes: size('its size') },
    ],
    RecordTransformed: ['a function answered for records: Ok, Dropped or ProcessingFailed'],
    ObjectDelivered: ['an object was written', { bytes: size('before compression') }],
    RecordsDelivered: [
      'a table, an index or an endpoint took records',
      { to: text('which'), bytes: size('their size') },
    ],
    DeliveryFailed: [
      'an attempt failed',
      { attempt: number('which attempt'), nextMs: span('before the next one; absent: there is none') },
    ],
    RecordsFailed: ['records go to the error prefix'],
    RecordsLost: ['records were given up'],
    BackedUp: [
      'records were written to the backup, or under the error prefix',
      { bytes: size('their size') },
    ],
  },
);

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

const mq = events(
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

const app = events(
  'app',
  { app: text('the app’s name') },
  {
    Started: ['an app was started'],
    Stopped: ['an app stopped', { reason: oneOf('why', 'asked', 'count', 'deleted') }],
    Crashed: [
      'a worker ended in the middle of its work',
      { worker: text('which'), messageId: text('what it held') },
    ],
    EffectRepeated: [
      'a message was worked whose effect was there already',
      { worker: text('by which worker'), messageId: text('the message') },
    ],
    Refused: [
      'a service refused a call of the app; the first of a kind within a second',
      { operation: text('which'), code: text('the error'), message: text('in words') },
    ],
  },
);

const fault = events(
  'fault',
  { fault: text('its id'), kind: text('what goes wrong'), on: text('with what: app/worker') },
  { Began: ['a fault began'], Ended: ['a fault ended, or was cleared'] },
);

const others: readonly Entry[] = [
  entry('api/Answered', 'a call was answered, each call', {
    ...always,
    service: text('`sqs`'),
    operation: text('`ReceiveMessage`'),
    profile: text('whose name it carried'),
    secure: flag('over HTTPS; false: over plain HTTP'),
    'input.*': object('what was asked, in AWS’s words'),
    'output.*': object('what was answered'),
    error: text('the error’s code; absent when it went well'),
    message: text('the error in words'),
  }),
  entry('cloudwatch/AlarmChanged', 'an alarm changed its state', {
    ...always,
    alarm: text('its name'),
    StateValue: oneOf('the new state', 'OK', 'ALARM', 'INSUFFICIENT_DATA'),
    before: oneOf('the state until then', 'OK', 'ALARM', 'INSUFFICIENT_DATA'),
    reason: text('why, in AWS’s words'),
  }),
  ...events(
    'cloudwatch',
    { alarm: text('its name') },
    {
      AlarmPut: ['an alarm was made or changed'],
      AlarmDeleted: ['an alarm was deleted'],
      ActionStarted: ['an alarm acted', { action: text('the ARN of what it started') }],
    },
  ),
  entry('autoscaling/Scaled', 'a group wants another number of instances', {
    ...always,
    group: text('its name'),
    desired: number('instances wanted'),
    before: number('instances wanted until then'),
    reason: oneOf('why', 'asked', 'policy', 'bounds'),
    policy: text('the scaling policy that acted'),
    alarm: text('the alarm that raised it'),
  }),
  entry('autoscaling/ScalingHeld', 'a scaling policy was raised and changed nothing', {
    ...always,
    group: text('the group'),
    policy: text('the policy'),
    reason: oneOf('why', 'cooldown', 'warmup', 'bounds', 'enough', 'noInstances', 'disabled'),
  }),
  ...events(
    'autoscaling',
    { group: text('the group’s name') },
    {
      GroupCreated: ['a group was made'],
      GroupDeleted: ['a group is gone'],
      PolicyPut: ['a scaling policy was put', { policy: text('its name') }],
      PolicyDeleted: ['a scaling policy was deleted', { policy: text('its name') }],
      InstanceLaunched: ['an instance starts', { instance: text('its id'), zone: text('where') }],
      InstanceInService: ['an instance is at work', { instance: text('its id'), zone: text('where') }],
      InstanceTerminating: ['an instance is ending', { instance: text('its id'), zone: text('where') }],
      InstanceTerminated: ['an instance is gone', { instance: text('its id'), zone: text('where') }],
    },
  ),
  ...FUNCTION_EVENTS,
];

const access = [
  ...events(
    'iam',
    { user: text('the user’s name') },
    {
      UserCreated: ['a user was made'],
      UserDeleted: ['a user was deleted'],
      UserPolicyChanged: [
        'a user may more, or less, from now on',
        {
          policy: text('the name of an inline policy, the ARN of a managed one'),
          change: oneOf('what was done', 'put', 'deleted', 'attached', 'detached'),
        },
      ],
    },
  ),
  ...events(
    'kms',
    { key: text('the key’s id') },
    {
      KeyCreated: ['a key was made'],
      KeyStateChanged: [
        'a key was enabled, disabled, or is to be deleted',
        { state: oneOf('its new state', 'Enabled', 'Disabled', 'PendingDeletion') },
      ],
      KeyPolicyChanged: ['the policy of a key was changed'],
      KeyDeleted: ['a key is gone'],
    },
  ),
];

const you = events(
  'you',
  { about: text('what') },
  {
    Paused: ['you stopped the clock'],
    Stepped: ['you went to the next event'],
    LookedBack: ['you went to an earlier instant'],
    Forked: ['you began another course of events'],
    Compared: ['you compared two'],
    AskedWhy: ['you asked why'],
    Opened: ['you opened a pane or a page'],
  },
);

export const EVENTS: readonly Entry[] = [
  ...others,
  ...sqs,
  ...sns,
  ...kinesis,
  ...firehose,
  ...mq,
  ...app,
  ...fault,
  ...access,
  ...you,
];
