/** The benches of whole worlds, through the interface that the screen and the prompt use. */
import type { Bench } from '../measure.ts';
import { manyConsumers } from './brokers.ts';
import { expiry, memory, scale, throughput, throughputWithTexts } from './cycles.ts';
import { fanOut } from './fanOut.ts';
import { fleetAtWork } from './fleet.ts';
import { jumping, saving } from './past.ts';
import { slowest } from './slowest.ts';
import { streamsAtLimits } from './streams.ts';
import { kernelAlone, quiet } from './time.ts';
import { viewModel } from './view.ts';

export const worldBenches: readonly Bench[] = [
  throughput,
  throughputWithTexts,
  scale,
  slowest,
  memory,
  fleetAtWork,
  quiet,
  expiry,
  kernelAlone,
  saving,
  jumping,
  viewModel,
  fanOut,
  streamsAtLimits,
  manyConsumers,
];
