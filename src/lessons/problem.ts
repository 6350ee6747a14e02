/** What is wrong with a course: each problem names the file, the member, what was found and what to do. */
import type { FormProblem } from '../projection/formProblems.ts';

export interface Problem extends FormProblem {
  readonly file: string;
  readonly severity: 'error' | 'warning';
}

export const errorIn = (file: string, member: string, found: string, todo: string): Problem => ({
  severity: 'error',
  file,
  member,
  found,
  todo,
});

export const warningIn = (file: string, member: string, found: string, todo: string): Problem => ({
  ...errorIn(file, member, found, todo),
  severity: 'warning',
});

export const problemText = ({ severity, file, member, found, todo }: Problem): string =>
  `${severity === 'error' ? 'error  ' : 'warning'} ${file}: ${member}\n        found: ${found}\n        to do: ${todo}`;
