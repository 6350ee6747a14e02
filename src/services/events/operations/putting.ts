/** Events of one's own, and trying a pattern. */
import {
  PutEvents$,
  type PutEventsRequest,
  type PutEventsRequestEntry,
  TestEventPattern$,
  type TestEventPatternRequest,
} from '@aws-sdk/client-eventbridge';
import { utf8Length } from '../../../contract/text.ts';
import { settingsOf } from '../../../contract/world.ts';
import { eventsOperation, without } from '../define.ts';
import { constraint, validation } from '../errors.ts';
import { PUT } from '../limits.ts';
import { BUS_NAME, busArn, busOf } from '../model.ts';
import type { Ctx } from '../rules/lookup.ts';
import { eventFacts, fits } from '../rules/pattern.ts';
import { receive } from '../rules/receiving.ts';

export const putEvents = eventsOperation<PutEventsRequest>(PutEvents$, {
  summary: 'Puts events of your own on the bus.',
  members: {
    Entries: {
      purpose: 'Source, DetailType, Detail as JSON text; up to ten',
      min: 1,
      max: PUT.entries,
      unit: 'entries',
    },
    EndpointId: without('a global endpoint', 'there is one region here'),
  },
  handle(context, { Entries = [] }) {
    if (Entries.length < 1 || Entries.length > PUT.entries) {
      throw constraint(
        '[]',
        'entries',
        `have length ${Entries.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${PUT.entries}`}`,
      );
    }
    const most = settingsOf(context).limits === 'study-guide' ? PUT.bytesOfGuide : PUT.bytes;
    const size = Entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (size > most) {
      throw validation('Total size of the entries in the request is over the limit.', {
        why: `They have ${size} bytes; ${most} are allowed.`,
      });
    }
    const answers = Entries.map((entry) => putOne(context, entry));
    const failed = answers.filter((answer) => 'ErrorCode' in answer).length;
    if (failed > 0) busOf(context.state, context.caller.account).counters.refused += failed;
    return { FailedEntryCount: failed, Entries: answers };
  },
});

/** EventBridge User Guide, Calculating Amazon EventBridge PutEvents event entry size. */
function sizeOf({
  Time,
  Source = '',
  DetailType = '',
  Detail = '',
  Resources = [],
}: PutEventsRequestEntry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return (Time === undefined ? 0 : 14) + texts.reduce((sum, text) => sum + utf8Length(text), 0);
}

type Answer = { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string };

const refused = (ErrorCode: string, ErrorMessage: string): Answer => ({ ErrorCode, ErrorMessage });
const lacks = (name: string): Answer =>
  refused('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);

function putOne(context: Ctx, entry: PutEventsRequestEntry): Answer {
  const { state, caller, now } = context;
  const { Source, DetailType, Detail, EventBusName, Resources = [], Time } = entry;
  if (!Source) return lacks('Source');
  if (!DetailType) return lacks('DetailType');
  if (!Detail) return lacks('Detail');
  if (Source.startsWith('aws.')) {
    return refused('NotAuthorizedForSourceException', `Not authorized for the source ${Source}.`);
  }
  const detail = objectIn(Detail);
  if (detail === undefined) return refused('MalformedDetail', 'Detail is malformed.');
  if (![undefined, BUS_NAME, busArn(state, caller.account)].includes(EventBusName)) {
    return refused('ResourceNotFoundException', `Event bus ${EventBusName} does not exist.`);
  }
  const time = Time === undefined ? state.epoch + now : utcOf(Time);
  if (!Number.isInteger(time) || Math.abs(time) > TIME_MAX) {
    return refused('InvalidArgument', 'Parameter Time is not valid. Reason: Time is not a timestamp.');
  }
  const { account, by } = caller;
  const told = { source: Source, detailType: DetailType, account, resources: Resources, detail, time };
  return { EventId: receive(context, told, by, `app/${by}`).id };
}

/** The farthest that a date can be from 1970, in milliseconds. */
const TIME_MAX = 8_640_000_000_000_000;

/** Clients give milliseconds, a date, or text. */
const utcOf = (given: number | string | Date): number =>
  Math.floor(typeof given === 'number' ? given : given instanceof Date ? given.getTime() : Date.parse(given));

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export const testEventPattern = eventsOperation<TestEventPatternRequest>(TestEventPattern$, {
  summary: 'Tries a pattern on an event.',
  members: {
    EventPattern: { purpose: 'the pattern, as JSON' },
    Event: { purpose: 'the whole event, as JSON: id, account, source, time, region, resources, detail-type' },
  },
  handle(_context, { EventPattern, Event }) {
    const event = objectIn(Event!);
    // UNSURE: the sentences.
    if (event === undefined)
      throw validation('Parameter Event is not valid. Reason: Event is not valid JSON.');
    const lacking = NEEDED.find((name) => !Object.hasOwn(event, name));
    if (lacking !== undefined) {
      throw validation(`Parameter Event is not valid. Reason: ${lacking} is a required field.`, {
        why: `An event has ${NEEDED.join(', ')}, and detail.`,
      });
    }
    return { Result: fits(EventPattern!, eventFacts(event)) };
  },
});

/** API Reference, TestEventPattern. */
const NEEDED = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];
