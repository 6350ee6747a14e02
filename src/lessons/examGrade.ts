/** Grades answers that were written down for a printed paper: `3 b d` is question 3, answers B and D. */
import type { ExamQuestion } from './examBank.ts';
import type { Sitting } from './examProgress.ts';
import { shuffled } from './questions.ts';

export type ReadAnswers =
  | { readonly ok: true; readonly answers: Sitting['answers'] }
  /** The line, from 1, and what is wrong with it. */
  | { readonly ok: false; readonly line: number; readonly why: string };

const LINE = /^(\d+)[.):]?\s*((?:[a-fA-F][\s,]*)*)$/u;

/** Letters stand for the choices in the order that the seed gives them. Empty lines and `#` comments are skipped. */
export function readAnswers(text: string, questions: readonly ExamQuestion[], seed: number): ReadAnswers {
  const answers: Sitting['answers'] = {};
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/#.*$/u, '').trim();
    if (line === '') continue;
    const wrong = (why: string): ReadAnswers => ({ ok: false, line: index + 1, why });
    const [, number, letters] = LINE.exec(line) ?? [];
    if (number === undefined || letters === undefined) {
      return wrong('write the number of the question and its letters, such as 3 b d');
    }
    const each = questions[Number(number) - 1];
    if (each === undefined) return wrong(`there is no question ${number}: the paper has ${questions.length}`);
    if (answers[each.name] !== undefined) return wrong(`question ${number} has an answer already`);
    const { choices } = each.question;
    const order = shuffled(choices.length, seed, each.name);
    const rows = [...letters.toLowerCase().replace(/[^a-f]/gu, '')].map(
      (letter) => letter.charCodeAt(0) - 97,
    );
    const places = [...new Set(rows)].map((row) => order[row]);
    if (places.length === 0) continue;
    const known = places.filter((place) => place !== undefined);
    if (known.length < places.length) {
      return wrong(`question ${number} has the answers A to ${String.fromCharCode(64 + choices.length)}`);
    }
    answers[each.name] = known;
  }
  return { ok: true, answers };
}
