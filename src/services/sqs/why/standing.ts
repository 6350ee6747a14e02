/** How each message of a queue stands, and when a receive can get something if nothing else happens. */
import type { MessageFacts, MessageState } from '../../../engine/store/index.ts';
import { after, type Instant, toMilliseconds } from '../../../engine/units.ts';
import { idOf, type MessageContent, type Queue, type SqsState } from '../model.ts';
import { deadLetterQueueOf } from '../rules/deadLetters.ts';

/** Messages that are looked at. SIMPLER THAN AWS: in a longer queue, what stands behind them is not explained. */
const LOOKED_AT_MAX = 250_000;

export interface Standing {
  readonly content: MessageContent;
  readonly facts: MessageFacts;
  readonly state: MessageState;
  /** When it is visible at the earliest: now, if it is. */
  readonly visibleAt: Instant;
  /** When its retention runs out. */
  readonly expiresAt: Instant;
  /** Received so often that the next receive moves it to the dead-letter queue. */
  readonly isDead: boolean;
}

/** In order of sending; what is due by now counts as done. */
export function standings(state: SqsState, queue: Queue, now: Instant): readonly Standing[] {
  const retention = toMilliseconds(queue.settings.MessageRetentionPeriod);
  const limit = receivesMax(state, queue);
  return state.store
    .list(queue.row, 0, LOOKED_AT_MAX)
    .map((row): Standing => {
      const facts = state.store.facts(row);
      const due = facts.due ?? now;
      return {
        content: facts.content as MessageContent,
        facts,
        state: due <= now ? 'visible' : facts.state,
        visibleAt: due <= now ? now : due,
        expiresAt: after(facts.sent, retention),
        isDead: limit !== undefined && facts.receiveCount >= limit,
      };
    })
    .filter(({ expiresAt }) => expiresAt > now);
}

/** maxReceiveCount, while there is a dead-letter queue to go to. */
export const receivesMax = (state: SqsState, queue: Queue): number | undefined =>
  deadLetterQueueOf(state, queue) && queue.settings.RedrivePolicy?.policy.maxReceiveCount;

export const shortId = (content: MessageContent): string => idOf(content).slice(0, 4);

/** The messages of each group, in the order of groups' first messages; a standard queue is one group of each message. */
export function byGroup(all: readonly Standing[]): ReadonlyMap<string, readonly Standing[]> {
  const groups = new Map<string, Standing[]>();
  for (const standing of all) {
    const name = standing.facts.group ?? '';
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [standing]);
    else known.push(standing);
  }
  return groups;
}

/** The first instant, from `from` on, at which a receive can get something; undefined: it never can by itself. */
export function firstReceivable(fifo: boolean, all: readonly Standing[], from: Instant): Instant | undefined {
  const each = fifo ? [...byGroup(all).values()] : all.map((standing) => [standing]);
  return earliest(each.map((group) => firstOfGroup(group, from)));
}

/**
 * A group hands out its first message once that is visible. A message that expires before is out of the way then; one
 * that is dead goes to the dead-letter queue at the receive, and the next one may follow in the same receive.
 */
export function firstOfGroup(group: readonly Standing[], from: Instant): Instant | undefined {
  let at = from;
  for (const { visibleAt, expiresAt, isDead } of group) {
    if (visibleAt >= expiresAt) {
      at = later(at, expiresAt);
      continue;
    }
    const candidate = later(at, visibleAt);
    if (candidate >= expiresAt) continue;
    if (!isDead) return candidate;
    at = candidate;
  }
  return undefined;
}

/** When fewer than `max` messages are in flight, from now on. */
export function firstRoom(all: readonly Standing[], max: number, now: Instant): Instant {
  const ends = all
    .filter(({ state }) => state === 'inFlight')
    .map(({ visibleAt, expiresAt }) => (visibleAt < expiresAt ? visibleAt : expiresAt))
    .sort((a, b) => a - b);
  return ends[ends.length - max] ?? now;
}

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);

function earliest(instants: readonly (Instant | undefined)[]): Instant | undefined {
  let first: Instant | undefined;
  for (const at of instants) if (at !== undefined && (first === undefined || at < first)) first = at;
  return first;
}
