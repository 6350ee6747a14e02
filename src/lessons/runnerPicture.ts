/** From a lesson that is played to what a screen shows of it. */
import type { Course } from './load.ts';
import { consoleLines, parseMarkdown } from './markdown.ts';
import { isRight, questionView } from './questions.ts';
import type { LessonRunner } from './runner.ts';
import {
  labelOf,
  type RunnerView,
  type ShownFact,
  type StepLine,
  type StepSummary,
  type StepView,
  type Summary,
} from './runnerView.ts';
import type { StepRun } from './stepRun.ts';

export function pictureOf(runner: LessonRunner): RunnerView {
  const { course } = runner.options;
  const { id, track, number, lesson } = runner.lesson;
  const phase = runner.phase;
  const view: RunnerView = {
    lesson: id,
    track: course.tracks.find((each) => each.id === track)?.title ?? track,
    number,
    of: course.lessons.filter((each) => each.track === track).length,
    title: lesson.title,
    question: lesson.question,
    phase,
    freePlay: runner.freePlaying,
    steps: lesson.steps.map((step, index) => stepLine(runner, step.id, index)),
    step: stepView(runner),
    takeaways: phase === 'steps' ? [] : lesson.takeaways.map(parseMarkdown),
    now: runner.session.view().now,
    ...(runner.problem === undefined ? {} : { problem: runner.problem }),
  };
  const review = phase === 'review' ? reviewOf(runner) : undefined;
  if (review !== undefined) return { ...view, review };
  return phase === 'summary' ? { ...view, summary: summaryOf(runner) } : view;
}

function stepLine(runner: LessonRunner, id: string, index: number): StepLine {
  const run = runner.runs[index];
  const label = labelOf(id);
  if (run === undefined) return { id, label, status: 'open' };
  if (run.complete) return { id, label, status: run.skipped ? 'skipped' : 'done' };
  return { id, label, status: 'current' };
}

function statusOf(run: StepRun): StepView['status'] {
  if (run.complete) return 'met';
  if (run.spoiled !== undefined) return 'spoiled';
  return run.step.predict !== undefined && run.predicted === undefined ? 'predict' : 'doing';
}

function stepView(runner: LessonRunner): StepView {
  const run = runner.current;
  const { step } = run;
  const status = statusOf(run);
  const met = status === 'met';
  const hints = step.hints ?? [];
  const question =
    step.predict &&
    questionView(
      step.predict,
      `${runner.lesson.id}#${step.id}`,
      runner.lesson.lesson.world.seed,
      run.predicted,
      met || (step.goal === undefined && run.predicted !== undefined),
    );
  return {
    id: step.id,
    index: run.index,
    text: parseMarkdown(step.text),
    console: consoleLines(step.text),
    status,
    skipped: run.skipped,
    toDo: met ? [] : toDo(runner),
    hints: { shown: hints.slice(0, run.hintsShown).map(parseMarkdown), total: hints.length },
    proved: met && !run.skipped ? factsOf(runner.options.course, step.shows ?? []) : [],
    ...(question === undefined ? {} : { predict: question }),
    ...(run.spoiled === undefined || met ? {} : { spoiled: run.spoiled.text }),
    ...(run.solutionShown && step.solution !== undefined ? { solution: step.solution } : {}),
    ...(met && step.then !== undefined ? { afterwards: parseMarkdown(step.then) } : {}),
  };
}

/** Judged in the present only: a look at the past must not disturb what judges remember. */
function toDo(runner: LessonRunner): StepView['toDo'] {
  const { session, current } = runner;
  if (session.timeline().past) return [];
  return current.verdict(() => session.view())?.unmet ?? [];
}

const factsOf = (course: Course, ids: Iterable<string>): ShownFact[] =>
  [...ids].map((id) => ({ id, statement: course.facts.find((fact) => fact.id === id)?.statement ?? '' }));

function reviewOf(runner: LessonRunner): NonNullable<RunnerView['review']> {
  const { review, world } = runner.lesson.lesson;
  const { index, answers } = runner.review;
  const chosen = answers[index];
  const name = `${runner.lesson.id}#review-${index + 1}`;
  const question = questionView(review[index]!, name, world.seed, chosen, chosen !== undefined);
  return { index, of: review.length, question };
}

function summaryOf(runner: LessonRunner): Summary {
  const { steps, review } = runner.lesson.lesson;
  const { answers } = runner.review;
  const lines = steps.map((step, index): StepSummary => {
    const run = runner.runs[index];
    const took = run?.met === undefined ? undefined : run.met.at - run.start.at;
    const predicted = run?.predicted;
    const right =
      step.predict === undefined || predicted === undefined ? undefined : isRight(step.predict, predicted);
    return {
      id: step.id,
      label: labelOf(step.id),
      status: run?.complete ? (run.skipped ? 'skipped' : 'done') : 'open',
      hints: run?.hintsShown ?? 0,
      solutionShown: run?.solutionShown ?? false,
      ...(took === undefined ? {} : { took: took as NonNullable<StepSummary['took']> }),
      ...(right === undefined ? {} : { predictedRight: right }),
    };
  });
  const predictions = lines.filter((line) => line.predictedRight !== undefined);
  return {
    steps: lines,
    run: `${runner.lesson.id} ${runner.options.worlds.digest(runner.session).slice(0, 16)}`,
    predictions: { right: predictions.filter((line) => line.predictedRight).length, of: predictions.length },
    review: {
      right: review.filter((question, index) => isRight(question, answers[index] ?? [])).length,
      of: review.length,
    },
    hints: lines.reduce((sum, line) => sum + line.hints, 0),
    proved: factsOf(runner.options.course, runner.proved),
  };
}
