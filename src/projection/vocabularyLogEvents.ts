/** The events of CloudWatch Logs that conditions may name. */
import { type Entry, events, number, size, text } from './vocabularyFields.ts';

const forwarded = {
  filter: text('the subscription filter’s name'),
  to: text('ARN of the destination'),
  count: number('how many events'),
};

export const LOG_EVENTS: readonly Entry[] = events(
  'logs',
  { group: text('the log group’s name') },
  {
    GroupCreated: ['a log group was made'],
    GroupDeleted: ['a log group was deleted'],
    StreamCreated: ['a log stream was made', { stream: text('its name') }],
    EventsPut: [
      'log events were written',
      { stream: text('the log stream'), count: number('how many'), bytes: size('as they are billed') },
    ],
    FilterPut: ['a subscription filter was made or changed', { filter: text('its name') }],
    FilterDeleted: ['a subscription filter was deleted', { filter: text('its name') }],
    EventsForwarded: ['a destination took log events', forwarded],
    ForwardFailed: [
      'a destination refused log events; they are tried again',
      { ...forwarded, reason: text('the error') },
    ],
    EventsLost: ['log events were given up', { ...forwarded, reason: text('the error') }],
  },
);
