/** Many learners' progress side by side: for an instructor. */
import { listLesson } from './list.ts';
import type { Course } from './load.ts';
import type { Progress } from './progress.ts';

export interface LearnerRow {
  readonly name: string;
  /** By track: lessons finished with no step skipped, and how many steps were solved of all. */
  readonly tracks: readonly {
    readonly id: string;
    readonly solved: number;
    readonly finished: number;
    readonly lessons: number;
  }[];
  readonly steps: { readonly done: number; readonly skipped: number; readonly of: number };
  readonly facts: { readonly proved: number; readonly of: number };
  /** Answers to questions about facts. */
  readonly answers: { readonly right: number; readonly of: number };
}

/** A skipped step counts as skipped only: a lesson with one is finished, and not solved. */
export function learnerRow(name: string, course: Course, progress: Progress): LearnerRow {
  const lessons = course.lessons.map((lesson) => listLesson(lesson, progress));
  const sum = (count: (lesson: (typeof lessons)[number]) => number): number =>
    lessons.reduce((total, lesson) => total + count(lesson), 0);
  const known = course.facts.flatMap(({ id }) => progress.facts[id] ?? []);
  const answers = known.flatMap(({ asked }) => asked);
  return {
    name,
    tracks: course.tracks.map(({ id }) => {
      const inTrack = lessons.filter(({ track }) => track === id);
      const finished = inTrack.filter(({ state }) => state === 'finished');
      return {
        id,
        solved: finished.filter(({ done, steps }) => done === steps).length,
        finished: finished.length,
        lessons: inTrack.length,
      };
    }),
    steps: {
      done: sum(({ done }) => done),
      skipped: sum(({ skipped }) => skipped),
      of: sum(({ steps }) => steps),
    },
    facts: { proved: known.filter(({ proved }) => proved !== undefined).length, of: course.facts.length },
    answers: { right: answers.filter(({ right }) => right).length, of: answers.length },
  };
}

/** A table with a line a learner: by track the lessons that were solved, then steps, facts and answers. */
export function learnersText(rows: readonly LearnerRow[]): string {
  const [first] = rows;
  if (first === undefined) return '';
  const head = ['learner', ...first.tracks.map(({ id }) => id), 'steps', 'skipped', 'facts', 'right'];
  const lines = rows.map(({ name, tracks, steps, facts, answers }) => [
    name,
    ...tracks.map(({ solved, lessons }) => `${solved}/${lessons}`),
    `${steps.done}/${steps.of}`,
    String(steps.skipped),
    `${facts.proved}/${facts.of}`,
    `${answers.right}/${answers.of}`,
  ]);
  const table = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...table.map((cells) => [...cells[column]!].length)));
  const drawn = table.map((cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  '),
  );
  return [
    ...drawn,
    '',
    'A track counts lessons in which every step was solved; what was skipped does not count.',
  ].join('\n');
}
