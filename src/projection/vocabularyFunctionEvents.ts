/** The events of Lambda and S3 that conditions may name. */
import { type Entry, events, flag, list, number, oneOf, size, span, text } from './vocabularyFields.ts';

export const FUNCTION_EVENTS: readonly Entry[] = [
  ...events(
    'lambda',
    { function: text('the function’s name') },
    {
      FunctionCreated: ['a function was made'],
      FunctionUpdated: ['a function was changed'],
      FunctionDeleted: ['a function is gone'],
      Invoked: [
        'a call of a function ended',
        {
          requestId: text('the call; the same for all tries of an event'),
          invocation: oneOf('how it was called', 'RequestResponse', 'Event', 'batch'),
          durationMs: span('how long it took'),
          records: number('what it was given: messages, records, or 1'),
          error: text('absent when it went well'),
        },
      ],
      Throttled: [
        'a function had no room for a call',
        { invocation: oneOf('how it was called', 'RequestResponse', 'Event', 'batch') },
      ],
      EventAccepted: ['an asynchronous event was accepted', { requestId: text('the event') }],
      RetryScheduled: [
        'an asynchronous event waits for another try',
        {
          requestId: text('the event'),
          attempt: number('which try it will be'),
          waitMs: span('until then'),
          reason: oneOf('why', 'error', 'throttled'),
        },
      ],
      EventDropped: [
        'an asynchronous event was given up',
        {
          requestId: text('the event'),
          attempts: number('how often it was tried'),
          reason: oneOf('why', 'RetriesExhausted', 'EventAgeExceeded'),
        },
      ],
      DestinationReached: [
        'the end of an event was told',
        { requestId: text('the event'), to: text('where') },
      ],
      DestinationFailed: [
        'the end of an event could not be told',
        { requestId: text('the event'), to: text('where'), reason: text('why') },
      ],
      MappingChanged: [
        'a mapping came into another state',
        { mapping: text('its UUID'), source: text('ARN of what it reads'), state: text('the new state') },
      ],
      MessagesFiltered: [
        'messages or records that no filter let through were deleted or passed over',
        { mapping: text('its UUID'), source: text('ARN of what it reads'), count: number('how many') },
      ],
      BatchEnded: [
        'a function is done with a batch',
        {
          mapping: text('its UUID'),
          source: text('ARN of what it reads'),
          records: number('how many it was given'),
          failed: number('how many of them come again'),
          shardId: text('the shard, of a stream'),
        },
      ],
      BatchRetryScheduled: [
        'records of a stream wait for another try, and their shard with them',
        {
          mapping: text('its UUID'),
          source: text('ARN of the stream'),
          shardId: text('the shard'),
          records: number('how many'),
          attempt: number('which call it will be'),
          waitMs: span('until then'),
          halved: flag('whether the batch was cut in two'),
        },
      ],
      BatchGivenUp: [
        'records of a stream were given up',
        {
          mapping: text('its UUID'),
          source: text('ARN of the stream'),
          shardId: text('the shard'),
          records: number('how many'),
          attempts: number('calls that had them'),
          reason: oneOf('why', 'RetryAttemptsExhausted', 'RecordAgeExceeded'),
        },
      ],
      WindowClosed: [
        'the last call of a tumbling window went well',
        {
          mapping: text('its UUID'),
          source: text('ARN of the stream'),
          shardId: text('the shard'),
          startMs: span('when the window began'),
          endMs: span('when it ended'),
          state: text('what the calls handed on, as JSON'),
          early: flag('whether the state grew too large'),
        },
      ],
    },
  ),
  ...events(
    's3',
    { bucket: text('the bucket’s name') },
    {
      BucketCreated: ['a bucket was made'],
      BucketDeleted: ['a bucket was deleted'],
      PolicyChanged: ['the policy of a bucket was set or taken away'],
      NotificationsChanged: ['whom a bucket tells was set', { count: number('how many rules') }],
      ObjectCreated: [
        'an object was written',
        {
          key: text('its name'),
          eventName: text('how: ObjectCreated:Put'),
          size: size('its size'),
          eTag: text('its MD5'),
          records: list('lines of a small text: what is in it'),
          messageId: text('ours: this write, for its story'),
        },
      ],
      ObjectRead: ['an object was read', { key: text('its name') }],
      ObjectDeleted: ['an object was deleted', { key: text('its name') }],
      NotificationSent: [
        'a notification reached its destination',
        {
          key: text('the object'),
          to: text('where'),
          eventName: text('of what'),
          messageId: text('ours: the write that it tells of'),
          became: text('the id under which a queue or topic took it'),
        },
      ],
      NotificationFailed: [
        'a notification was refused, and is gone',
        {
          key: text('the object'),
          to: text('where'),
          eventName: text('of what'),
          reason: text('why'),
          messageId: text('ours: the write that it tells of'),
        },
      ],
    },
  ),
];
