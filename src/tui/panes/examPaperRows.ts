/** A question of the practice exam, before and after its answer, and the marks of the whole paper. */
import type { ShowPlace } from '../../lessons/examBank.ts';
import { placeWords } from '../../lessons/examBank.ts';
import type { ExamView, PlaceState } from '../../lessons/examRun.ts';
import { chooseWords, differsWords, figuresWords } from '../../lessons/examText.ts';
import { plain } from '../paint/plain.ts';
import { cut, padEnd, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import type { UiState } from '../store.ts';
import { inline } from './markdown.ts';

const PROSE = 76;

export interface PaperModel {
  readonly view: ExamView;
  readonly answer: UiState['answer'];
  readonly scroll: number | undefined;
  /** Where the answer is seen, once it may be. */
  readonly place: ShowPlace | undefined;
  readonly statementOf: (fact: string) => string;
}

export interface PaperRows {
  readonly rows: readonly string[];
  /** Rows above and below what is shown. */
  readonly above: number;
  readonly below: number;
}

/** `columns` without padding: the cursor stands in the first one. */
export function paperRows(theme: Theme, model: PaperModel, columns: number, height: number): PaperRows {
  const airy = linesOf(theme, model, columns, true);
  const lines = airy.rows.length <= height ? airy : linesOf(theme, model, columns, false);
  const last = Math.max(0, lines.rows.length - height);
  const start = Math.min(last, model.scroll ?? following(lines, height, model));
  return {
    rows: lines.rows.slice(start, start + height).map((row) => cut(row, columns, theme.marks.more)),
    above: start,
    below: last - start,
  };
}

interface Lines {
  readonly rows: readonly string[];
  /** First row of each choice, and one after the last row. */
  readonly choices: readonly (readonly [number, number])[];
}

/** As little as brings the whole chosen answer into view. */
function following({ choices }: Lines, height: number, { answer }: PaperModel): number {
  const [from, end] = choices[answer.cursor] ?? [0, 0];
  return end <= height ? 0 : Math.min(from, end - height);
}

function linesOf(theme: Theme, model: PaperModel, columns: number, airy: boolean): Lines {
  const { view } = model;
  const { question, differs } = view;
  const prose = Math.min(PROSE, columns - 4);
  const text = (value: string, paint = theme.normal): string[] =>
    wrap(value, prose).map((row) => `  ${paint(row)}`);
  const rows: string[] = airy ? [''] : [];
  const gap = (): void => {
    if (airy) rows.push('');
  };
  if (question.right !== undefined) {
    rows.push(`  ${verdict(theme, view)}`);
    gap();
  }
  rows.push(
    ...text(inline(theme, plain(question.ask, { ascii: theme.marks.ascii, limit: 700 })), theme.bold),
  );
  if (question.choose > 1) rows.push(...text(chooseWords(question.choose), theme.second));
  if (differs !== undefined && question.right === undefined) {
    rows.push(...text(figuresWords(differs), theme.flight));
  }
  gap();
  const choices = question.choices.map((_, row): readonly [number, number] => {
    const from = rows.length;
    rows.push(...choiceRows(theme, model, row, columns));
    const end = rows.length;
    gap();
    return [from, end];
  });
  if (question.right !== undefined) rows.push(...afterRows(theme, model, prose));
  return { rows, choices };
}

function verdict(theme: Theme, { question }: ExamView): string {
  const { marks } = theme;
  if (question.right === true) return theme.done(`${marks.done} right`);
  const isOpen = !question.choices.some(({ chosen }) => chosen);
  return isOpen ? theme.bad(`${marks.open} not answered`) : theme.bad(`${marks.dead} not so`);
}

function choiceRows(theme: Theme, { view, answer }: PaperModel, row: number, columns: number): string[] {
  const { marks } = theme;
  const { question } = view;
  const choice = question.choices[row];
  if (choice === undefined) return [];
  const isShown = question.right !== undefined;
  const room = Math.min(PROSE, columns - 9);
  const letter = theme.key(String.fromCharCode(97 + row));
  const isChosen = isShown ? choice.chosen : answer.chosen.includes(row);
  const mark = isChosen ? theme.accent(marks.chosen) : theme.second(marks.open);
  const text = wrap(inline(theme, plain(choice.text, { ascii: marks.ascii, limit: 400 })), room);
  if (isShown) {
    const sign = choice.right === true ? theme.done(marks.done) : choice.chosen ? theme.bad(marks.dead) : ' ';
    const because = wrap(
      inline(theme, plain(choice.because ?? '', { ascii: marks.ascii, limit: 700 })),
      room,
    );
    return [
      ...text.map((line, index) => (index === 0 ? `  ${mark} ${letter} ${sign} ${line}` : `        ${line}`)),
      ...because.map((line) => `        ${theme.second(line)}`),
    ];
  }
  const here = answer.cursor === row;
  return text.map((line, index) => {
    const lead = index === 0 ? ` ${mark} ${letter}  ` : '      ';
    const whole = lead + (here ? theme.strong(line) : line);
    if (!here) return ` ${whole}`;
    return theme.on.sel((index === 0 ? theme.accent(marks.cursor) : ' ') + padEnd(whole, columns - 1));
  });
}

/** What differs today, the facts, and where the answer is seen. */
function afterRows(theme: Theme, { view, place, statementOf }: PaperModel, prose: number): string[] {
  const { marks } = theme;
  const rows: string[] = [];
  if (view.differs !== undefined) {
    rows.push(...wrap(differsWords(view.differs), prose).map((row) => `  ${theme.flight(row)}`));
  }
  for (const fact of view.facts) {
    const text = wrap(plain(statementOf(fact), { ascii: marks.ascii, limit: 400 }), prose - 9);
    rows.push(
      ...text.map(
        (row, index) => `  ${theme.visible(padEnd(index === 0 ? fact : '', 7))} ${theme.second(row)}`,
      ),
    );
  }
  const seen =
    place === undefined
      ? theme.second('No lesson shows it yet.')
      : `${theme.second(`seen in ${plain(placeWords(place), { ascii: marks.ascii })}  `)}${theme.key('s')} ${theme.second('opens it')}`;
  rows.push(...wrap(seen, prose).map((row) => `  ${row}`));
  return rows;
}

/** The mark of one question of the paper. */
function placeMark(theme: Theme, { state, marked }: ExamView['places'][number]): string {
  const { marks } = theme;
  if (marked && (state === 'open' || state === 'answered')) return theme.flight(marks.slow);
  const paints: Readonly<Record<PlaceState, string>> = {
    open: theme.second(marks.open),
    answered: theme.accent(marks.chosen),
    right: theme.done(marks.done),
    wrong: theme.bad(marks.dead),
  };
  return paints[state];
}

/** All marks in one row, the part round the present question where there is no room. */
export function stripRow(theme: Theme, { places, index }: ExamView, columns: number): string {
  const room = Math.max(1, columns - 4);
  const first = Math.max(0, Math.min(index - Math.floor(room / 2), places.length - room));
  const shown = places.slice(first, first + room).map((place, offset) => {
    const mark = placeMark(theme, place);
    return first + offset === index ? theme.on.sel(theme.bold(mark)) : mark;
  });
  return `  ${shown.join('')}`;
}

const TENS = 10;

/** The marks in rows of ten with the number of the first, and what they mean. */
export function placesRows(theme: Theme, view: ExamView, height: number): string[] {
  const { places, index } = view;
  const all: string[] = [];
  for (let first = 0; first < places.length; first += TENS) {
    const marks = places.slice(first, first + TENS).map((place, offset) => {
      const mark = placeMark(theme, place);
      return first + offset === index ? theme.on.sel(` ${mark}`) : ` ${mark}`;
    });
    all.push(` ${theme.second(String(first + 1).padStart(3))} ${marks.join('')}`);
  }
  const legend = legendRows(theme, view);
  const room = Math.max(1, height - legend.length - 2);
  const start = Math.max(0, Math.min(Math.floor(index / TENS) - Math.floor(room / 2), all.length - room));
  return ['', ...all.slice(start, start + room), '', ...legend].slice(0, height);
}

function legendRows(theme: Theme, { places }: ExamView): string[] {
  const { marks } = theme;
  const count = (state: PlaceState): number => places.filter((place) => place.state === state).length;
  const flags = places.filter(({ state, marked }) => marked && (state === 'open' || state === 'answered'));
  const entries: readonly (readonly [string, string, number])[] = [
    [theme.second(marks.open), 'open', count('open')],
    [theme.accent(marks.chosen), 'answered', count('answered')],
    [theme.done(marks.done), 'right', count('right')],
    [theme.bad(marks.dead), 'missed', count('wrong')],
    [theme.flight(marks.slow), 'flagged', flags.length],
  ];
  return entries
    .filter(([, , value]) => value > 0)
    .map(
      ([mark, word, value]) => ` ${theme.strong(String(value).padStart(3))}  ${mark} ${theme.second(word)}`,
    );
}
