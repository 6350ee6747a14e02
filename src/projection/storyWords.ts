/** What each event means for the message it is about: where it leads, the state after it, and one sentence. */
import { span } from './figures.ts';
import type { EventView } from './snapshot.ts';
import { RULE_TELLERS } from './storyRuleWords.ts';
import { STREAM_TELLERS } from './storyStreamWords.ts';
import { type CopyBefore, numberOf, placeOfEndpoint, type Tell, type Told, textOf } from './storyTelling.ts';

const receives = (count: number): string => (count === 1 ? '1 receive' : `${count} receives`);

const queueOf = ({ fields }: EventView): string => `queue/${textOf(fields, 'queue')}`;
const topicOf = ({ fields }: EventView): string => `topic/${textOf(fields, 'topic')}`;

function backWords(event: EventView, before: CopyBefore): string {
  const reason = textOf(event.fields, 'reason');
  if (reason === 'delay') return 'visible: its delay is over';
  if (reason === 'changed') return `back: ${event.by} gave it back`;
  if (before.crashed && before.holder !== undefined) return `back: ${before.holder} crashed`;
  return before.timeoutMs === undefined
    ? 'back: its time ran out'
    : `back: its ${span(before.timeoutMs)} ran out`;
}

const TELLERS: Readonly<Record<string, Tell>> = {
  ...STREAM_TELLERS,
  ...RULE_TELLERS,
  'sqs/MessageSent': (event) => {
    const delayMs = numberOf(event.fields, 'delayMs');
    const place = queueOf(event);
    return {
      words: 'sent',
      ...(delayMs > 0 && { detail: `delayed ${span(delayMs)}` }),
      after: delayMs > 0 ? 'delayed' : 'visible',
      place,
      from: event.by,
      to: place,
    };
  },
  'sqs/MessageDeduplicated': (event) => ({
    words: 'sent again: a repeat, dropped',
    tone: 'quiet',
    place: queueOf(event),
    from: event.by,
  }),
  'sqs/MessageReceived': (event) => {
    const timeoutMs = numberOf(event.fields, 'timeoutMs');
    return {
      words: `received by ${event.by}`,
      detail: timeoutMs > 0 ? `hidden ${span(timeoutMs)}` : 'not hidden',
      after: timeoutMs > 0 ? 'inFlight' : 'visible',
      place: queueOf(event),
    };
  },
  'sqs/VisibilityChanged': (event) => {
    const timeoutMs = numberOf(event.fields, 'timeoutMs');
    return {
      words: `${event.by} sets its timeout`,
      detail: timeoutMs > 0 ? `hidden ${span(timeoutMs)} from here` : 'to 0: at once',
      after: timeoutMs > 0 ? 'inFlight' : 'visible',
      place: queueOf(event),
    };
  },
  'sqs/MessageVisible': (event, before) => ({
    words: backWords(event, before),
    after: 'visible',
    place: queueOf(event),
    ...(textOf(event.fields, 'reason') === 'timeout' && { tone: 'watch' }),
  }),
  'sqs/MessageDeleted': (event) =>
    event.fields.copyLeft === true
      ? {
          words: `deleted by ${event.by}, but a host missed it`,
          detail: 'the copy there comes back',
          tone: 'watch',
          place: queueOf(event),
        }
      : { words: `deleted by ${event.by}`, after: 'deleted', tone: 'good', place: queueOf(event) },
  'sqs/MessageExpired': (event) => ({
    words: 'expired: kept as long as its queue keeps messages',
    after: 'expired',
    tone: 'bad',
    place: queueOf(event),
  }),
  'sqs/MessageDeadLettered': (event) => ({
    words: `dead after ${receives(numberOf(event.fields, 'receiveCount'))}`,
    after: 'visible',
    tone: 'bad',
    place: queueOf(event),
    to: `queue/${textOf(event.fields, 'to')}`,
    dead: true,
  }),
  'sqs/MessageMoved': (event) => ({
    words: 'moved by a move task',
    after: 'moved',
    place: queueOf(event),
    to: `queue/${textOf(event.fields, 'to')}`,
  }),
  'sqs/QueuePurged': (event) => ({
    words: `gone: ${event.by} purged the queue`,
    after: 'gone',
    tone: 'bad',
    place: queueOf(event),
  }),
  'sqs/QueueDeleted': (event) => ({
    words: `gone: ${event.by} deleted the queue`,
    after: 'gone',
    tone: 'bad',
    place: queueOf(event),
  }),
  'app/Crashed': (event, before) => ({
    words: `${textOf(event.fields, 'worker') || event.by} crashed with it`,
    ...(before.state === 'inFlight' && { detail: 'still hidden' }),
    tone: 'bad',
    place: undefined,
  }),
  'app/EffectRepeated': (event) => ({
    words: `${textOf(event.fields, 'worker')} did its work again`,
    detail: 'the effect was there already',
    tone: 'watch',
    place: undefined,
  }),
  'sns/MessagePublished': (event) => ({
    words: 'published',
    after: 'passed',
    place: topicOf(event),
    from: event.by,
    to: topicOf(event),
  }),
  'sns/MessageDeduplicated': (event) => ({
    words: 'published again: a repeat, dropped',
    tone: 'quiet',
    place: topicOf(event),
  }),
  'sns/MessageDelivered': (event) => ({
    words: 'delivered',
    place: topicOf(event),
    to: placeOfEndpoint(textOf(event.fields, 'endpoint')),
  }),
  'sns/DeliveryFailed': (event) => ({
    words: `attempt ${numberOf(event.fields, 'attempt')} failed`,
    detail: textOf(event.fields, 'reason'),
    tone: 'watch',
    place: topicOf(event),
  }),
  'sns/MessageFilteredOut': (event) => ({
    words: `filtered out for ${textOf(event.fields, 'endpoint')}`,
    tone: 'quiet',
    place: topicOf(event),
  }),
  'sns/MessageDeadLettered': (event) => ({
    words: 'dead: its endpoint did not take it',
    tone: 'bad',
    place: topicOf(event),
  }),
  'sns/MessageLost': (event) => ({
    words: `lost for ${textOf(event.fields, 'endpoint')}`,
    tone: 'bad',
    place: topicOf(event),
  }),
};

