/** `lessons list`: the course by tracks, with what has been done of it. */
import type { Course, CourseLesson } from './load.ts';
import type { Progress } from './progress.ts';

export interface ListedLesson {
  readonly id: string;
  readonly track: string;
  readonly number: number;
  readonly title: string;
  readonly question: string;
  readonly minutes: number;
  readonly kind: 'lesson' | 'lab';
  readonly requires: readonly string[];
  readonly steps: number;
  readonly done: number;
  readonly skipped: number;
  readonly state: 'new' | 'begun' | 'finished';
  readonly shows: readonly string[];
}

export function listLesson({ id, track, number, lesson }: CourseLesson, progress: Progress): ListedLesson {
  const known = progress.lessons[id];
  const statuses = lesson.steps.map((step) => known?.steps[step.id]?.status);
  const done = statuses.filter((status) => status === 'done').length;
  const skipped = statuses.filter((status) => status === 'skipped').length;
  const begun = done + skipped > 0 || known?.at !== undefined;
  const isFinished = known?.finished !== undefined;
  return {
    id,
    track,
    number,
    title: lesson.title,
    question: lesson.question,
    minutes: lesson.minutes,
    kind: lesson.kind ?? 'lesson',
    requires: lesson.requires ?? [],
    steps: lesson.steps.length,
    done,
    skipped,
    state: isFinished ? 'finished' : begun ? 'begun' : 'new',
    // What a failure case shows is its cause: nobody reads that beforehand.
    shows:
      lesson.kind === 'lab' && !isFinished
        ? []
        : [...new Set(lesson.steps.flatMap((step) => step.shows ?? []))],
  };
}

export const listCourse = (course: Course, progress: Progress): ListedLesson[] =>
  course.lessons.map((lesson) => listLesson(lesson, progress));

const MARKS: Readonly<Record<ListedLesson['state'], string>> = { new: ' ', begun: '~', finished: 'x' };

export function listText(course: Course, progress: Progress): string {
  const lessons = listCourse(course, progress);
  const lines: string[] = [course.title, ''];
  for (const track of course.tracks) {
    const inTrack = lessons.filter((lesson) => lesson.track === track.id);
    lines.push(inTrack.length === 0 ? `${track.title} (no lessons yet)` : track.title);
    for (const lesson of inTrack) {
      const done =
        lesson.state === 'begun' ? `, ${lesson.done + lesson.skipped} of ${lesson.steps} steps` : '';
      lines.push(`  [${MARKS[lesson.state]}] ${lesson.id}  ${lesson.title} (${lesson.minutes} min${done})`);
      lines.push(`      ${lesson.question}`);
    }
    lines.push('');
  }
  lines.push('[ ] new  [~] begun  [x] finished');
  const errors = course.problems.length;
  if (errors > 0)
    lines.push('', `${errors} problems keep parts of this course away: lessons check names them.`);
  return lines.join('\n');
}

export const listJson = (course: Course, progress: Progress): object => ({
  title: course.title,
  tracks: course.tracks,
  lessons: listCourse(course, progress),
  problems: course.problems,
});
