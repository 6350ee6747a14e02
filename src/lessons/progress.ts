/**
 * What a learner has done, as one portable JSON: steps done or skipped, facts proved, questions asked. Plain data;
 * who keeps the file gives the time of day.
 */
import { produce } from 'immer';
import * as z from 'zod';
import { formProblems } from '../projection/formProblems.ts';
import { arenaScoresFormat, mergeScores } from './arenaProgress.ts';
import { examFormat, mergeExams, RESULTS_MAX, type Sitting, type SittingResult } from './examProgress.ts';

const VERSION = 1;
const ASKED_MAX = 100;

const time = z.iso.datetime();
const stepFormat = z.strictObject({ status: z.enum(['done', 'skipped']), when: time });
const lessonFormat = z.strictObject({
  steps: z.record(z.string().max(60), stepFormat),
  /** All steps done or skipped, and the review answered. */
  finished: time.optional(),
  /** The step to continue with. */
  at: z.string().max(60).optional(),
});
const askedFormat = z.strictObject({ question: z.string().max(160), right: z.boolean(), when: time });
const factFormat = z.strictObject({
  proved: z.strictObject({ step: z.string().max(160), when: time }).optional(),
  asked: z.array(askedFormat).max(ASKED_MAX * 2),
});
const progressFormat = z.strictObject({
  formatVersion: z.literal(VERSION),
  lessons: z.record(z.string().max(100), lessonFormat),
  facts: z.record(z.string().max(20), factFormat),
  /** Absent until the practice exam was opened. */
  exam: examFormat.optional(),
  /** Absent until a design was judged. */
  arena: arenaScoresFormat.optional(),
});

export type Progress = z.infer<typeof progressFormat>;
export type LessonProgress = z.infer<typeof lessonFormat>;
export type FactProgress = z.infer<typeof factFormat>;

export const noProgress = (): Progress => ({ formatVersion: VERSION, lessons: {}, facts: {} });

/** What the runner tells while a lesson is played. */
export type ProgressRecord =
  | {
      readonly type: 'step';
      readonly lesson: string;
      readonly step: string;
      readonly status: 'done' | 'skipped';
    }
  | { readonly type: 'at'; readonly lesson: string; readonly step: string }
  | { readonly type: 'proved'; readonly fact: string; readonly step: string }
  | { readonly type: 'asked'; readonly fact: string; readonly question: string; readonly right: boolean }
  | { readonly type: 'finished'; readonly lesson: string }
  /** The exam's paper as it lies now. */
  | { readonly type: 'sitting'; readonly sitting: Sitting | undefined }
  /** A design was judged; the best score is kept. */
  | { readonly type: 'arena'; readonly requirement: string; readonly score: number }
  /** A paper was handed in. */
  | { readonly type: 'sat'; readonly result: SittingResult };

/** `when`: UTC milliseconds. Done is never undone by a later skip; the first time counts. */
export function record(progress: Progress, entry: ProgressRecord, when: number): Progress {
  const at = new Date(when).toISOString();
  return produce(progress, (draft) => {
    const lesson = (id: string): LessonProgress => {
      draft.lessons[id] ??= { steps: {} };
      return draft.lessons[id];
    };
    const fact = (id: string): FactProgress => {
      draft.facts[id] ??= { asked: [] };
      return draft.facts[id];
    };
    switch (entry.type) {
      case 'step': {
        const { steps } = lesson(entry.lesson);
        if (steps[entry.step]?.status === 'done') return;
        if (steps[entry.step]?.status === entry.status) return;
        steps[entry.step] = { status: entry.status, when: at };
        return;
      }
      case 'at':
        lesson(entry.lesson).at = entry.step;
        return;
      case 'proved':
        fact(entry.fact).proved ??= { step: entry.step, when: at };
        return;
      case 'asked': {
        const { asked } = fact(entry.fact);
        asked.push({ question: entry.question, right: entry.right, when: at });
        if (asked.length > ASKED_MAX) asked.splice(0, asked.length - ASKED_MAX);
        return;
      }
      case 'finished':
        lesson(entry.lesson).finished ??= at;
        delete lesson(entry.lesson).at;
        return;
      case 'sitting':
        draft.exam ??= { results: [] };
        if (entry.sitting === undefined) delete draft.exam.sitting;
        else draft.exam.sitting = entry.sitting;
        return;
      case 'arena': {
        const { requirement, score } = entry;
        draft.arena = mergeScores(draft.arena, { [requirement]: { score, when: at } }) ?? {};
        return;
      }
      case 'sat':
        draft.exam = { results: [...(draft.exam?.results ?? []), entry.result].slice(-RESULTS_MAX) };
    }
  });
}

