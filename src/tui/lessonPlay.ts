/** From the lesson runner to what the screen shows and asks of a lesson. */
import { type Instant, milliseconds } from '../engine/units.ts';
import { type Course, lessonOf } from '../lessons/load.ts';
import type { LessonRunner } from '../lessons/runner.ts';
import type { RunnerView, StepSummary } from '../lessons/runnerView.ts';
import type { LessonWorlds } from '../lessons/worlds.ts';
import type { CompletedView, HomeView, LessonPlay, LessonView, Preview, TodoView } from './host.ts';

/** `home`: the course as it stands, for what comes next. */
export function lessonPlay(runner: LessonRunner, home: () => HomeView): LessonPlay {
  const todo = rememberTodo();
  let last: { readonly from: RunnerView; readonly view: LessonView } | undefined;
  return {
    get session() {
      return runner.session;
    },
    subscribe: (listener) => runner.subscribe(listener),
    view() {
      const from = runner.view();
      if (last?.from !== from) last = { from, view: viewOf(from, todo(from), home) };
      return last.view;
    },
    answer: (choices) => (runner.phase === 'review' ? runner.answer(choices) : runner.predict(choices)),
    goOn: () => runner.goOn(),
    hint: () => runner.hint(),
    showSolution: () => runner.showSolution(),
    skip: () => runner.skip(),
    resetStep: () => runner.resetStep(),
    resetLesson: () => runner.resetLesson(),
    jump: (step) => runner.jump(runner.view().steps[step]?.id ?? ''),
    freePlay: () => runner.freePlay(),
    comeBack: (keep) => runner.endFreePlay(keep ? 'keep' : 'restore'),
    close: () => runner.close(),
  };
}

/**
 * The judges say what is unmet. What was unmet in this step and is no longer stays in the list as met, and a
 * countdown knows since when it runs.
 */
function rememberTodo(): (view: RunnerView) => readonly TodoView[] {
  let step = '';
  const seen = new Map<string, { text: string; since: Instant; due: Instant | undefined }>();
  return (view) => {
    const now = `${view.step.id} ${view.step.status === 'predict'}`;
    if (now !== step) seen.clear();
    step = now;
    const unmet = new Set<string>();
    for (const { path, text, until } of view.step.toDo) {
      unmet.add(path);
      const known = seen.get(path);
      if (known === undefined || known.due !== until) seen.set(path, { text, since: view.now, due: until });
      else known.text = text;
    }
    return [...seen].map(([path, { text, since, due }]) => ({ text, met: !unmet.has(path), since, due }));
  };
}

function phaseOf(view: RunnerView): LessonView['phase'] {
  if (view.phase === 'review') return 'review';
  if (view.phase === 'summary') return 'completed';
  return view.step.status === 'met' ? 'reached' : view.step.status;
}

const STATES = { done: 'done', skipped: 'skipped', current: 'now', open: 'todo' } as const;

function viewOf(view: RunnerView, todo: readonly TodoView[], home: () => HomeView): LessonView {
  const { step } = view;
  return {
    id: view.lesson,
    title: view.title,
    place: `${view.track} ${view.number}/${view.of}`,
    steps: view.steps.map(({ label, status }) => ({ title: label, state: STATES[status] })),
    stepIndex: step.index,
    phase: phaseOf(view),
    text: step.text,
    afterwards: step.afterwards ?? [],
    spoiled: step.spoiled ?? '',
    question: view.review?.question ?? step.predict,
    review: view.review,
    todo,
    hintsShown: step.hints.shown,
    hintCount: step.hints.total,
    solution: step.solution,
    commands: step.console,
    proved: step.proved,
    freePlay: view.freePlay,
    problem: view.problem,
    completed: completedOf(view, home),
  };
}

function completedOf(view: RunnerView, home: () => HomeView): CompletedView | undefined {
  const { summary } = view;
  if (summary === undefined) return undefined;
  const course = home();
  const track = course.tracks.find((one) => one.lessons.some((lesson) => lesson.id === view.lesson));
  const lessons = track?.lessons ?? [];
  const after = course.tracks.flatMap((one) => one.lessons);
  const next = after[after.findIndex((lesson) => lesson.id === view.lesson) + 1];
  const service = course.facts.find((card) => card.service === track?.title) ?? course.facts[0];
  return {
    takeaways: view.takeaways,
    facts: summary.proved,
    steps: summary.steps.map((step) => ({
      title: step.label,
      state: step.status === 'skipped' ? 'skipped' : 'done',
      tookMs: step.took,
      note: noteOf(step),
    })),
    predictions: summary.predictions,
    review: summary.review,
    run: summary.run,
    next,
    track: {
      title: track?.title ?? '',
      done: lessons.filter((lesson) => lesson.state === 'done').length,
      of: lessons.length,
    },
    factsProved: {
      service: service?.service ?? '',
      proved: service?.facts.filter((fact) => fact.state !== 'new').length ?? 0,
      of: service?.facts.length ?? 0,
    },
  };
}

function noteOf(step: StepSummary): string {
  if (step.status === 'skipped') return 'skipped';
  const parts: string[] = [];
  if (step.hints > 0) parts.push(step.hints === 1 ? '1 hint' : `${step.hints} hints`);
  if (step.solutionShown) parts.push('solution');
  return parts.join(', ');
}

/** Lets a world with apps go so far that its trays are not empty. */
const PREVIEW_MS = 8_000;

/** The world of a lesson as its first step begins: set up for a look, never played. */
export function lessonPreview(course: Course, worlds: LessonWorlds, id: string): Preview | undefined {
  const found = lessonOf(course, id);
  if (found === undefined) return undefined;
  const { world, title, steps } = found.lesson;
  const session = worlds.open(world, title, (path) => course.fileOf(found.track, path));
  for (const line of [...(world.setup ?? []), ...(steps[0]?.enter ?? [])]) {
    session.enter(line, 'lesson');
    session.drain();
  }
  if (session.view().resources.some((resource) => resource.kind === 'app')) {
    session.resume();
    session.advance(milliseconds(PREVIEW_MS));
  }
  const { resources, now } = session.view();
  return { resources, now };
}
