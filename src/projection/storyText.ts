/** A story as lines of text, for the prompt and for scripts: at most 80 columns. */
import { exactInstant, later } from './figures.ts';
import { foldStory, receiversOf, type StoryRow, timesWord } from './storyFold.ts';
import type { Story, StoryItem, StoryNext } from './storyTypes.ts';

const COLUMNS = 80;
const PLACE_MAX = 20;
const BODY_MAX = 48;

export function storyText(story: Story): string {
  const { copies, items, lanes, next, now, messageId, missing, summary } = story;
  const first = copies.find((copy) => copy.messageId === messageId) ?? copies[0];
  const body = harmless((first?.body ?? '').slice(0, BODY_MAX));
  const short = new Map(copies.map((copy) => [copy.messageId, copy.messageId.slice(0, 4)]));
  const places = Math.min(PLACE_MAX, Math.max(3, ...lanes.map(({ name }) => name.length)));
  const lines = [`Story of ${messageId}${body === '' ? '' : `  ${body}`}`];
  if (missing !== undefined) lines.push(...wrapText(`Not whole: ${missing}.`, COLUMNS));
  lines.push('');
  let before: number | undefined;
  for (const row of foldStory(items, new Set())) {
    lines.push(...rowLines(row, { before, places, story, short: copies.length > 1 ? short : undefined }));
    before = row.type === 'item' ? row.item.at : row.items.at(-1)!.at;
  }
  lines.push(`${exactInstant(now)}  now`);
  if (next.length > 0) lines.push('', 'What can still happen', ...nextLines(next));
  if (summary.length > 0) lines.push('', 'In short', ...wrapText(summary.join(' '), COLUMNS - 2).map(indent));
  return lines.join('\n');
}

/** A body is anybody's text: on one line, and without what a terminal would obey. */
const harmless = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');

const indent = (line: string): string => `  ${line}`;

interface Around {
  readonly before: number | undefined;
  readonly places: number;
  readonly story: Story;
  readonly short: ReadonlyMap<string, string> | undefined;
}

function rowLines(row: StoryRow, around: Around): string[] {
  if (row.type === 'fold') {
    const who = receiversOf(row.items);
    return hung(' '.repeat(24 + around.places), `  the same ${timesWord(row.rounds)}: ${who}`);
  }
  const { item } = row;
  const since = around.before === undefined ? '' : later(item.at - around.before);
  const lane = around.story.lanes[item.lane]!;
  const lead = `${exactInstant(item.at).padEnd(12)} ${since.padStart(10)} ${lane.name.slice(0, around.places).padEnd(around.places)}`;
  return hung(lead, `  ${itemWords(item, around)}`);
}

function itemWords(item: StoryItem, { short, story }: Around): string {
  const id = short?.get(item.messageId);
  const goes = item.dead === true ? ', goes to' : ' to';
  const to = item.to === undefined ? '' : `${goes} ${story.lanes[item.to]!.name}`;
  const detail = item.detail === undefined ? '' : `, ${item.detail}`;
  return `${id === undefined ? '' : `${id} `}${item.words}${to}${detail}`;
}

/** A text behind a lead, going on below under itself. */
function hung(lead: string, text: string): string[] {
  const room = Math.max(20, COLUMNS - lead.length - 2);
  return wrapText(text.trimStart(), room).map(
    (line, index) => `${index === 0 ? lead : ' '.repeat(lead.length)}  ${line}`,
  );
}

function nextLines(next: readonly StoryNext[]): string[] {
  const places = Math.min(PLACE_MAX, Math.max(...next.map(({ where }) => where.length)));
  return next.flatMap(({ where, what, how, at }) => {
    const when = at === undefined ? '' : ` at ${exactInstant(at)}`;
    return hung(`  in ${where.slice(0, places).padEnd(places)}`, `${what}${when}: ${how}`);
  });
}

/** Breaks between words; a word longer than a line is cut into pieces. */
export function wrapText(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    for (let rest = word; ; ) {
      const room = line === '' ? columns : columns - line.length - 1;
      if (rest.length <= room) {
        line = line === '' ? rest : `${line} ${rest}`;
        break;
      }
      if (line !== '') {
        lines.push(line);
        line = '';
        continue;
      }
      lines.push(rest.slice(0, columns));
      rest = rest.slice(columns);
    }
  }
  return line === '' ? lines : [...lines, line];
}