/** Words for an event of any service: its own name, split. */
const named = (event: EventView): string =>
  event.type
    .replace(/^\w+\//, '')
    .replace(/[A-Z]/g, (letter, at: number) =>
      at === 0 ? letter.toLowerCase() : ` ${letter.toLowerCase()}`,
    );

/** The resource an event names, by the fields that the vocabulary uses. */
function placeOf({ fields }: EventView): string | undefined {
  for (const kind of ['queue', 'topic', 'stream', 'delivery', 'broker', 'bucket', 'app']) {
    const name = textOf(fields, kind);
    if (name !== '') return `${kind}/${name}`;
  }
  return undefined;
}

export function tellEvent(event: EventView, before: CopyBefore): Told {
  const tell = TELLERS[event.type];
  return tell === undefined
    ? { words: `${named(event)} by ${event.by}`, place: placeOf(event) }
    : tell(event, before);
}

const FRESH: CopyBefore = { state: undefined, holder: undefined, crashed: false, timeoutMs: undefined };

/** An event as one sentence by itself: "orders: a1f3 received by worker-1, hidden 30 s". */
export function sentenceOf(event: EventView, idOf: (messageId: string) => string): string {
  const answered = answeredWords(event);
  if (answered !== undefined) return answered;
  const told = tellEvent(event, FRESH);
  const id = textOf(event.fields, 'messageId');
  const place = told.place?.slice(told.place.indexOf('/') + 1);
  const where = place === undefined ? '' : `${place}: `;
  const by = told.from === undefined ? '' : ` by ${told.from}`;
  const detail = told.detail === undefined || told.detail === '' ? '' : `, ${told.detail}`;
  return `${where}${id === '' ? '' : `${idOf(id)} `}${told.words}${by}${detail}`;
}

function answeredWords(event: EventView): string | undefined {
  if (event.type !== 'api/Answered') return undefined;
  const error = textOf(event.fields, 'error');
  const end = error === '' ? 'answered' : `refused: ${error}`;
  return `${textOf(event.fields, 'operation')} by ${event.by} is ${end}`;
}
