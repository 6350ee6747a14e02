/** Faults as plain data, on the clock of the world. */
import type { Fault, FaultBook } from '../../contract/faults.ts';

export interface FaultsState extends FaultBook {
  /** By id, in order of injection; those that have ended are gone. */
  readonly faults: Map<string, Fault>;
  made: number;
}

export const createState = (): FaultsState => ({ faults: new Map(), made: 0 });
