/** Requirements and judgements of the arena in words. */
import type { Judgement, Scored } from './arena.ts';
import type { FigureId } from './arenaFigures.ts';
import type { CourseArena, Requirement } from './arenaFormat.ts';

export const FIGURE_NAMES: Readonly<Record<FigureId, string>> = {
  loss: 'lost',
  twice: 'worked twice or for nothing',
  order: 'out of order',
  lag: 'lag, p95',
  throttling: 'refused as too fast',
  cost: 'cost of the run',
};

/** Where there is little room. */
export const FIGURE_SHORT: Readonly<Record<FigureId, string>> = {
  loss: 'lost',
  twice: 'done twice',
  order: 'out of order',
  lag: 'lag, p95',
  throttling: 'refused',
  cost: 'cost',
};

const dollars = (value: number): string =>
  `$${value < 0.01 ? Number(value.toPrecision(2)) : value.toFixed(2)}`;

export function valueWords(id: FigureId, value: number): string {
  if (id === 'cost') return dollars(value);
  if (id !== 'lag') return `${value}%`;
  return value < 1_000 ? `${value} ms` : `${Math.round(value / 100) / 10} s`;
}

export function arenaListText(
  arena: readonly CourseArena[],
  best: (id: string) => number | undefined,
): string {
  if (arena.length === 0)
    return 'This course has no requirements. Its author puts them into the folder arena.\n';
  const rows = arena.map(({ id, requirement }) => {
    const score = best(id);
    return `  ${id.padEnd(20)}${(score === undefined ? 'not tried' : `best ${score}`).padEnd(11)}${requirement.title}`;
  });
  return [
    'The arena: a requirement, a design of yours, and a load that tells.',
    '',
    ...rows,
    '',
    'msg-playground arena ID              what is asked',
    'msg-playground arena ID --run FILE   judges the design in FILE beside the reference',
    '',
  ].join('\n');
}

/** What a learner wires: `queue/in, topic/in or stream/in (a FIFO one: in.fifo)`. */
export function entryWords({ entry }: Requirement): string {
  const names = entry.map((kind) => `${kind}/in`);
  const last = names.at(-1) ?? '';
  const list = names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
  return entry.some((kind) => kind === 'queue' || kind === 'topic') ? `${list} (a FIFO one: in.fifo)` : list;
}

/** `shop: --rate 10/s --count 150 (key or group customer-{1..10})`, one for each part of the load. */
export const loadWords = ({ load }: Requirement): string[] =>
  load.map(({ name, flags, key }) => `${name}: ${flags}${key === undefined ? '' : ` (key or group ${key})`}`);

export const endWords = ({ ends }: Requirement): string[] =>
  ends.map(
    ({ at, work, count }) =>
      `${at}${count === undefined ? '' : `, ${count} messages`}${work === undefined ? '' : `, which works with ${work}`}`,
  );

export const heldWords = (held: number): string =>
  `${held} ${held === 1 ? 'message was' : 'messages were'} in the queues before the load came: what becomes of them counts as work for nothing. Purge the queues, or begin again.`;

export function requirementText(id: string, requirement: Requirement): string {
  const { title, story, matters, given, seconds, figures } = requirement;
  const aims = Object.entries(figures).flatMap(([name, figure]) =>
    figure === undefined
      ? []
      : [
          `  ${FIGURE_NAMES[name as FigureId].padEnd(28)}at most ${valueWords(name as FigureId, figure.target).padEnd(9)}weight ${figure.weight}`,
        ],
  );
  const list = (rows: readonly string[]): string[] => rows.map((row) => `  ${row}`);
  return [
    `# ${title} (${id})`,
    '',
    story,
    '',
    'What matters',
    ...list(matters),
    '',
    `The load goes to a resource that you name in: ${entryWords(requirement)}`,
    ...list(loadWords(requirement)),
    `It is judged ${seconds} s after it begins. It must end at`,
    ...list(endWords(requirement)),
    ...(given.length === 0 ? [] : ['', 'What is there already', ...list(given)]),
    '',
    'Figures',
    ...aims,
    '',
  ].join('\n');
}

/** `14.3 points lost`. */
export const lostWords = ({ points, weight }: Scored): string => {
  const lost = Math.round((weight - points) * 10) / 10;
  return `${lost} ${lost === 1 ? 'point' : 'points'} lost`;
};

const row = (mine: Scored, other: Scored | undefined): string => {
  const points = `${mine.points}/${mine.weight}`;
  const beside =
    other === undefined
      ? ''
      : `${valueWords(other.id, other.value).padEnd(11)}${`${other.points}/${other.weight}`.padEnd(11)}`;
  return `  ${FIGURE_NAMES[mine.id].padEnd(28)}${`at most ${valueWords(mine.id, mine.target)}`.padEnd(18)}${valueWords(mine.id, mine.value).padEnd(11)}${points.padEnd(11)}${beside}`.trimEnd();
};

/** `reference`: shown beside it, figure by figure. */
export function judgementText(judgement: Judgement, reference?: Judgement): string {
  if (!judgement.ok) return `Not judged. ${judgement.why}\n`;
  const other = reference?.ok === true ? reference : undefined;
  const lines = [
    `${judgement.total} of 100; the load went to ${judgement.entry}, ${judgement.arrived}% arrived`,
    ...(other === undefined ? [] : [`the reference design: ${other.total} of 100`]),
    ...(judgement.heldBefore === 0 ? [] : [heldWords(judgement.heldBefore)]),
    '',
    `  ${''.padEnd(28)}${'target'.padEnd(18)}${'yours'.padEnd(11)}${'points'.padEnd(11)}${other === undefined ? '' : 'reference'}`.trimEnd(),
  ];
  for (const figure of judgement.figures) {
    lines.push(
      row(
        figure,
        other?.figures.find(({ id }) => id === figure.id),
      ),
    );
    if (figure.points < figure.weight) lines.push(`    ${lostWords(figure)}: ${figure.why}`);
  }
  return `${lines.join('\n')}\n`;
}
