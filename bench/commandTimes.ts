/** The times of single commands, full collections told apart. */
import { PerformanceObserver, performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** Node's number for a full collection. */
const MAJOR = 4;

export interface Measured {
  /** Milliseconds of each command that no full collection fell into. */
  readonly commands: Float64Array;
  /** Of them the one that took most processor time: other work on the machine does not count. */
  readonly worst: number;
  /** Pauses of full collections. */
  readonly pauses: readonly number[];
}

export async function measured(count: number, command: (index: number) => void): Promise<Measured> {
  const collections: { readonly start: number; readonly ms: number }[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { detail } = entry as typeof entry & { readonly detail?: { readonly kind?: number } };
      if (detail?.kind === MAJOR) collections.push({ start: entry.startTime, ms: entry.duration });
    }
  });
  observer.observe({ entryTypes: ['gc'] });
  const starts = new Float64Array(count);
  const times = new Float64Array(count);
  const costs = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const before = process.cpuUsage();
    const start = performance.now();
    command(index);
    times[index] = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    starts[index] = start;
    costs[index] = (user + system) / 1_000;
  }
  await sleep(100);
  observer.disconnect();
  const isUndisturbed = (_: number, index: number): boolean =>
    !collections.some(
      ({ start, ms }) => start + ms >= starts[index]! && start <= starts[index]! + times[index]!,
    );
  const until = starts.at(-1)!;
  return {
    commands: times.filter(isUndisturbed),
    worst: costs.filter(isUndisturbed).reduce((most, cost) => Math.max(most, cost), 0),
    pauses: collections.filter(({ start }) => start >= starts[0]! && start <= until).map(({ ms }) => ms),
  };
}
