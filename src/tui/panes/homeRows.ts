/** The panes of the home screen. */
import { cursorOf, type HomeRow, homeRows } from '../homeRows.ts';
import type { ExamCard, FactsCard, HomeView, LessonCard, Preview } from '../host.ts';
import { meter } from '../paint/bars.ts';
import { plain } from '../paint/plain.ts';
import { cursorRow, windowOf } from '../paint/rows.ts';
import { cut, padEnd, padStart, spread, width, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import { miniature } from '../stage/miniature.ts';
import type { UiState } from '../store.ts';
import { wrapped } from './shortened.ts';

export function learnRows(
  theme: Theme,
  view: HomeView,
  home: UiState['home'],
  columns: number,
  height: number,
): string[] {
  const rows = homeRows(view, home);
  const cursor = cursorOf(rows, home);
  const head =
    home.find === undefined
      ? ['']
      : [` ${theme.key('/')} ${theme.strong(plain(home.find))}${theme.on.sel(' ')}`];
  if (rows.length === 0) {
    return [
      ...head,
      '',
      ` ${theme.second('No lesson has these words.')}`,
      ` ${theme.key('esc')} ${theme.second('shows all')}`,
    ];
  }
  const room = height - head.length;
  const { first, end } = windowOf(rows.length, room, cursor, 0);
  const painted = rows
    .slice(first, end)
    .map((row, index) =>
      cursorRow(
        theme,
        learnRow(theme, row, first + index === cursor, columns - 2),
        first + index === cursor,
        columns,
      ),
    );
  return [...head, ...painted];
}

function learnRow(theme: Theme, row: HomeRow, chosen: boolean, columns: number): string {
  const { marks } = theme;
  switch (row.type) {
    case 'rule':
      return theme.faint(marks.idleLine.repeat(columns));
    case 'sandbox': {
      const worlds =
        row.worlds === 0 ? 'a world of your own' : `${row.worlds} ${row.worlds === 1 ? 'world' : 'worlds'}`;
      return spread(
        `${theme.faint(marks.right)} ${name(theme, 'Sandbox', chosen)}`,
        theme.second(worlds),
        columns,
        marks.more,
      );
    }
    case 'arena':
      return spread(
        `${theme.faint(marks.right)} ${name(theme, 'Arena', chosen)}`,
        theme.second(arenaWords(row.arena)),
        columns,
        marks.more,
      );
    case 'draw':
      return spread(
        `${theme.faint(marks.right)} ${name(theme, 'Drawing test', chosen)}`,
        theme.second('a picture, line by line'),
        columns,
        marks.more,
      );
    case 'exam': {
      const { due, aside, last } = row.exam;
      const words = due > 0 ? `${due} to ask again` : (aside ?? last ?? 'on every fact');
      const right = due > 0 ? theme.flight(words) : theme.second(words);
      return spread(
        `${theme.faint(marks.right)} ${name(theme, 'Practice exam', chosen)}`,
        right,
        columns,
        marks.more,
      );
    }
    case 'track': {
      const { track } = row;
      const done = track.lessons.filter((lesson) => lesson.state === 'done').length;
      const all = track.lessons.length;
      const whole = done === all && all > 0;
      const bar = meter(theme, {
        ratio: all === 0 ? 0 : done / all,
        width: 10,
        role: whole ? 'done' : 'visible',
      });
      const tick = whole ? theme.done(marks.done) : ' ';
      const figures = `${done > 0 ? theme.strong(String(done)) : theme.second('0')}${theme.second(`/${all}`)}`;
      const right = `${bar}  ${tick} ${padStart(figures, 5)}`;
      const left = `${theme.faint(row.open ? marks.down : marks.right)} ${name(theme, plain(track.title, { ascii: marks.ascii }), chosen || row.open)}`;
      return spread(left, right, columns, marks.more);
    }
    case 'lesson': {
      const mark = lessonMark(theme, row.lesson);
      const left = `  ${mark} ${name(theme, plain(row.lesson.title, { ascii: marks.ascii }), chosen)}`;
      const right = lessonState(theme, row.lesson);
      // The title is worth more than the minutes, which the card beside it says too.
      return width(left) + width(right) < columns
        ? spread(left, right, columns)
        : cut(left, columns, marks.more);
    }
  }
}

const arenaWords = ({ of, tried, mean }: HomeView['arena']): string =>
  tried === 0 ? `${of} designs to wire` : `${tried} of ${of} tried, mean ${mean}`;

const name = (theme: Theme, text: string, chosen: boolean): string => (chosen ? theme.strong(text) : text);

function lessonMark(theme: Theme, lesson: LessonCard): string {
  if (lesson.state === 'done') return theme.done(theme.marks.done);
  return lesson.state === 'begun' ? theme.flight(theme.marks.inFlight) : theme.second(theme.marks.open);
}

function lessonState(theme: Theme, lesson: LessonCard): string {
  if (lesson.state === 'begun' && lesson.step !== undefined) {
    return theme.flight(`step ${lesson.step.at}/${lesson.step.of}`);
  }
  return theme.second(`${lesson.minutes} min`);
}

/** What the cursor of the list stands on. */
export function chosenRow(view: HomeView, home: UiState['home']): HomeRow | undefined {
  const rows = homeRows(view, home);
  return rows[cursorOf(rows, home)];
}

export function cardTitle(row: HomeRow | undefined): { readonly title: string; readonly scope: string } {
  if (row?.type === 'lesson') return { title: row.lesson.title, scope: `${row.lesson.minutes} min` };
  if (row?.type === 'track') {
    const minutes = row.track.lessons.reduce((sum, lesson) => sum + lesson.minutes, 0);
    return { title: row.track.title, scope: `${row.track.lessons.length} lessons, ${minutes} min` };
  }
  if (row?.type === 'exam') return { title: 'Practice exam', scope: row.exam.last ?? '' };
  if (row?.type === 'arena') return { title: 'Arena', scope: arenaWords(row.arena) };
  if (row?.type === 'draw') return { title: 'Drawing test', scope: '' };
  return { title: 'Sandbox', scope: '' };
}

export function cardRows(
  theme: Theme,
  row: HomeRow | undefined,
  preview: Preview | undefined,
  columns: number,
  height: number,
): string[] {
  if (row?.type === 'lesson') return lessonCard(theme, row.lesson, preview, columns, height);
  if (row?.type === 'track') return trackCard(theme, row, columns, height);
  if (row?.type === 'exam') return examCard(theme, row.exam, columns, height);
  if (row?.type === 'arena') return proseCard(theme, ARENA_WORDS, columns, height);
  if (row?.type === 'draw') return proseCard(theme, DRAW_WORDS, columns, height);
  return proseCard(theme, SANDBOX_WORDS, columns, height);
}

const DRAW_WORDS =
  'A picture is sent line by line through a queue, a topic or a stream, and drawn again in the order of arrival. You see what comes late, twice, or elsewhere, and why.';
const ARENA_WORDS =
  'A requirement: a story, a load, and what matters. You wire a design; the load comes, and a score card says what was lost, late, out of order or refused, and what it cost. A reference design stands beside it.';
const SANDBOX_WORDS =
  'A world of your own: queues, apps that send and take, and a clock that you hold. Type any AWS command, or make things from a form.';

function proseCard(theme: Theme, words: string, columns: number, height: number): string[] {
  const text = wrap(words, Math.min(74, columns - 2));
  return [
    '',
    ...text.map((line) => ` ${line}`),
    '',
    ` ${theme.key(theme.marks.enter)} ${theme.second('opens it')}`,
  ].slice(0, height);
}

function examCard(theme: Theme, exam: ExamCard, columns: number, height: number): string[] {
  const { due, missed, aside, last } = exam;
  const prose = (text: string): string[] => wrap(text, Math.min(74, columns - 2)).map((line) => ` ${line}`);
  const facts = missed === 1 ? 'fact comes' : 'facts come';
  const known = [
    ...(aside === undefined ? [] : [`A paper lies open: ${aside}.`]),
    ...(missed === 0 ? [] : [`${missed} missed ${facts} back, ${due} of them now.`]),
    ...(last === undefined ? [] : [`Last result: ${last}.`]),
  ];
  return [
    '',
    ...prose(
      'Questions in the style of the exam, on every fact of the guide: with the reasons at once, or 65 in 130 minutes with the reasons after. What you miss is asked again.',
    ),
    '',
    ...known.flatMap(prose),
    ...(known.length === 0 ? [] : ['']),
    ` ${theme.key(theme.marks.enter)} ${theme.second('opens it')}`,
  ].slice(0, height);
}

function trackCard(
  theme: Theme,
  row: Extract<HomeRow, { type: 'track' }>,
  columns: number,
  height: number,
): string[] {
  const rows = row.track.lessons.map((lesson) => {
    const question = theme.second(plain(lesson.question, { ascii: theme.marks.ascii, limit: 200 }));
    return cut(` ${lessonMark(theme, lesson)} ${question}`, columns, theme.marks.more);
  });
  return ['', ...rows].slice(0, height);
}

function lessonCard(
  theme: Theme,
  lesson: LessonCard,
  preview: Preview | undefined,
  columns: number,
  height: number,
): string[] {
  const ascii = theme.marks.ascii;
  const prose = Math.min(76, columns - 2);
  const question = wrap(plain(lesson.question, { ascii, limit: 300 }), prose).map(
    (line) => ` ${theme.strong(line)}`,
  );
  const facts = teachRows(theme, lesson, columns);
  const before = lesson.after.map((other, index) => {
    const label = theme.second(padEnd(index === 0 ? 'after' : '', 9));
    const mark = other.done ? theme.done(theme.marks.done) : theme.second(theme.marks.open);
    return cut(` ${label} ${mark} ${plain(other.title, { ascii, limit: 100 })}`, columns, theme.marks.more);
  });
  const step =
    lesson.state === 'begun' && lesson.step !== undefined
      ? [
          ` ${theme.key(theme.marks.enter)} ${theme.second(`goes on at step ${lesson.step.at} of ${lesson.step.of}`)}`,
        ]
      : [
          ` ${theme.key(theme.marks.enter)} ${theme.second(lesson.state === 'done' ? 'plays it again' : 'begins it')}`,
        ];
  const middle = [...facts, ...before].slice(0, Math.max(0, height - question.length - 4));
  const rows = ['', ...question, '', ...middle];
  const room = height - rows.length - 3;
  const picture = pictureOf(theme, preview, columns, room);
  if (picture.length > 0 && picture.length <= room) rows.push('', ...picture);
  if (height - rows.length >= 2) rows.push('');
  rows.push(...step);
  return rows.slice(0, height);
}

function teachRows(theme: Theme, lesson: LessonCard, columns: number): string[] {
  const { marks } = theme;
  const paint = (fact: LessonCard['teaches'][number]): string =>
    fact.proved ? theme.done(fact.id) : theme.visible(fact.id);
  const label = (index: number): string => theme.second(padEnd(index === 0 ? 'teaches' : '', 9));
  if (columns < 56) {
    if (lesson.teaches.length === 0) return [];
    return [cut(` ${label(0)} ${lesson.teaches.map(paint).join(' ')}`, columns, marks.more)];
  }
  return lesson.teaches.flatMap((fact, index) => {
    const text = wrapped(plain(fact.title, { ascii: marks.ascii, limit: 400 }), columns - 20, 2, marks.more);
    return text.map(
      (row, line) => ` ${label(index + line)} ${line === 0 ? padEnd(paint(fact), 7) : ' '.repeat(7)} ${row}`,
    );
  });
}

/** The lesson's own stage, small; where it begins with nothing, what every stage looks like. */
function pictureOf(
  theme: Theme,
  preview: Preview | undefined,
  columns: number,
  height: number,
): readonly string[] {
  if (preview !== undefined && preview.resources.length > 0) {
    const rows = miniature(theme, { width: columns - 2, height: Math.min(12, height) }, preview);
    return rows.map((row) => ` ${row}`);
  }
  return columns >= 58 ? usualStage(theme, columns) : [];
}

function usualStage(theme: Theme, columns: number): string[] {
  const { marks } = theme;
  const inner = 18;
  const wire = (mark: string, length: number): string => {
    const half = Math.floor((length - 1) / 2);
    return (
      theme.second(marks.line.repeat(half)) +
      mark +
      theme.second(marks.line.repeat(length - half - 2) + marks.right)
    );
  };
  const tray =
    theme.visible(marks.visible.repeat(7)) +
    theme.flight(marks.inFlight.repeat(2)) +
    theme.delayed(marks.delayed.repeat(2));
  const side = theme.second(marks.column);
  const length = columns >= 70 ? 12 : 7;
  const bar = meter(theme, { ratio: 0.45, width: columns >= 70 ? 9 : 5, role: 'flight' });
  const lead = ' web ';
  const left = `${lead}${wire(theme.visible(marks.visible), length)}`;
  const right = `${wire(theme.flight(marks.inFlight), length)} worker ${bar}`;
  const indent = ' '.repeat(width(left) + 1);
  const title = ` SQS ${theme.strong('orders')} `;
  const top =
    theme.second(marks.topLeft) +
    title +
    theme.second(marks.line.repeat(inner - width(title)) + marks.topRight);
  const bottom = theme.second(marks.bottomLeft + marks.line.repeat(inner) + marks.bottomRight);
  return [indent + top, `${left} ${side} ${padEnd(tray, inner - 1)}${side} ${right}`, indent + bottom];
}

export function continueRows(theme: Theme, view: HomeView, columns: number, height: number): string[] {
  const { marks } = theme;
  if (view.continues.length === 0) {
    return [
      ` ${theme.second('Nothing has been begun yet.')}`,
      ` ${theme.key(marks.enter)} ${theme.second('begins the lesson at the left')}`,
      ` ${theme.key('s')} ${theme.second('opens a world of your own')}`,
    ].slice(0, height);
  }
  return view.continues.slice(0, height).map((one, index) => {
    const mark = one.kind !== 'save' ? theme.flight(marks.inFlight) : theme.visible(marks.working);
    const title = plain(one.title, { ascii: marks.ascii, limit: 100 });
    const left = ` ${mark} ${index === 0 ? theme.strong(title) : title}${one.about === '' ? '' : theme.second(`, ${plain(one.about, { limit: 100 })}`)}`;
    return spread(left, theme.second(plain(one.when, { limit: 40 })), columns - 1, marks.more);
  });
}

export const provedCount = (facts: readonly FactsCard[]): number =>
  facts.reduce((sum, card) => sum + card.facts.filter((fact) => fact.state !== 'new').length, 0);
export const factCount = (facts: readonly FactsCard[]): number =>
  facts.reduce((sum, card) => sum + card.facts.length, 0);

export function factRows(
  theme: Theme,
  facts: readonly FactsCard[],
  columns: number,
  height: number,
): string[] {
  const { marks } = theme;
  const label = Math.max(0, ...facts.map((card) => width(card.service))) + 2;
  const room = columns - label - 9;
  const rows = facts.map((card) => {
    const squares = card.facts.slice(0, Math.max(4, room)).map((fact) => {
      if (fact.state === 'proved') return theme.done(marks.working);
      return fact.state === 'review' ? theme.flight(marks.slow) : theme.second(marks.idle);
    });
    const proved = card.facts.filter((fact) => fact.state !== 'new').length;
    const figures = `${proved > 0 ? theme.strong(String(proved)) : theme.second('0')}${theme.second(`/${card.facts.length}`)}`;
    return spread(
      ` ${theme.second(padEnd(plain(card.service), label))}${squares.join('')}`,
      padStart(figures, 6),
      columns - 1,
      marks.more,
    );
  });
  const legend = legendRow(theme, label + 1, columns);
  const airy = height >= rows.length + 4;
  const all = airy ? ['', ...rows, '', legend] : height > rows.length ? [...rows, legend] : rows;
  return all.slice(0, height);
}

function legendRow(theme: Theme, indent: number, columns: number): string {
  const { marks } = theme;
  const row = (gap: string, words: readonly [string, string, string]): string =>
    [
      `${theme.done(marks.working)} ${theme.second(words[0])}`,
      `${theme.flight(marks.slow)} ${theme.second(words[1])}`,
      theme.second(`${marks.idle} ${words[2]}`),
    ].join(gap);
  const long = ' '.repeat(indent) + row('   ', ['proved', 'review due', 'not met yet']);
  if (width(long) <= columns) return long;
  return ` ${row('  ', ['proved', 'review', 'not yet'])}`;
}