/** Forgets one lesson, or everything; facts proved and asked stay unless everything goes. */
export function forget(progress: Progress, lesson?: string): Progress {
  if (lesson === undefined) return noProgress();
  return produce(progress, (draft) => {
    delete draft.lessons[lesson];
  });
}

const earlier = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined ? b : b === undefined || a <= b ? a : b;

/** Both together: done beats skipped, the earlier time counts, no answer counts twice. */
export function merge(mine: Progress, other: Progress): Progress {
  return produce(mine, (draft) => {
    for (const [id, theirs] of Object.entries(other.lessons)) {
      draft.lessons[id] ??= { steps: {} };
      const ours = draft.lessons[id];
      for (const [step, entry] of Object.entries(theirs.steps))
        ours.steps[step] = better(ours.steps[step], entry);
      const finished = earlier(ours.finished, theirs.finished);
      if (finished !== undefined) ours.finished = finished;
      if (ours.at === undefined && theirs.at !== undefined) ours.at = theirs.at;
    }
    for (const [id, theirs] of Object.entries(other.facts)) {
      draft.facts[id] ??= { asked: [] };
      const ours = draft.facts[id];
      const proved = [ours.proved, theirs.proved].filter((each) => each !== undefined);
      proved.sort((a, b) => (a.when < b.when ? -1 : 1));
      if (proved[0] !== undefined) ours.proved = { ...proved[0] };
      const known = new Set(ours.asked.map((each) => `${each.when} ${each.question}`));
      const added = theirs.asked.filter((each) => !known.has(`${each.when} ${each.question}`));
      ours.asked = [...ours.asked, ...added].sort((a, b) => (a.when < b.when ? -1 : 1)).slice(-ASKED_MAX);
    }
    const exam = mergeExams(mine.exam, other.exam);
    if (exam !== undefined) draft.exam = exam;
    const arena = mergeScores(mine.arena, other.arena);
    if (arena !== undefined) draft.arena = arena;
  });
}

type StepProgress = z.infer<typeof stepFormat>;

function better(ours: StepProgress | undefined, theirs: StepProgress): StepProgress {
  if (ours === undefined) return { ...theirs };
  if (ours.status !== theirs.status) return ours.status === 'done' ? ours : { ...theirs };
  return ours.when <= theirs.when ? ours : { ...theirs };
}

export const progressText = (progress: Progress): string => `${JSON.stringify(progress, null, 1)}\n`;

export type ReadProgress =
  | { readonly ok: true; readonly progress: Progress }
  /** The file is not touched: it should be kept aside, and `why` shown. */
  | { readonly ok: false; readonly why: string };

/** Reads a progress file. What cannot be read is explained, never guessed at. */
export function readProgress(source: string): ReadProgress {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    return { ok: false, why: `It is no JSON: ${error instanceof Error ? error.message : 'unreadable'}.` };
  }
  const version =
    typeof value === 'object' && value !== null && 'formatVersion' in value ? value.formatVersion : undefined;
  if (typeof version === 'number' && version > VERSION) {
    return {
      ok: false,
      why: `It was written by a newer version of the program (format ${version}, this one reads ${VERSION}).`,
    };
  }
  const read = progressFormat.safeParse(value, { reportInput: true });
  if (read.success) return { ok: true, progress: read.data };
  const [first] = formProblems(read.error, value, ['formatVersion', 'lessons', 'facts', 'exam', 'arena']);
  return { ok: false, why: `${first!.member}: found ${first!.found}; ${first!.todo}.` };
}
