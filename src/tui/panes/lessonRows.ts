/** The Lesson pane: the steps, the text, what is still to do, and the keys that help. */
import type { LessonView, StepView, TodoView } from '../host.ts';
import { meter } from '../paint/bars.ts';
import { duration } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { cut, padEnd, width, wrap } from '../paint/text.ts';
import { makeTheme, type Theme } from '../paint/theme.ts';
import { blockRows, commandRows, hanging, inline } from './markdown.ts';

export interface LessonModel {
  readonly lesson: LessonView;
  readonly now: number;
  readonly scroll: number;
  /** The prompt has the keys: letters type. */
  readonly typing: boolean;
}

/** The column of a wide screen. */
export function lessonRows(theme: Theme, model: LessonModel, columns: number, height: number): string[] {
  const { lesson } = model;
  const keys = keyRows(theme, lesson, columns, model.typing);
  const room = height - keys.length;
  const body = bodyRows(theme, model, columns, room - 2);
  const rule = theme.faint(theme.marks.idleLine.repeat(columns));
  const steps = stepRows(theme, lesson.steps, columns);
  const allSteps = ['', ...steps, rule];
  const fits = allSteps.length + body.length + 1 <= room;
  const head = fits ? allSteps : [stepLine(theme, lesson, columns), rule];
  const shown = window(theme, body, room - head.length, model.scroll);
  const gap = Math.max(0, room - head.length - shown.length);
  return [...head, ...shown, ...Array.from({ length: gap }, () => ''), ...keys];
}

/** Two columns of the strip: the text gets what the side does not need. */
function stripColumns(
  theme: Theme,
  model: LessonModel,
  columns: number,
): { left: number; right: number; side: string[] } {
  const most = Math.min(40, Math.floor((columns - 3) * 0.46));
  const side = sideRows(theme, model, most);
  const key = keyLine(theme, model.lesson, most, model.typing);
  const right = Math.max(22, ...side.map(width), width(key));
  return { left: columns - 3 - right, right, side: [...side, key] };
}

/** The strip of a narrower screen: text at the left, what is still to do at the right. */
export function lessonStrip(theme: Theme, model: LessonModel, columns: number, height: number): string[] {
  const { left, side } = stripColumns(theme, model, columns);
  const key = side.at(-1) ?? '';
  if (side.length === 1) {
    const texts = window(theme, textRows(theme, model.lesson, columns), height - 1, model.scroll);
    while (texts.length < height - 1) texts.push('');
    return [...texts, key];
  }
  const texts = window(theme, textRows(theme, model.lesson, left), height, model.scroll);
  const all = side.slice(0, -1);
  const tight = all.length >= height ? sideRows(theme, model, columns - 3 - left, true) : all;
  const todo = tight.slice(0, Math.max(1, height - 1));
  while (todo.length < height - 1) todo.push('');
  const bar = theme.faint(theme.marks.lifeline);
  return Array.from(
    { length: height },
    (_, index) => `${padEnd(texts[index] ?? '', left)} ${bar} ${[...todo, key][index] ?? ''}`,
  );
}

const COLOURLESS = makeTheme({ depth: 'none' });

/** Rows the strip would like. */
export function stripHeight(lesson: LessonView, columns: number): number {
  const model: LessonModel = { lesson, now: 0, scroll: 0, typing: true };
  const { left, side } = stripColumns(COLOURLESS, model, columns);
  if (side.length === 1) return textRows(COLOURLESS, lesson, columns).length + 1;
  return Math.max(textRows(COLOURLESS, lesson, left).length, side.length);
}

const STATE_MARKS = { done: 'done', skipped: 'crumb', now: 'cursor', todo: 'open' } as const;

function stepRows(theme: Theme, steps: readonly StepView[], columns: number): string[] {
  return steps.map((step) => {
    const mark = theme.marks[STATE_MARKS[step.state]];
    const title = cut(
      plain(step.title, { ascii: theme.marks.ascii, limit: 80 }),
      columns - 2,
      theme.marks.more,
    );
    if (step.state === 'now') return `${theme.accent(mark)} ${theme.strong(title)}`;
    if (step.state === 'done') return `${theme.done(mark)} ${theme.second(title)}`;
    return theme.second(`${mark} ${title}`);
  });
}

