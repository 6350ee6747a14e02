/** Where a new sandbox's seed comes from: the only true chance in the program. Small, to be read and typed again. */
import { randomInt } from 'node:crypto';

export const someSeed = (): number => randomInt(1, 10_000);
