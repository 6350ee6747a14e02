/** A drawing in words: marks, counts and lines for a terminal that is not painted on, and JSON for scripts. */
import { type Arrival, type ArrivalKind, countsOf, type Drawing, drawnBy } from './drawing.ts';
import { PICTURES } from './drawingPictures.ts';
import { DRAWING_WAYS } from './drawingWays.ts';

/** Words of the marks; each kind has both. */
export const KIND_WORDS: Readonly<Record<ArrivalKind, string>> = {
  'in order': 'in order',
  late: 'out of order',
  twice: 'twice',
};

/** `7 in order, 4 out of order, 1 twice, 0 missing`. */
function countWords(drawing: Drawing, reader?: number, shown?: number): string {
  const { inOrder, late, twice, missing } = countsOf(drawing, reader, shown);
  const rest = drawing.way.shares && reader !== undefined ? 'drawn elsewhere' : 'missing';
  return `${inOrder} in order, ${late} out of order, ${twice} twice, ${missing} ${rest}`;
}

const arrivalText = ({ line, kind, atMs }: Arrival, text: string): string =>
  `${String(line).padStart(2)} ${KIND_WORDS[kind].padEnd(12)} ${(atMs / 1_000).toFixed(1).padStart(5)} s  |${text}`;

export function drawingText(drawing: Drawing): string {
  const { way, picture, seed } = drawing;
  const parts = [
    `# ${way.title}: ${picture.name}, ${picture.lines.length} lines, delivery ${way.delivery}, seed ${seed}`,
    '',
    ...picture.lines.map((line, index) => `${String(index + 1).padStart(2)} |${line}`),
  ];
  for (const [reader, name] of way.readers.entries()) {
    parts.push('', `# ${name} drew: ${countWords(drawing, reader)}`, '');
    for (const each of drawnBy(drawing, reader))
      parts.push(arrivalText(each, picture.lines[each.line - 1] ?? ''));
  }
  parts.push('', `# Together: ${countWords(drawing)}`, '', way.rule);
  return `${parts.join('\n')}\n`;
}

export const drawingJson = (drawing: Drawing): object => ({
  way: drawing.way.id,
  delivery: drawing.way.delivery,
  seed: drawing.seed,
  picture: drawing.picture,
  readers: drawing.way.readers.map((name, reader) => ({
    name,
    counts: countsOf(drawing, reader),
    arrivals: drawnBy(drawing, reader).map(({ atMs, line, kind }) => ({ atMs, line, kind })),
  })),
  counts: countsOf(drawing),
  rule: drawing.way.rule,
  script: drawing.script,
});

export function waysText(): string {
  const ways = DRAWING_WAYS.map(({ id, title, about }) => `  ${id.padEnd(18)}${title}. ${about}`);
  return [
    'The drawing test: a picture is sent line by line, and drawn again in the order of arrival.',
    '',
    ...ways,
    '',
    `pictures: ${PICTURES.map(({ name }) => name).join(', ')}, or a text file of your own with --file PATH`,
    `msg-playground draw ${DRAWING_WAYS[1]!.id} --picture cat --plain   draws one in lines; --seed N draws it otherwise`,
    '',
  ].join('\n');
}
