/** Rules of EventBridge and of AWS IoT: the states and events that conditions may name. */
import {
  attributes,
  type Entry,
  entry,
  events,
  flag,
  list,
  number,
  object,
  size,
  span,
  text,
} from './vocabularyFields.ts';

const createdAtMs = span('when it was made, since the beginning of the world');

export const RULE_STATES: readonly Entry[] = [
  entry('bus/default', 'the event bus of EventBridge', {
    events: number('events that came'),
    matched: number('of these: those that some rule took'),
    unmatched: number('those that no rule took: they are gone'),
    refused: number('entries of put-events that were refused'),
    'newest.*': object('the event that came last: source, detail-type, detail …'),
  }),
  entry('rule/NAME', 'a rule of EventBridge', {
    ...attributes,
    matched: number('events it took, and times that its schedule ran'),
    invoked: number('events that targets took'),
    retried: number('tries that failed, and were followed by another'),
    failed: number('events that were given up'),
    deadLettered: number('of these: those in a dead-letter queue'),
    lost: number('of these: those that are gone'),
    waiting: number('events on their way to a target'),
    targets: list('targets: id, to, hands'),
    nextMs: span('until its schedule runs again'),
    trouble: text('why a target refused last: code and message'),
    createdAtMs,
  }),
  entry('iot/core', 'the message broker of AWS IoT', {
    published: number('messages published'),
    matched: number('of these: those that some rule took'),
    unmatched: number('those that no rule took'),
    newestTopic: text('the topic of the message that came last'),
  }),
  entry('iotrule/NAME', 'a topic rule of AWS IoT', {
    ...attributes,
    filter: text('the topic filter of FROM'),
    heard: number('messages whose topic fits'),
    matched: number('of these: those that WHERE let through'),
    done: number('actions that were done'),
    failed: number('actions that failed'),
    errorActions: number('error actions that were done'),
    lost: number('messages that an action lost, without an error action'),
    actions: list('actions: action, to'),
    trouble: text('why an action failed last: code and message'),
    createdAtMs,
  }),
];

const onItsWay = {
  messageId: text('the event’s id'),
  target: text('the target’s id'),
  to: text('ARN of the target'),
};

const busEvents = [
  ...events(
    'events',
    {},
    {
      EventReceived: [
        'an event came to the bus',
        {
          messageId: text('its id'),
          source: text('who tells: aws.s3'),
          detailType: text('what it is: Object Created'),
          rules: number('how many rules take it'),
          origin: text('what it happened to'),
        },
      ],
    },
  ),
  ...events(
    'events',
    { rule: text('the rule’s name') },
    {
      RulePut: ['a rule was made or changed'],
      RuleDeleted: ['a rule was deleted'],
      RuleStateChanged: ['a rule was enabled or disabled', { state: text('ENABLED or DISABLED') }],
      TargetPut: ['a rule got a target', { target: text('its id') }],
      TargetRemoved: ['a rule lost a target', { target: text('its id') }],
      EventMatched: [
        'a rule took an event, or its schedule ran',
        { messageId: text('the event’s id'), source: text('who tells') },
      ],
      TargetInvoked: [
        'a target took an event',
        { ...onItsWay, became: text('the id that the target gave it') },
      ],
      InvocationFailed: [
        'a target refused an event',
        {
          ...onItsWay,
          reason: text('the error'),
          attempt: number('which try it was'),
          again: flag('whether it is tried again'),
        },
      ],
      EventDeadLettered: [
        'an event that a target did not take lies in a dead-letter queue',
        { ...onItsWay, queue: text('ARN of the queue'), became: text('the id that the queue gave it') },
      ],
      EventLost: ['an event was given up, and is gone', { ...onItsWay, reason: text('the error') }],
    },
  ),
];

const ofAction = {
  messageId: text('the message’s id'),
  topic: text('where it was published'),
  action: text('firehose, kinesis, sqs …'),
  to: text('what it is done to'),
};

const iotEvents = [
  ...events(
    'iot',
    {},
    {
      MessagePublished: [
        'a message was published to the broker',
        {
          messageId: text('its id'),
          topic: text('where'),
          bytes: size('its payload'),
          rules: number('how many rules take it'),
        },
      ],
    },
  ),
  ...events(
    'iot',
    { rule: text('the rule’s name') },
    {
      RuleCreated: ['a topic rule was made'],
      RuleReplaced: ['a topic rule was replaced'],
      RuleDeleted: ['a topic rule was deleted'],
      RuleStateChanged: ['a topic rule was enabled or disabled', { disabled: flag('whether it rests') }],
      RuleMatched: [
        'a topic rule took a message',
        { messageId: text('the message’s id'), topic: text('where it was published') },
      ],
      ActionDone: [
        'an action of a rule was done',
        {
          ...ofAction,
          became: text('the id that it got there'),
          isErrorAction: flag('whether it is the error action'),
        },
      ],
      ActionFailed: [
        'an action of a rule failed',
        {
          ...ofAction,
          reason: text('the error'),
          attempt: number('which try it was'),
          again: flag('whether it is tried again'),
        },
      ],
      MessageLost: [
        'an action lost a message, and there is no error action',
        { ...ofAction, reason: text('the error') },
      ],
    },
  ),
];

export const RULE_EVENTS: readonly Entry[] = [...busEvents, ...iotEvents];
