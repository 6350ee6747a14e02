/**
 * Runs the benches named on the command line, or all; one line for each figure. Exits 1 when one is not held.
 */
import { calls, residents } from './endpoint.ts';
import type { Bench } from './measure.ts';
import { size, startUp } from './package.ts';
import { machineFactor } from './reference/loop.ts';
import { screenFrames } from './screen.ts';
import { storeBenches } from './store/index.ts';
import { worldBenches } from './world/index.ts';

const packageBenches: readonly Bench[] = [startUp, screenFrames, size];
const endpointBenches: readonly Bench[] = [calls, residents];
const benches: readonly Bench[] = [...worldBenches, ...packageBenches, ...endpointBenches, ...storeBenches];

const asked = process.argv.slice(2);
const wanted =
  asked.length === 0
    ? benches
    : benches.filter(({ name }) => asked.some((word) => name.toLowerCase() === word.toLowerCase()));

if (wanted.length === 0) {
  console.error(`No bench has this name. There are: ${benches.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

console.log(
  `Node ${process.version}; the reference loop takes ${(machineFactor() * 100).toFixed(0)} ns here.`,
);
let failed = 0;
for (const bench of wanted) {
  for (const { what, figure, budget, held } of await bench.run()) {
    const verdict = budget === '' ? '' : held ? 'held' : 'NOT HELD';
    if (!held) failed++;
    console.log(
      `${bench.name.padEnd(10)} ${what.padEnd(58)} ${figure.padStart(24)}  ${budget.padEnd(14)} ${verdict}`,
    );
  }
}
if (failed > 0) console.log(`${failed} not held.`);
process.exit(failed > 0 ? 1 : 0);
