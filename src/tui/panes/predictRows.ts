/** A question before it is seen: the choices, the cursor, what is marked. */
import type { QuestionView } from '../../lessons/questions.ts';
import type { LessonView } from '../host.ts';
import { plain } from '../paint/plain.ts';
import { cut, padEnd, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import type { UiState } from '../store.ts';
import { inline } from './markdown.ts';

/** `columns` without padding: the cursor stands in the first one. */
export function predictRows(
  theme: Theme,
  lesson: LessonView,
  answer: UiState['answer'],
  columns: number,
  height: number,
): string[] {
  const { question } = lesson;
  if (question === undefined) return [];
  const ask = wrap(inline(theme, question.ask), Math.min(76, columns - 4)).map(
    (row) => `  ${theme.bold(row)}`,
  );
  const choices = question.choices.map((_, row) => choiceRows(theme, question, row, answer, columns));
  const keys = keyRow(theme, question);
  const rows = choices.flat().length + ask.length + 3;
  const tight = rows + choices.length > height;
  return [
    ...(tight ? [] : ['']),
    ...ask,
    ...(rows > height ? [] : ['']),
    ...choices.flatMap((one) => (tight ? one : [...one, ''])),
    ...(tight && rows <= height ? [''] : []),
    keys,
  ].map((row) => cut(row, columns, theme.marks.more));
}

function keyRow(theme: Theme, question: QuestionView): string {
  const enter = theme.key(theme.marks.enter);
  if (question.answered) {
    const verdict =
      question.right === true
        ? theme.done(`${theme.marks.done} right`)
        : theme.bad(`${theme.marks.dead} not so`);
    return `  ${verdict}   ${enter} ${theme.second('go on')}`;
  }
  const several = question.choose > 1 ? theme.second(`choose ${question.choose}, then `) : '';
  return `  ${several}${enter} ${theme.second('answers; time stands still until then')}`;
}

function choiceRows(
  theme: Theme,
  question: QuestionView,
  row: number,
  answer: UiState['answer'],
  columns: number,
): string[] {
  const { marks } = theme;
  const choice = question.choices[row];
  if (choice === undefined) return [];
  const room = Math.min(76, columns - 9);
  const letter = theme.key(String.fromCharCode(97 + row));
  const chosen = question.answered ? choice.chosen : answer.chosen.includes(row);
  const mark = chosen ? theme.accent(marks.chosen) : theme.second(marks.open);
  const text = wrap(inline(theme, plain(choice.text, { ascii: marks.ascii, limit: 400 })), room);
  if (question.answered) {
    const verdict =
      choice.right === true ? theme.done(marks.done) : choice.chosen ? theme.bad(marks.dead) : ' ';
    const because =
      choice.right === true || choice.chosen ? wrap(inline(theme, choice.because ?? ''), room) : [];
    return [
      ...text.map((line, index) =>
        index === 0 ? `  ${mark} ${letter} ${verdict} ${line}` : `        ${line}`,
      ),
      ...because.map((line) => `        ${theme.second(line)}`),
    ];
  }
  const here = answer.cursor === row;
  return text.map((line, index) => {
    const whole =
      index === 0
        ? ` ${mark} ${letter}  ${here ? theme.strong(line) : line}`
        : `      ${here ? theme.strong(line) : line}`;
    if (!here) return ` ${whole}`;
    return theme.on.sel((index === 0 ? theme.accent(marks.cursor) : ' ') + padEnd(whole, columns - 1));
  });
}
