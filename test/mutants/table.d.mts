/** A file, a text that stands in it exactly once, and what stands there instead. */
export type Edit = readonly [file: string, find: string, replace: string];

export interface Mutant {
  readonly name: string;
  /** The lessons that show it must fail. */
  readonly fact?: string;
  /** These must fail. */
  readonly lessons?: readonly string[];
  /** No lesson shows it: this test file must fail. */
  readonly test?: string;
  readonly edits: readonly Edit[];
}

export const MUTANTS: readonly Mutant[];
