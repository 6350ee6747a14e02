/** One sentence for each event: its mark, and what happened, with the message's id where it has one. */
import type { EventView } from '../../projection/snapshot.ts';
import { instantShort, span } from '../paint/figures.ts';
import type { Marks } from '../paint/marks.ts';
import { plain } from '../paint/plain.ts';
import type { Role, Theme } from '../paint/theme.ts';
import { DATABASE_WORDS } from './eventWordsDatabases.ts';
import { FLEET_WORDS } from './eventWordsFleet.ts';
import { STREAM_WORDS } from './eventWordsStreams.ts';

export interface EventLine {
  /** The resource it happened to, or who called. */
  readonly where: string;
  readonly mark: string;
  readonly role: Role;
  /** Painted. */
  readonly text: string;
  /** Without colour, for search and for plain lines. */
  readonly words: string;
}

type Fields = Readonly<Record<string, unknown>>;

const text = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' || typeof value === 'number' ? plain(String(value), { limit: 120 }) : '';
};
const number = (fields: Fields, name: string): number =>
  typeof fields[name] === 'number' ? fields[name] : 0;

const byWhom = (event: EventView): string => (event.by === '' ? '' : ` by ${plain(event.by, { limit: 40 })}`);

export interface Words {
  readonly mark: keyof Marks & string;
  readonly role: Role;
  /** `{id}` stands for the message. */
  readonly says: string;
}

const again = (count: number): string => (count > 1 ? `, the ${ordinal(count)} time` : '');

function ordinal(value: number): string {
  const tens = value % 100;
  const ending = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][value % 10] ?? 'th');
  return `${value}${ending}`;
}

const EMPTY_REASONS: Readonly<Record<string, string>> = {
  noMessages: 'there is nothing',
  inFlight: 'all there is is in flight',
  groupBlocked: 'the message groups are blocked',
  hostsNotAsked: 'it sits on hosts that were not asked',
  delay: 'all there is is still delayed',
};