/** All steps in one row of marks, where there is no room for their titles. */
function stepLine(theme: Theme, lesson: LessonView, columns: number): string {
  const marks = lesson.steps
    .map((step) => {
      const mark = theme.marks[STATE_MARKS[step.state]];
      return step.state === 'now'
        ? theme.accent(mark)
        : step.state === 'done'
          ? theme.done(mark)
          : theme.second(mark);
    })
    .join(' ');
  const title = plain(lesson.steps[lesson.stepIndex]?.title ?? '', { ascii: theme.marks.ascii, limit: 80 });
  const room = columns - width(marks) - 2;
  return room < 8 ? marks : `${marks}  ${theme.strong(cut(title, room, theme.marks.more))}`;
}

function bodyRows(theme: Theme, model: LessonModel, columns: number, room: number): string[] {
  const { lesson } = model;
  const rows = textRows(theme, lesson, columns);
  const side = sideRows(theme, model, columns);
  if (side.length === 0) return rows;
  // What was asked for last is seen at once, also where the text alone fills the room.
  if (isHelped(lesson) && rows.length + side.length + 1 > room)
    return [...sideRows(theme, model, columns, true), '', ...rows];
  return [...rows, '', ...side];
}

const isHelped = (lesson: LessonView): boolean =>
  lesson.hintsShown.length > 0 || (lesson.solution?.length ?? 0) > 0;

const FREE_PLAY =
  '**Free play.** The world is yours; the lesson waits at this step. When you come back, what happened here can count, or the world is put back.';

function textRows(theme: Theme, lesson: LessonView, columns: number): string[] {
  if (lesson.problem !== undefined) {
    const text = `This lesson has a mistake of its own: ${plain(lesson.problem, { limit: 400 })}`;
    return hanging(theme.flight(theme.marks.dead), 1, wrap(text, columns - 2));
  }
  if (lesson.freePlay) return wrap(inline(theme, FREE_PLAY), Math.min(76, columns));
  if (lesson.phase === 'review') return reviewRows(theme, lesson, columns);
  if (lesson.phase === 'reached') return reachedRows(theme, lesson, columns);
  const text = blockRows(theme, lesson.text, columns);
  if (lesson.phase !== 'spoiled') return text;
  const why = wrap(inline(theme, lesson.spoiled), columns - 2);
  const again = `${theme.second('Begin this step again with')} ${theme.key('r')}${theme.second('.')}`;
  return [...hanging(theme.bad(theme.marks.dead), 1, why), `  ${again}`, '', ...text];
}

function reviewRows(theme: Theme, lesson: LessonView, columns: number): string[] {
  const review = lesson.review ?? { index: 0, of: 1 };
  const text = `All steps are done. ${review.of === 1 ? 'One question' : `${review.of} questions`} on what you saw, as an exam would ask.`;
  return [
    ...wrap(text, Math.min(76, columns)),
    '',
    theme.second(`Question ${review.index + 1} of ${review.of}`),
  ];
}

function reachedRows(theme: Theme, lesson: LessonView, columns: number): string[] {
  const then =
    lesson.afterwards.length === 0
      ? ['This step is done.']
      : blockRows(theme, lesson.afterwards, columns - 2);
  const rows = hanging(theme.done(theme.marks.done), 1, then);
  rows.push(...becauseRows(theme, lesson, columns));
  for (const fact of lesson.proved) {
    const text = `${theme.visible(fact.id)} ${theme.second(plain(fact.statement, { limit: 300 }))}`;
    rows.push('', ...hanging(theme.done(theme.marks.working), 1, wrap(text, columns - 2)));
  }
  rows.push('', `${theme.key(theme.marks.enter)} ${theme.second('go on')}`);
  return rows;
}

/** What was predicted, and why it was right or wrong. */
function becauseRows(theme: Theme, lesson: LessonView, columns: number): string[] {
  const { question } = lesson;
  if (question?.right === undefined) return [];
  const rows: string[] = ['', theme.second(question.right ? 'As you predicted' : 'You predicted otherwise')];
  for (const choice of question.choices) {
    if (choice.right !== true && !choice.chosen) continue;
    const mark = choice.right === true ? theme.done(theme.marks.done) : theme.bad(theme.marks.dead);
    const text = `${theme.strong(inline(theme, choice.text))}. ${inline(theme, choice.because ?? '')}`;
    rows.push(...hanging(mark, 1, wrap(text, columns - 2)));
  }
  return rows;
}

