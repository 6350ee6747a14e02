/** The practice exam as text: papers, questions with their reasons, results. */
import type { ExamQuestion, ShowPlace } from './examBank.ts';
import { placeCommand, placeWords } from './examBank.ts';
import type { DeskView } from './examDesk.ts';
import { percentWords, type SittingResult } from './examProgress.ts';
import { type ExamResult, PASS_PERCENT, type Score } from './examResult.ts';
import type { ExamView } from './examRun.ts';
import type { BankQuestion, Fact } from './lesson.ts';
import { type QuestionView, questionView } from './questions.ts';

export const letterOf = (row: number): string => String.fromCharCode(65 + row);

const MODES = { practice: 'practice', timed: 'timed exam' } as const;
export const modeWords = (mode: keyof typeof MODES): string => MODES[mode];

/** `2 h 10 m`, `9 m 05 s`. */
export function timeWords(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (h > 0) return `${h} h ${m} m`;
  return m > 0 ? `${m} m ${s} s` : `${s} s`;
}

export const scoreWords = (score: Score): string => percentWords(score);

export const chooseWords = (choose: number): string =>
  choose > 1 ? `Choose ${['', '', 'two', 'three', 'four', 'five'][choose] ?? choose}.` : '';

/** What guide and AWS say where they differ, and which of them the exam wants. */
export const differsWords = ({ guide, today, exam }: NonNullable<BankQuestion['differs']>): string =>
  `Study guide: ${guide} Today: ${today} The exam wants ${exam === 'guide' ? 'the guide’s answer' : 'today’s answer'}.`;

/** Before it is answered: whose figures are meant. */
export const figuresWords = ({ exam }: NonNullable<BankQuestion['differs']>): string =>
  exam === 'guide'
    ? 'Answer by the study guide: AWS has changed this since.'
    : 'Answer by what AWS does today: the study guide is older.';

export function questionText(view: ExamView): string {
  const { question, index, of, differs, marked } = view;
  const rows = [
    `Question ${index + 1} of ${of}${marked ? ', marked' : ''}: ${question.ask} ${chooseWords(question.choose)}`.trim(),
  ];
  if (differs !== undefined && question.right === undefined) rows.push(`(${figuresWords(differs)})`);
  rows.push(...choiceLines(question));
  return rows.join('\n');
}

const choiceLines = ({ choices }: QuestionView): string[] =>
  choices.map(({ text, chosen }, row) => `  ${letterOf(row)}. ${text}${chosen ? '  (your answer)' : ''}`);

/** After it is answered: right or not, each reason, where it can be seen. */
export function reasonsText(view: ExamView, place: ShowPlace | undefined): string {
  const { question, facts, differs } = view;
  const verdict =
    question.right === true
      ? 'Right.'
      : question.choices.some(({ chosen }) => chosen)
        ? 'Not so.'
        : 'Not answered.';
  const lines = question.choices.map(
    ({ right, because }, row) =>
      `  ${letterOf(row)} is ${right === true ? 'right' : 'wrong'}: ${because ?? ''}`,
  );
  return [
    verdict,
    ...lines,
    ...(differs === undefined ? [] : [differsWords(differs)]),
    `Fact ${facts.join(', ')}. ${place === undefined ? 'No lesson shows it yet.' : `Seen in ${placeWords(place)}.`}`,
  ].join('\n');
}

export function resultText(result: ExamResult, facts: readonly Fact[]): string {
  const statement = (id: string): string => facts.find((fact) => fact.id === id)?.statement ?? '';
  const open = result.of - result.answered;
  const passed = result.passed ? 'passed' : 'not passed';
  return [
    `${scoreWords(result)}: ${passed} (${PASS_PERCENT}% passes)${open > 0 ? `; ${open} without an answer` : ''}`,
    ...result.services.map((each) => `  ${each.service}: ${scoreWords(each)}`),
    ...(result.missed.length === 0 ? [] : ['Missed:']),
    ...result.missed.map(({ fact }) => `  ${fact}  ${statement(fact)}`),
  ].join('\n');
}

export function deskText(view: DeskView): string {
  const { aside } = view;
  const lines = [
    `${view.questions} questions on ${view.facts} facts`,
    ...view.services.map((each) => `  ${each.service}: ${each.questions} questions on ${each.facts} facts`),
    view.missed === 0
      ? 'Nothing missed comes back.'
      : `${view.missed} missed ${view.missed === 1 ? 'fact comes' : 'facts come'} back, ${view.due} of them now`,
  ];
  if (aside !== undefined) {
    lines.push(`Put aside: ${modeWords(aside.mode)}, ${aside.answered} of ${aside.of} answered`);
  }
  if (view.results.length > 0) lines.push('Results, newest first:');
  lines.push(...view.results.slice(0, 10).map((each) => `  ${keptWords(each)}`));
  return lines.join('\n');
}

/** `2026-01-05 timed exam: 50 of 65 right, 76%, in 1 h 40 m`. */
const keptWords = (result: SittingResult): string =>
  `${result.when.slice(0, 10)} ${modeWords(result.mode)}: ${scoreWords(result)}, in ${timeWords(result.usedMs)}`;

/** A paper to print: questions by number, choices by letter, in the order of the seed. */
export function paperText(questions: readonly ExamQuestion[], seed: number): string {
  return questions
    .map(({ name, question }, index) => {
      const view = questionView(question, name, seed, undefined, false);
      const head = `${index + 1}. ${question.ask} ${chooseWords(view.choose)}`.trim();
      const note = question.differs === undefined ? [] : [`   (${figuresWords(question.differs)})`];
      return [head, ...note, ...choiceLines(view)].join('\n');
    })
    .join('\n\n');
}

/** The right letters and all reasons of such a paper. */
export function keyText(
  questions: readonly ExamQuestion[],
  seed: number,
  placeOf: (each: ExamQuestion) => ShowPlace | undefined,
): string {
  return questions
    .map((each, index) => {
      const view = questionView(each.question, each.name, seed, [], true);
      const right = view.choices.flatMap((choice, row) => (choice.right === true ? [letterOf(row)] : []));
      const lines = view.choices.map(({ because }, row) => `  ${letterOf(row)}: ${because ?? ''}`);
      const { differs, fact } = each.question;
      const place = placeOf(each);
      return [
        `${index + 1}. ${right.join(' ')}  (${fact})`,
        ...lines,
        ...(differs === undefined ? [] : [`  ${differsWords(differs)}`]),
        ...(place === undefined ? [] : [`  Seen in ${placeWords(place)}: ${placeCommand(place)}`]),
      ].join('\n');
    })
    .join('\n\n');
}
