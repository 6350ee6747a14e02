/** The events that conditions may name (lesson format, section 6). */
import { BROKER_EVENTS } from './vocabularyBrokerEvents.ts';
import { DATABASE_EVENTS } from './vocabularyDatabaseEvents.ts';
import {
  always,
  type Entry,
  entry,
  events,
  flag,
  list,
  number,
  object,
  oneOf,
  span,
  text,
} from './vocabularyFields.ts';
import { FUNCTION_EVENTS } from './vocabularyFunctionEvents.ts';
import { LOG_EVENTS } from './vocabularyLogEvents.ts';
import { MESSAGING_EVENTS } from './vocabularyMessagingEvents.ts';
import { RULE_EVENTS } from './vocabularyRules.ts';
import { STREAM_EVENTS } from './vocabularyStreamEvents.ts';

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
    WindowClosed: [
      'a Flink application is done with a window',
      {
        startMs: span('when the window began'),
        endMs: span('when it ended'),
        total: number('records counted'),
        keys: number('keys among them'),
        'counts.*': object('of the keys with the most, how many'),
      },
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
      NotificationsPut: [
        'a group tells a topic of its instances from now on',
        { topic: text('its ARN'), types: list('what it tells') },
      ],
      NotificationsDeleted: ['a group tells a topic nothing any more', { topic: text('its ARN') }],
      NotificationSent: [
        'a group told a topic of an instance',
        {
          topic: text('its ARN'),
          event: text('what: autoscaling:EC2_INSTANCE_LAUNCH'),
          instance: text('its id'),
          messageId: text('the activity that it tells of'),
          became: text('the id under which the topic took it'),
        },
      ],
      NotificationFailed: [
        'a topic refused what a group tells',
        {
          topic: text('its ARN'),
          event: text('what'),
          instance: text('its id'),
          messageId: text('the activity that it tells of'),
          reason: text('the code of the refusal'),
        },
      ],
      InstanceLaunched: ['an instance starts', { instance: text('its id'), zone: text('where') }],
      InstanceInService: ['an instance is at work', { instance: text('its id'), zone: text('where') }],
      InstanceTerminating: ['an instance is ending', { instance: text('its id'), zone: text('where') }],
      InstanceTerminated: ['an instance is gone', { instance: text('its id'), zone: text('where') }],
    },
  ),
  ...FUNCTION_EVENTS,
  ...LOG_EVENTS,
  ...DATABASE_EVENTS,
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
  ...MESSAGING_EVENTS,
  ...STREAM_EVENTS,
  ...BROKER_EVENTS,
  ...RULE_EVENTS,
  ...app,
  ...fault,
  ...access,
  ...you,
];
