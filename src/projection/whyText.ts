/** An explanation as lines of text, calm and within 80 columns; words only, no colour. */
import type { Why, WhyChange, WhyMark, WhyTable, WhyValue } from '../contract/why.ts';
import { instantWords, quantityWords, spanWords } from '../contract/whyWords.ts';
import type { Instant } from '../engine/units.ts';

const WHY_COLUMNS = 80;
const MARKS: Readonly<Record<WhyMark, string>> = {
  visible: '●',
  inFlight: '◐',
  delayed: '◌',
  dead: '✗',
  yes: '✓',
  no: '✗',
  working: '■',
  idle: '□',
};
const HELPS = { yes: '✓', maybe: '○', no: '✗' } as const;

export function whyText(why: Why): string {
  const lines = [
    ...wrapped(`Why? ${why.title}, at ${instantWords(why.at)}`, ''),
    '',
    ...wrapped(why.answer, ''),
    '',
    ...wrapped(why.rule.says, '  '),
    ...wrapped(sourceWords(why), '  '),
  ];
  const section = (more: readonly string[]): void => {
    if (more.length > 0) lines.push('', ...more);
  };
  section(valueLines(why.values));
  section(hostLines(why));
  section(why.table === undefined ? [] : tableLines(why.table));
  section(['When it changes', ...wrapped(changeWords(why.changes, why.at), '  ')]);
  section(why.remedies.length === 0 ? [] : ['What would help, and what would not', ...remedyLines(why)]);
  section(why.see === undefined ? [] : [`See also: why ${why.see.join(', why ')}`]);
  return lines.join('\n');
}

/** The page a rule stands on, and its name. */
export const sourceWords = ({ rule }: Why): string =>
  rule.page === 'msg-playground' ? `A rule of the playground (${rule.name})` : `${rule.page} (${rule.name})`;

/** In a sentence. */
export function changeWords(change: WhyChange, now: Instant): string {
  switch (change.by) {
    case 'time':
      return `${change.notBefore ? 'not before' : 'at'} ${instantWords(change.at)}, in ${spanWords(change.at - now)}: ${change.into}`;
    case 'chance':
      return change.of === 1
        ? `by chance, at any time: ${change.into}`
        : `by chance, ${change.ways} times in ${change.of}: ${change.into}`;
    case 'act':
      return `never by itself: ${change.into}`;
  }
}

/** When a row can change: an instant, or a word. */
export const rowChangeWords = (change: WhyTable['rows'][number]['change']): string =>
  typeof change === 'number' ? instantWords(change) : change;

export const valueWords = ({ is, against }: WhyValue): readonly [string, string] => [
  quantityWords(is),
  against === undefined ? '' : `${against.label} ${quantityWords(against.is)}`,
];

function valueLines(values: readonly WhyValue[]): string[] {
  const rows = values.map((value) => [value.label, ...valueWords(value)] as const);
  const labels = Math.min(36, Math.max(0, ...rows.map(([label]) => label.length)));
  const figures = Math.min(26, Math.max(0, ...rows.map(([, is]) => is.length)));
  return rows.flatMap(([label, is, against]) =>
    wrapped(
      `${label.padEnd(labels)}  ${against === '' ? is : `${is.padEnd(figures)}  ${against}`}`,
      '  ',
      labels + 2,
    ),
  );
}

function hostLines({ hosts }: Why): string[] {
  if (hosts === undefined) return [];
  return hosts.map(({ number, asked, messages, more }) => {
    const held = messages.map(({ mark, name }) => `${MARKS[mark]} ${name}`).join('  ');
    const all = messages.length === 0 ? 'empty' : held + (more > 0 ? `  and ${more} more` : '');
    return `  host ${number}  ${(asked ? 'asked' : 'not asked').padEnd(9)}  ${all}`;
  });
}

function tableLines({ heads, rows, more }: WhyTable): string[] {
  const cells = rows.map(
    ({ mark, name, state, reason, change }) =>
      [name, `${MARKS[mark]} ${state}`, reason, rowChangeWords(change)] as const,
  );
  const width = (index: 0 | 1 | 2): number =>
    Math.max(heads[index].length, ...cells.map((row) => row[index].length));
  const [names, states] = [Math.min(20, width(0)), Math.min(24, width(1))];
  const change = Math.max(heads[3].length, ...cells.map((row) => row[3].length));
  const reasons = Math.min(width(2), WHY_COLUMNS - 2 - names - states - change - 6);
  const line = (row: readonly [string, string, string, string]): string =>
    `  ${column(row[0], names)}  ${column(row[1], states)}  ${column(row[2], reasons)}  ${row[3]}`.trimEnd();
  return [line(heads), ...cells.map(line), ...(more > 0 ? [`  and ${more} more`] : [])];
}

const column = (text: string, columns: number): string =>
  text.length > columns ? `${text.slice(0, Math.max(1, columns - 1))}…` : text.padEnd(columns);

const remedyLines = ({ remedies }: Why): string[] =>
  remedies.flatMap(({ helps, text, line }) => [
    ...wrapped(`${HELPS[helps]} ${text}`, '  ', 2),
    ...(line === undefined ? [] : [`      $ ${line}`]),
  ]);

/** Words in lines of at most 80 columns; lines after the first stand `hang` columns further in. */
function wrapped(text: string, indent: string, hang = 0): string[] {
  const lines: string[] = [];
  let line = '';
  const room = (): number => WHY_COLUMNS - indent.length - (lines.length === 0 ? 0 : hang);
  for (const word of text.split(/ (?! )/u)) {
    if (line !== '' && line.length + 1 + word.length > room()) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((one, index) => {
    // A word that is too long for its place stands further to the left.
    const pushed = index === 0 ? 0 : Math.max(0, Math.min(hang, WHY_COLUMNS - indent.length - one.length));
    return (indent + ' '.repeat(pushed) + one).trimEnd();
  });
}
