/** The package as a library. */
export { createPlayground } from './playground.ts';
export type * from './publicTypes.ts';
