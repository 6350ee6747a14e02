/** From the course, the player's progress and the saves to what the home screen shows. */
import { percentWords } from '../lessons/examProgress.ts';
import { dueNow, scheduled } from '../lessons/examSchedule.ts';
import { FACT_SERVICES, factService, factSheet } from '../lessons/factSheet.ts';
import { type ListedLesson, listLesson } from '../lessons/list.ts';
import type { CourseOutline } from '../lessons/outline.ts';
import type { LessonProgress, Progress } from '../lessons/progress.ts';
import type { ContinueCard, ExamCard, FactsCard, HomeView, LessonCard, SaveCard, TrackCard } from './host.ts';

/** A save as the folder lists it; without a time it is one of the gallery. */
export interface KeptWorld {
  readonly name: string;
  readonly about: string;
  /** UTC milliseconds. */
  readonly savedAt: number | undefined;
}

export interface HomeSources {
  readonly course: CourseOutline;
  readonly progress: Progress;
  readonly saves: readonly KeptWorld[];
  /** UTC milliseconds. */
  readonly now: number;
}

export function homeView(sources: HomeSources): HomeView {
  const { course, progress, saves, now } = sources;
  const listed = new Map(course.lessons.map((lesson) => [lesson.id, listLesson(lesson, progress)]));
  const tracks = course.tracks.flatMap((track): TrackCard[] => {
    const lessons = course.lessons.filter((lesson) => lesson.track === track.id);
    if (lessons.length === 0) return [];
    return [
      {
        id: track.id,
        title: track.title,
        lessons: lessons.map(({ id }) => cardOf(sources, listed, listed.get(id)!)),
      },
    ];
  });
  return {
    tracks,
    continues: continuesOf(sources, listed),
    facts: factsOf(sources),
    factSheet: factSheet(course, progress),
    exam: examOf(sources),
    arena: arenaOf(sources),
    saves: saves.map(
      (save): SaveCard => ({ name: save.name, about: save.about, when: ago(save.savedAt, now) }),
    ),
  };
}

const STATES = { new: 'new', begun: 'begun', finished: 'done' } as const;

function cardOf(
  { course, progress }: HomeSources,
  listed: ReadonlyMap<string, ListedLesson>,
  lesson: ListedLesson,
): LessonCard {
  const state = STATES[lesson.state];
  return {
    id: lesson.id,
    title: lesson.title,
    question: lesson.question,
    minutes: lesson.minutes,
    state,
    step: state === 'begun' ? { at: stepAt(course, progress, lesson), of: lesson.steps } : undefined,
    teaches: lesson.shows.map((id) => ({
      id,
      title: course.facts.find((fact) => fact.id === id)?.statement ?? '',
      proved: progress.facts[id]?.proved !== undefined,
    })),
    after: lesson.requires.flatMap((id) => {
      const before = listed.get(id);
      return before === undefined ? [] : [{ title: before.title, done: before.state === 'finished' }];
    }),
  };
}

/** The step to go on with, counted from 1. */
function stepAt(course: CourseOutline, progress: Progress, lesson: ListedLesson): number {
  const at = progress.lessons[lesson.id]?.at;
  const steps = course.lessons.find(({ id }) => id === lesson.id)?.lesson.steps ?? [];
  const index = steps.findIndex((step) => step.id === at);
  return index >= 0 ? index + 1 : Math.min(lesson.steps, lesson.done + lesson.skipped + 1);
}

function continuesOf(
  sources: HomeSources,
  listed: ReadonlyMap<string, ListedLesson>,
): readonly ContinueCard[] {
  const { course, progress, saves, now } = sources;
  const dated: (ContinueCard & { readonly at: number })[] = [];
  for (const lesson of listed.values()) {
    if (lesson.state !== 'begun') continue;
    const at = latest(progress.lessons[lesson.id]);
    const about = `step ${stepAt(course, progress, lesson)}`;
    dated.push({
      kind: 'lesson',
      id: lesson.id,
      title: lesson.title,
      about,
      when: ago(at, now),
      at: at ?? 0,
    });
  }
  const sitting = progress.exam?.sitting;
  if (sitting !== undefined) {
    const at = Date.parse(sitting.begun);
    const about = `question ${sitting.at + 1} of ${sitting.questions.length}`;
    dated.push({ kind: 'exam', id: 'exam', title: 'Practice exam', about, when: ago(at, now), at });
  }
  for (const save of saves) {
    if (save.savedAt === undefined) continue;
    dated.push({
      kind: 'save',
      id: save.name,
      title: save.name,
      about: save.about,
      when: ago(save.savedAt, now),
      at: save.savedAt,
    });
  }
  return dated.sort((a, b) => b.at - a.at).map(({ at: _at, ...card }) => card);
}

function examOf({ course, progress, now }: HomeSources): ExamCard {
  const back = scheduled(
    progress,
    course.facts.map(({ id }) => id),
  );
  const { sitting, results = [] } = progress.exam ?? {};
  const last = results.at(-1);
  const answered = Object.keys(sitting?.answers ?? {}).length;
  return {
    due: dueNow(back, now).length,
    missed: back.length,
    aside: sitting === undefined ? undefined : `${answered} of ${sitting.questions.length} answered`,
    last: last === undefined ? undefined : percentWords(last),
  };
}

function arenaOf({ course, progress }: HomeSources): HomeView['arena'] {
  const scores = course.arena.flatMap(({ id }) => progress.arena?.[id]?.score ?? []);
  const sum = scores.reduce((total, score) => total + score, 0);
  return {
    of: course.arena.length,
    tried: scores.length,
    mean: scores.length === 0 ? 0 : Math.round(sum / scores.length),
  };
}

function latest(lesson: LessonProgress | undefined): number | undefined {
  const times = Object.values(lesson?.steps ?? {}).map((step) => Date.parse(step.when));
  return times.length === 0 ? undefined : Math.max(...times);
}

function factsOf({ course, progress }: HomeSources): readonly FactsCard[] {
  const cards = new Map<string, { id: string; state: 'proved' | 'review' | 'new' }[]>();
  for (const { id, service } of course.facts) {
    const name = factService(service);
    const known = progress.facts[id];
    const missed = known?.asked.at(-1)?.right === false;
    // A question missed about what was never seen is no review: it is still to be met.
    const state = known?.proved === undefined ? 'new' : missed ? 'review' : 'proved';
    const card = cards.get(name) ?? [];
    card.push({ id, state });
    cards.set(name, card);
  }
  const rank = { proved: 0, review: 1, new: 2 };
  return FACT_SERVICES.flatMap((service) => {
    const facts = cards.get(service);
    return facts === undefined
      ? []
      : [{ service, facts: [...facts].sort((a, b) => rank[a.state] - rank[b.state]) }];
  });
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "2 hours ago", "yesterday"; nothing for what has no time. */
function ago(at: number | undefined, now: number): string {
  if (at === undefined) return '';
  const passed = Math.max(0, now - at);
  if (passed < MINUTE) return 'just now';
  if (passed < HOUR) return many(Math.floor(passed / MINUTE), 'minute');
  if (passed < DAY) return many(Math.floor(passed / HOUR), 'hour');
  if (passed < 2 * DAY) return 'yesterday';
  return many(Math.floor(passed / DAY), 'day');
}

const many = (value: number, unit: string): string => `${value} ${unit}${value === 1 ? '' : 's'} ago`;
