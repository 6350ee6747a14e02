/** The same work done differently: what of the usage would change. Only from facts that somebody counted. */
import type { Usage, Work } from '../../contract/usage.ts';

export interface AlternativeRule {
  /** Whose work it is. */
  readonly service: string;
  /** `batches of ten`. */
  readonly name: string;
  /** One sentence: why the price differs, and what it takes. */
  readonly why: string;
  /** Facts without which nothing can be said. */
  readonly needs: readonly string[];
  /** Changes of usage, by item; all facts of `needs` are there. */
  readonly change: (fact: (name: string) => number, used: (item: string) => number) => readonly Usage[];
}

export interface WorkDone {
  readonly service: string;
  readonly usage: readonly Usage[];
  readonly work: Work;
}
