/** How commands of the shell end: 0 good, 1 the thing asked for failed, 2 wrong usage. */
import { withoutControls } from '../lessons/markdown.ts';

/** What was asked for cannot be asked: exit 2. */
export class Usage extends Error {
  override readonly name = 'Usage';
}

/** What was asked for failed, and the person need only read why: exit 1. */
export class Failed extends Error {
  override readonly name = 'Failed';
}

export const GOOD = 0;
export const FAILED = 1;
export const WRONG_USAGE = 2;
export type Exit = 0 | 1 | 2;

/** On a terminal, texts of a world show their control characters as marks; into a file they go as they are. */
export const print = (text: string): void => printRaw(process.stdout.isTTY ? withoutControls(text) : text);

/** For our own pictures, whose codes are meant. */
export const printRaw = (text: string): void => {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
};

export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

export const complain = (text: string): void => {
  process.stderr.write(`msg-playground: ${withoutControls(text)}\n`);
};