const WORDS: Readonly<Record<string, (event: EventView) => Words>> = {
  'sqs/MessageSent': (event) => {
    const delay = number(event.fields, 'delayMs');
    return delay > 0
      ? { mark: 'delayed', role: 'delayed', says: `sent {id}${byWhom(event)}, delayed ${span(delay)}` }
      : { mark: 'visible', role: 'visible', says: `sent {id}${byWhom(event)}` };
  },
  'sqs/MessageDeduplicated': (event) => ({
    mark: 'open',
    role: 'second',
    says: `a duplicate of {id}${byWhom(event)}: dropped`,
  }),
  'sqs/MessageReceived': (event) => {
    const hidden = number(event.fields, 'timeoutMs');
    const until = hidden > 0 ? `, hidden to ${instantShort(event.at + hidden)}` : ', not hidden';
    return {
      mark: 'inFlight',
      role: 'flight',
      says: `received {id}${byWhom(event)}${again(number(event.fields, 'receiveCount'))}${until}`,
    };
  },
  'sqs/ReceiveEmpty': (event) => ({
    mark: 'open',
    role: 'second',
    says: `an empty receive${byWhom(event)}: ${EMPTY_REASONS[text(event.fields, 'reason')] ?? 'nothing came'}`,
  }),
  'sqs/Throttled': (event) => ({
    mark: 'dead',
    role: 'bad',
    says: `${text(event.fields, 'operation')} refused${byWhom(event)}: too many calls in this second`,
  }),
  'sqs/VisibilityChanged': (event) => ({
    mark: 'inFlight',
    role: 'flight',
    says: `{id} stays hidden to ${instantShort(event.at + number(event.fields, 'timeoutMs'))}${byWhom(event)}`,
  }),
  'sqs/MessageVisible': (event) => {
    const reason = text(event.fields, 'reason');
    const why =
      reason === 'delay' ? 'its delay is over' : reason === 'changed' ? 'made visible' : 'its time ran out';
    return {
      mark: 'visible',
      role: 'visible',
      says: `{id} is ${reason === 'delay' ? 'visible' : 'back'}: ${why}`,
    };
  },
  'sqs/MessageDeleted': (event) => ({
    mark: 'done',
    role: 'done',
    says: `{id} deleted${byWhom(event)}${event.fields.copyLeft === true ? '; one host missed it' : ''}`,
  }),
  'sqs/MessageExpired': () => ({ mark: 'dead', role: 'bad', says: '{id} expired: its retention ran out' }),
  'sqs/MessageDeadLettered': (event) => ({
    mark: 'dead',
    role: 'bad',
    says: `{id} moved to ${text(event.fields, 'to')}, received ${number(event.fields, 'receiveCount')}×`,
  }),
  'sqs/MessageMoved': (event) => ({
    mark: 'right',
    role: 'accent',
    says: `{id} moved to ${text(event.fields, 'to')} by a move task`,
  }),
  'sqs/QueueCreated': (event) => ({ mark: 'working', role: 'done', says: `queue created${byWhom(event)}` }),
  'sqs/QueueDeleted': (event) => ({ mark: 'idle', role: 'second', says: `queue deleted${byWhom(event)}` }),
  'sqs/QueuePurged': (event) => ({
    mark: 'idle',
    role: 'second',
    says: `purged${byWhom(event)}: ${number(event.fields, 'dropped')} messages gone`,
  }),
  'sqs/AttributesChanged': (event) => ({
    mark: 'working',
    role: 'second',
    says: `${listed(event.fields.attributes)} changed${byWhom(event)}`,
  }),
  'app/Started': () => ({ mark: 'right', role: 'accent', says: 'started' }),
  'app/Stopped': (event) => ({
    mark: 'idle',
    role: 'second',
    says: text(event.fields, 'reason') === 'count' ? 'stopped: it has done what it was made for' : 'stopped',
  }),
  'app/Crashed': (event) => {
    const worker = text(event.fields, 'worker');
    const held = text(event.fields, 'messageId') === '' ? '' : '; {id} stays in flight';
    return { mark: 'dead', role: 'bad', says: `${worker === '' ? 'crashed' : `${worker} crashed`}${held}` };
  },
  'app/EffectRepeated': (event) => ({
    mark: 'slow',
    role: 'flight',
    says: `${text(event.fields, 'worker')} did the work of {id} again`,
  }),
  'app/Refused': (event) => ({
    mark: 'refused',
    role: 'bad',
    says: `${text(event.fields, 'operation')} refused: ${text(event.fields, 'code')}`,
  }),
  ...FLEET_WORDS,
  ...DATABASE_WORDS,
  ...STREAM_WORDS,
  'you/Forked': () => ({ mark: 'right', role: 'accent', says: 'a fork begins here' }),
};

const listed = (value: unknown): string =>
  Array.isArray(value) ? plain(value.map(String).join(', '), { limit: 120 }) : 'attributes';

/** Undefined for what is no news: calls that were answered, and the player's own steps in time. */
export function eventLine(
  theme: Theme,
  event: EventView,
  idOf: (messageId: string) => string,
): EventLine | undefined {
  const words = WORDS[event.type]?.(event) ?? fallback(event);
  if (words === undefined) return undefined;
  const { fields } = event;
  const where =
    text(fields, 'queue') ||
    text(fields, 'app') ||
    text(fields, 'group') ||
    text(fields, 'stream') ||
    text(fields, 'delivery') ||
    text(fields, 'on') ||
    text(fields, 'service') ||
    event.by;
  const id = idOf(text(fields, 'messageId'));
  const mark = theme.marks[words.mark];
  const shown = plain(words.says, { ascii: theme.marks.ascii });
  return {
    where: plain(where, { ascii: theme.marks.ascii, limit: 60 }),
    mark: typeof mark === 'string' ? mark : '',
    role: words.role,
    text: shown.replace('{id}', theme.strong(id)),
    words: shown.replace('{id}', id),
  };
}

function fallback(event: EventView): Words | undefined {
  if (event.type === 'api/Answered') {
    const error = text(event.fields, 'error');
    if (error === '') return undefined;
    return {
      mark: 'refused',
      role: 'bad',
      says: `${text(event.fields, 'operation')}${byWhom(event)} refused: ${error}`,
    };
  }
  if (event.type.startsWith('you/') || event.type.startsWith('lesson/')) return undefined;
  const words = event.type.replace(/^\w+\//, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return { mark: 'dot', role: 'second', says: `${words.trim()}${byWhom(event)}` };
}
