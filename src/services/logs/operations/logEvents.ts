/** Log events in and out. */
import {
  FilterLogEvents$,
  type FilterLogEventsRequest,
  GetLogEvents$,
  type GetLogEventsRequest,
  PutLogEvents$,
  type PutLogEventsRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import { GROUP, IDENTIFIER, logsOperation, NEXT_TOKEN, page, paged, STREAM, without } from '../define.ts';
import { invalidParameter, missing } from '../errors.ts';
import { AGE_MAX, AHEAD_MAX, BATCH, SPAN_MAX } from '../limits.ts';
import { eventId } from '../model.ts';
import { fits, readPattern } from '../rules/filterPattern.ts';
import { groupOf, streamOf } from '../rules/lookup.ts';
import { type GivenEvent, sizeOf, write } from '../rules/writing.ts';

export const putLogEvents = logsOperation<PutLogEventsRequest>(PutLogEvents$, {
  summary: 'Writes events into a log stream: each a time and a message.',
  members: {
    logGroupName: GROUP,
    logStreamName: STREAM,
    logEvents: {
      purpose: 'timestamp=MS,message=…; in the order of their times',
      min: 1,
      max: BATCH.events,
      unit: 'entries',
    },
    sequenceToken: { purpose: 'of old clients; not looked at' },
    entity: without('what the events are about', 'entities'),
  },
  handle(context, { logGroupName, logStreamName, logEvents = [] }) {
    const { state, now, caller } = context;
    const events = logEvents as readonly GivenEvent[];
    for (const [index, event] of events.entries()) {
      const lacking = (['timestamp', 'message'] as const).find((name) => event?.[name] === undefined);
      if (lacking !== undefined) throw missing(`logEvents.${index + 1}.member.${lacking}`);
    }
    const bytes = events.reduce((sum, event) => sum + sizeOf(event), 0);
    if (bytes > BATCH.bytes) {
      throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${BATCH.bytes}`);
    }
    if (events.some(({ timestamp }, index) => index > 0 && timestamp < events[index - 1]!.timestamp)) {
      throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.');
    }
    if ((events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0) > SPAN_MAX) {
      throw invalidParameter(
        'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
      );
    }
    const group = groupOf(context, logGroupName!);
    const stream = streamOf(group, logStreamName!);
    const utc = state.epoch + now;
    const from = events.findIndex(({ timestamp }) => timestamp >= utc - AGE_MAX);
    const first = from < 0 ? events.length : from;
    const to = events.findIndex(({ timestamp }) => timestamp > utc + AHEAD_MAX);
    const end = to < 0 ? events.length : to;
    const taken = events.slice(first, end);
    if (taken.length > 0) write(context, group, stream, taken, caller.by);
    const rejected = {
      ...(end < events.length && { tooNewLogEventStartIndex: end }),
      ...(first > 0 && { tooOldLogEventEndIndex: first }),
    };
    return {
      nextSequenceToken: `4${String(stream.put).padStart(55, '0')}`,
      ...(taken.length < events.length && { rejectedLogEventsInfo: rejected }),
    };
  },
});

const TOKEN = /^([fb])\/(\d{1,15})$/u;

export const getLogEvents = logsOperation<GetLogEventsRequest>(GetLogEvents$, {
  summary: 'Reads the events of a log stream.',
  members: {
    logGroupName: GROUP,
    logGroupIdentifier: IDENTIFIER,
    logStreamName: STREAM,
    startTime: { purpose: 'only events at or after this, in ms since 1970' },
    endTime: { purpose: 'only events before this' },
    nextToken: { purpose: 'f/… goes on, b/… goes back' },
    limit: { purpose: 'how many at most', min: 1, max: 10_000, default: 10_000, unit: 'entries' },
    startFromHead: { purpose: 'the oldest first page, not the newest' },
    unmask: without('what is masked', 'nothing is masked here'),
  },
  handle(context, input) {
    const { state } = context;
    const {
      logGroupName = '',
      logStreamName,
      startTime = 0,
      endTime,
      nextToken,
      startFromHead = false,
    } = input;
    const { limit = 10_000 } = input;
    const stream = streamOf(groupOf(context, logGroupName), logStreamName!);
    const until = endTime ?? Number.MAX_SAFE_INTEGER;
    const events = stream.events.filter(({ timestamp }) => timestamp >= startTime && timestamp < until);
    // Places are counted from the first event that was ever put, so that a token keeps its meaning.
    const gone = stream.put - stream.events.length;
    const [, way, place] = TOKEN.exec(nextToken ?? '') ?? [];
    if (nextToken !== undefined && way === undefined) {
      throw invalidParameter('The specified nextToken is invalid.');
    }
    const forward = way === 'f' || (way === undefined && startFromHead);
    const at = place === undefined ? (forward ? 0 : events.length) : Math.max(0, Number(place) - gone);
    const from = forward ? at : Math.max(0, at - limit);
    const to = forward ? Math.min(events.length, at + limit) : at;
    const shown = events.slice(from, to);
    return {
      events: shown.map(({ timestamp, message, ingested }) => ({
        timestamp,
        message,
        ingestionTime: state.epoch + ingested,
      })),
      nextForwardToken: `f/${Math.max(to, from) + gone}`,
      nextBackwardToken: `b/${from + gone}`,
    };
  },
});

/** SIMPLER THAN AWS: of the filter language, what subscription filters have here: words, phrases and minus words. */
export const filterLogEvents = logsOperation<FilterLogEventsRequest>(FilterLogEvents$, {
  summary: 'Finds events in all streams of a group, by their time and by words in them.',
  members: {
    logGroupName: GROUP,
    logGroupIdentifier: IDENTIFIER,
    logStreamNames: { purpose: 'only in these streams', min: 1, max: 100, unit: 'entries' },
    logStreamNamePrefix: { purpose: 'only in streams whose names begin so' },
    startTime: { purpose: 'only events at or after this, in ms since 1970' },
    endTime: { purpose: 'only events at or before this' },
    filterPattern: { purpose: 'words that the message must hold' },
    nextToken: NEXT_TOKEN,
    limit: { purpose: 'how many at most', min: 1, max: 10_000, default: 10_000, unit: 'entries' },
    interleaved: { purpose: 'of old clients; events always come in the order of their times' },
    startFromHead: without('the order', 'the oldest event comes first'),
    unmask: without('what is masked', 'nothing is masked here'),
  },
  pagination: paged('events'),
  handle(context, input) {
    const { state } = context;
    const { logGroupName = '', logStreamNames, logStreamNamePrefix: start = '', filterPattern = '' } = input;
    const { startTime = 0, endTime = Number.MAX_SAFE_INTEGER, nextToken, limit = 10_000 } = input;
    if (logStreamNames !== undefined && input.logStreamNamePrefix !== undefined) {
      throw invalidParameter('Only one of logStreamNames and logStreamNamePrefix can be specified.');
    }
    readPattern(filterPattern);
    const group = groupOf(context, logGroupName);
    const streams =
      logStreamNames?.map((name) => streamOf(group, name)) ??
      [...group.streams.values()].filter(({ name }) => name.startsWith(start));
    const found = streams
      .flatMap(({ name, events }) => events.map((event) => ({ name, event })))
      .filter(
        ({ event: { timestamp, message } }) =>
          timestamp >= startTime && timestamp <= endTime && fits(filterPattern, message),
      )
      .sort(
        (one, other) => one.event.timestamp - other.event.timestamp || one.event.number - other.event.number,
      );
    const { items, ...rest } = page(found, nextToken, limit);
    return {
      events: items.map(({ name, event }) => ({
        logStreamName: name,
        timestamp: event.timestamp,
        message: event.message,
        ingestionTime: state.epoch + event.ingested,
        eventId: eventId(event),
      })),
      searchedLogStreams: [],
      ...rest,
    };
  },
});
