/** Which of the visible messages a receive hands out. Its cost does not depend on how many wait. */
import type { Context } from '../../../engine/service.ts';
import type { Row } from '../../../engine/store/index.ts';
import type { Queue, SqsState } from '../model.ts';
import { byNoise, FAIR_LOOK_AHEAD, noisyGroups } from './fairness.ts';
import { askHosts, dialsOf, gather, HOSTS_LOOK_AHEAD } from './hosts.ts';

/** A long poll, and what it finds at once, asks all hosts of a standard queue. */
export type Poll = 'short' | 'long';

export interface Choose {
  /** At most `max` rows in the order of handing out, the same hosts each time. */
  rows(): readonly Row[];
  /** The hosts that were asked, once some were. */
  readonly asked: readonly number[] | undefined;
}

/** Does the queue hand out its messages in the order in which they stand? */
export const isInOrder = (context: Context<SqsState>, queue: Queue): boolean =>
  dialsOf(context, queue) === undefined && (queue.fifo || noisyGroups(context.state, queue) === undefined);

export function chooser(context: Context<SqsState>, queue: Queue, max: number, poll: Poll): Choose {
  const { state } = context;
  const { store } = state;
  const dials = dialsOf(context, queue);
  const noisy = queue.fifo ? undefined : noisyGroups(state, queue);
  if (dials === undefined && noisy === undefined) {
    return { rows: () => store.receivable(queue.row, max), asked: undefined };
  }
  const lookAhead = noisy === undefined ? HOSTS_LOOK_AHEAD : FAIR_LOOK_AHEAD;
  let asked: readonly number[] | undefined;
  const choose = (): readonly Row[] => {
    const rows = store.receivable(queue.row, lookAhead);
    if (rows.length === 0) return rows;
    if (dials !== undefined) asked ??= askHosts(context, dials, poll === 'long' ? dials.hosts : dials.asked);
    const chosen: Row[] = [];
    for (const part of noisy === undefined ? [rows] : byNoise(state, rows, noisy)) {
      const left = max - chosen.length;
      chosen.push(
        ...(asked === undefined || dials === undefined
          ? part.slice(0, left)
          : gather(state, queue, part, { asked, dials, max: left })),
      );
    }
    return chosen;
  };
  return {
    rows: choose,
    get asked() {
      return asked;
    },
  };
}
