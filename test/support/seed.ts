/**
 * Properties draw the same cases in each run, so that a red run says something of the change before it. Other cases:
 * `PROPERTY_SEED=n` (any integer).
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) });
