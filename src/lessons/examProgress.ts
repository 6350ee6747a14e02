/** What the progress file keeps of the practice exam: the paper that lies open, and the results of those handed in. */
import * as z from 'zod';

/** Newest kept. */
export const RESULTS_MAX = 100;
const QUESTIONS_MAX = 200;

const time = z.iso.datetime();
const name = z.string().max(160);
const count = z.int().min(0).max(1_000);

const sittingFormat = z.strictObject({
  /** `practice`: the reasons at once. `timed`: 130 minutes, the reasons after. */
  mode: z.enum(['practice', 'timed']),
  seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  begun: time,
  /** Wall milliseconds spent, without those in which the paper was put away. */
  usedMs: z.number().min(0),
  /** Names of questions, `exam/sqs#visibility`. */
  questions: z.array(name).min(1).max(QUESTIONS_MAX),
  /** Places of the chosen choices in the file, by question. */
  answers: z.record(name, z.array(z.int().min(0).max(5)).min(1).max(6)),
  /** Marked to come back to. */
  marked: z.array(name).max(QUESTIONS_MAX),
  /** The question one was at, from 0. */
  at: z.int().min(0).max(QUESTIONS_MAX),
});

const resultFormat = z.strictObject({
  mode: z.enum(['practice', 'timed']),
  when: time,
  usedMs: z.number().min(0),
  right: count,
  of: count,
  services: z.array(z.strictObject({ service: z.string().max(40), right: count, of: count })).max(20),
  /** Facts of which a question was missed. */
  missed: z.array(z.string().max(20)).max(QUESTIONS_MAX),
});

export const examFormat = z.strictObject({
  sitting: sittingFormat.optional(),
  results: z.array(resultFormat).max(RESULTS_MAX * 2),
});

export type Sitting = z.infer<typeof sittingFormat>;
export type SittingResult = z.infer<typeof resultFormat>;
export type ExamProgress = z.infer<typeof examFormat>;
export type ExamMode = Sitting['mode'];

/** `14 of 20 right, 70%`. */
export const percentWords = ({ right, of }: { readonly right: number; readonly of: number }): string =>
  `${right} of ${of} right, ${of === 0 ? 0 : Math.floor((right * 100) / of)}%`;

/** A paper put aside here stays; else the other file's is taken. No result counts twice. */
export function mergeExams(
  mine: ExamProgress | undefined,
  other: ExamProgress | undefined,
): ExamProgress | undefined {
  if (mine === undefined || other === undefined) return mine ?? other;
  const sitting = mine.sitting ?? other.sitting;
  const known = new Set(mine.results.map(key));
  const results = [...mine.results, ...other.results.filter((each) => !known.has(key(each)))]
    .sort((a, b) => (key(a) < key(b) ? -1 : 1))
    .slice(-RESULTS_MAX);
  return { results, ...(sitting === undefined ? {} : { sitting }) };
}

const key = ({ when, mode, right, of }: SittingResult): string => `${when} ${mode} ${right} ${of}`;
