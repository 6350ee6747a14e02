/** The same picture once, as text: for `frame`, for tests, and where there is no terminal. */
import { renderToString } from 'ink';
import { Screen } from './app.tsx';
import { stripAnsi, width } from './paint/text.ts';
import type { Theme } from './paint/theme.ts';
import type { Shell } from './shell.ts';

export interface FrameOptions {
  readonly theme: Theme;
  /** Without any code of the terminal's. */
  readonly plain?: boolean;
}

/** Exactly as many lines as the shell's size has rows, none wider than its columns; no line's end at the last. */
export function renderFrame(shell: Shell, { theme, plain = false }: FrameOptions): string {
  const { columns, rows } = shell.size();
  const painted = renderToString(<Screen shell={shell} theme={theme} />, { columns });
  const lines = painted.split('\n').slice(0, rows);
  while (lines.length < rows) lines.push('');
  return lines.map((line) => (plain ? stripAnsi(line).replace(/ +$/, '') : line)).join('\n');
}

/** Whether a frame keeps to its size: the assertion of tests. */
export const fitsIn = (frame: string, columns: number, rows: number): boolean => {
  const lines = frame.split('\n');
  return lines.length <= rows && lines.every((line) => width(line) <= columns);
};
