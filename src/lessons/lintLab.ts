/** What a failure case must have beyond a lesson: a step to solve, and more than one way to mend it. */
import type { CourseLesson } from './load.ts';
import { LAB } from './outline.ts';
import { errorIn, type Problem } from './problem.ts';

export function labProblems({ file, track, lesson }: CourseLesson): Problem[] {
  const isLab = lesson.kind === 'lab';
  if (!isLab && track === LAB) {
    return [
      errorIn(
        file,
        'kind',
        `a lesson in the folder ${LAB}`,
        'write "kind": "lab", or move it to another track',
      ),
    ];
  }
  if (!isLab) return [];
  const solved = lesson.steps.filter((step) => step.goal !== undefined);
  if (solved.length === 0) {
    return [
      errorIn(file, 'steps', 'no step with a goal', 'add a goal: a case is solved by mending the world'),
    ];
  }
  return solved.flatMap((step) => {
    const member = `steps.${step.id}.otherSolutions`;
    const others = step.otherSolutions ?? [];
    const todo = 'give another way to mend it: a case has at least two';
    if (others.length === 0) return [errorIn(file, member, 'nothing', todo)];
    const ways = [step.solution ?? [], ...others].map((lines) => lines.join('\n'));
    return new Set(ways).size === ways.length ? [] : [errorIn(file, member, 'the same lines twice', todo)];
  });
}