/** What is still to do, then the help that was asked for; `helpFirst`: the newest help first. */
function sideRows(theme: Theme, model: LessonModel, columns: number, helpFirst = false): string[] {
  const { lesson } = model;
  if (lesson.freePlay || lesson.phase !== 'doing') return [];
  const parts: string[][] = [];
  if (lesson.todo.length > 0) {
    const todos = lesson.todo.flatMap((todo) => todoRows(theme, todo, model.now, columns));
    parts.push([theme.second('Still to do'), ...todos]);
  }
  lesson.hintsShown.forEach((hint, index) => {
    const title = theme.second(`Hint ${index + 1} of ${lesson.hintCount}`);
    parts.push([title, ...blockRows(theme, hint, columns)]);
  });
  const commands = lesson.solution ?? [];
  if (commands.length > 0) {
    const lines = commands.flatMap((line) => commandRows(theme, line, columns));
    parts.push([theme.second('Solution'), ...lines]);
  }
  if (helpFirst) parts.reverse();
  return parts.flatMap((part, index) => (index === 0 ? part : ['', ...part]));
}

function todoRows(theme: Theme, todo: TodoView, now: number, columns: number): string[] {
  const { marks } = theme;
  const mark = todo.met ? theme.done(marks.done) : theme.second(marks.open);
  const text = plain(todo.text, { ascii: marks.ascii, limit: 300 });
  const rows = wrap(text, columns - 2).map(
    (row, index) => `${index === 0 ? mark : ' '} ${todo.met ? theme.second(row) : row}`,
  );
  if (todo.met || todo.due === undefined || todo.due <= now) return rows;
  const whole = Math.max(1, todo.due - (todo.since ?? 0));
  const left = todo.due - now;
  const bar = meter(theme, { ratio: left / whole, width: Math.min(14, columns - 14), role: 'flight' });
  return [...rows, `  ${bar}  ${theme.flight(`in ${duration(left)}`)}`];
}

/** The part of a text that fits: blank rows give way first; where more follows, the last row says so. */
export function window(theme: Theme, all: readonly string[], height: number, scroll: number): string[] {
  const rows = all.length <= height ? all : all.filter((row) => row !== '');
  if (rows.length <= height) return [...rows];
  const first = Math.max(0, Math.min(scroll, rows.length - height + 1));
  const shown = rows.slice(first, first + height - 1);
  const left = rows.length - first - shown.length;
  shown.push(left > 0 ? theme.second(`${theme.marks.down} ${left} more, PgDn`) : (rows.at(-1) ?? ''));
  return shown;
}

function keysOf(lesson: LessonView): readonly (readonly [string, string])[] {
  if (lesson.freePlay) return [['p', 'back to the step']];
  if (lesson.phase === 'predict' || lesson.phase === 'review')
    return [
      ['p', 'free play'],
      ['r', 'reset step'],
      ['j', 'jump'],
    ];
  if (lesson.phase === 'reached')
    return [
      ['p', 'free play'],
      ['r', 'reset step'],
    ];
  if (lesson.phase === 'spoiled')
    return [
      ['r', 'reset step'],
      ['p', 'free play'],
    ];
  const left = lesson.hintsShown.length < lesson.hintCount;
  const hint: readonly (readonly [string, string])[] = left
    ? [['h', `hint ${lesson.hintsShown.length + 1}/${lesson.hintCount}`]]
    : [];
  return [...hint, ['s', 'solution'], ['p', 'free play'], ['r', 'reset step']];
}

/** While letters type, the keys work after Esc: the row says so. */
function keyRows(theme: Theme, lesson: LessonView, columns: number, typing: boolean): string[] {
  const rows: string[] = [];
  let row = typing ? `${theme.second('after')} ${theme.key('esc')}${theme.second(':')}` : '';
  for (const [key, says] of keysOf(lesson)) {
    const part = `${theme.key(key)} ${theme.second(says)}`;
    if (row !== '' && width(row) + 2 + width(part) > columns) {
      rows.push(row);
      row = '';
    }
    row += row === '' ? part : `  ${part}`;
  }
  return ['', ...rows, row];
}

function keyLine(theme: Theme, lesson: LessonView, columns: number, typing: boolean): string {
  const rows = keyRows(theme, lesson, columns, typing);
  return rows[1] ?? '';
}
