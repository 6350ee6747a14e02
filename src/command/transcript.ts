/** A line and its result as text: what `run` prints, and the essence of an error for a small screen. */
import type { LineError, LineResult } from './console.ts';

/** stderr of the AWS CLI, to the byte. */
export const stderrOf = (error: LineError): string => `\n${error.text}\n`;

/** The one line of an error that says what is wrong: without the usage before it. */
export function essence(error: LineError): string {
  const text = error.text.trim();
  const found = /(?:^|\n)(aws: error: [\s\S]*|Unknown options: [\s\S]*)$/.exec(text);
  return (found?.[1] ?? text).replace(/^aws: error: /, '');
}

/** `$ line`, the answer, the error, our notes: each line ends with a newline. */
export function transcript(result: LineResult): string {
  const lines = [`$ ${result.echo}`];
  if (result.output !== '') lines.push(result.output);
  if (result.error) {
    lines.push('', result.error.text.replace(/\n+$/, ''));
    if (result.error.why !== undefined) lines.push(`# ${result.error.why}`);
    if (result.error.didYouMean !== undefined) lines.push(`# did you mean ${result.error.didYouMean}?`);
  }
  for (const note of result.notes) lines.push(`# ${note}`);
  return `${lines.join('\n')}\n`;
}
