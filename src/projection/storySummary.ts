/** A story in a few plain sentences. */
import { duration } from './figures.ts';
import type { Story, StoryCopy, StoryItem } from './storyTypes.ts';

type Told = Pick<Story, 'copies' | 'lanes' | 'items' | 'now'>;

export function summaryOf(told: Told): string[] {
  const { copies, items } = told;
  if (copies.length === 0) return [];
  const sentences: string[] = [];
  if (copies.length > 1) sentences.push(`It became ${copies.length} messages.`);
  for (const copy of copies) {
    const subject = copies.length === 1 ? 'It' : copy.messageId.slice(0, 4);
    const received = receivedWords(copy, subject);
    if (received !== '') sentences.push(received);
    sentences.push(
      `${copies.length === 1 && received === '' ? 'The message' : subject} ${endOf(copy, told)}.`,
    );
  }
  const crashes = items.filter(({ type }) => type === 'app/Crashed').length;
  if (crashes > 0) sentences.push(`${plural(crashes, 'worker')} crashed with it in hand.`);
  const again = items.filter(({ type }) => type === 'app/EffectRepeated').length;
  if (again > 0) sentences.push(`Its work was done ${timesOf(again + 1)}.`);
  return sentences;
}

const plural = (count: number, word: string): string => (count === 1 ? `One ${word}` : `${count} ${word}s`);

const timesOf = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);

function receivedWords(copy: StoryCopy, subject: string): string {
  const receives = Math.max(copy.receiveCount, copy.receivers.length);
  if (receives === 0) return '';
  const who = [...new Set(copy.receivers)];
  const by = who.length === 1 ? ` by ${who[0]}` : who.length > 1 ? ` by ${who.length} receivers` : '';
  return `${subject} was received ${timesOf(receives)}${by}.`;
}

function endOf(copy: StoryCopy, { lanes, now, items }: Told): string {
  const place = lanes[copy.lane]?.name ?? '';
  switch (copy.state) {
    case 'deleted':
      return `was deleted${byWhom(copy, items)}`;
    case 'expired':
      return `expired in ${place}`;
    case 'gone':
      return `is gone with what else was in ${place}`;
    case 'moved':
      return 'was moved, and goes on under a new id';
    case 'passed':
      return `was handed on by ${place}`;
    case 'lost':
      return 'was lost';
    case 'delayed':
      return `is delayed in ${place}`;
    case 'inFlight':
      return `is hidden in ${place}${copy.holder === undefined ? '' : `: ${copy.holder} has it`}`;
    default: {
      const since = now - copy.since;
      const how = copy.dead ? 'is dead and waits' : 'waits';
      return `${how} in ${place}${since >= 1000 ? `, for ${duration(since)} now` : ''}`;
    }
  }
}

function byWhom(copy: StoryCopy, items: readonly StoryItem[]): string {
  const last = items.findLast(({ messageId, after }) => messageId === copy.messageId && after === 'deleted');
  return last === undefined ? '' : ` by ${last.by}`;
}
