/** What a paper came to: by service, by fact, by question. */
import type { ExamQuestion } from './examBank.ts';
import type { Sitting, SittingResult } from './examProgress.ts';
import { FACT_SERVICES } from './factSheet.ts';
import { isRight } from './questions.ts';

/**
 * Right answers in a hundred that pass. SIMPLER THAN AWS: the real exam passes at 720 of 1,000 points, weighs its
 * questions, and does not count fifteen of them.
 */
export const PASS_PERCENT = 72;

export interface Score {
  readonly right: number;
  readonly of: number;
}

interface ServiceScore extends Score {
  readonly service: string;
}

interface FactScore extends Score {
  readonly fact: string;
}

export interface ExamResult extends Score {
  readonly answered: number;
  readonly passed: boolean;
  readonly services: readonly ServiceScore[];
  /** Facts of which a question was missed or left open, in the order of the paper. */
  readonly missed: readonly FactScore[];
}

export const percent = ({ right, of }: Score): number => (of === 0 ? 0 : Math.floor((right * 100) / of));
export const passes = (score: Score): boolean => score.of > 0 && percent(score) >= PASS_PERCENT;

/** Undefined: not answered. */
export function rightIn(sitting: Pick<Sitting, 'answers'>, each: ExamQuestion): boolean | undefined {
  const chosen = sitting.answers[each.name];
  return chosen === undefined ? undefined : isRight(each.question, chosen);
}

/** An open question counts as missed, as in the real exam. */
export function resultOf(questions: readonly ExamQuestion[], sitting: Pick<Sitting, 'answers'>): ExamResult {
  const score = (of: readonly ExamQuestion[]): Score => ({
    right: of.filter((each) => rightIn(sitting, each) === true).length,
    of: of.length,
  });
  const inPaper = new Set(questions.map(({ service }) => service));
  const services = FACT_SERVICES.filter((service) => inPaper.has(service));
  const facts = [...new Set(questions.map(({ question }) => question.fact))];
  const whole = score(questions);
  return {
    ...whole,
    answered: questions.filter((each) => sitting.answers[each.name] !== undefined).length,
    passed: passes(whole),
    services: services.map((service) => ({
      service,
      ...score(questions.filter((each) => each.service === service)),
    })),
    missed: facts
      .map((fact) => ({ fact, ...score(questions.filter(({ question }) => question.fact === fact)) }))
      .filter(({ right, of }) => right < of),
  };
}

/** As the progress file keeps it. `when`: UTC milliseconds. */
export function keptResult(
  { right, of, services, missed }: ExamResult,
  { mode, usedMs }: Pick<Sitting, 'mode' | 'usedMs'>,
  when: number,
): SittingResult {
  return {
    mode,
    when: new Date(when).toISOString(),
    usedMs: Math.round(usedMs),
    right,
    of,
    services: services.map((each) => ({ ...each })),
    missed: missed.map(({ fact }) => fact),
  };
}
