/** The messages of a queue, or its groups, as rows of an explanation. */
import type { WhyRow, WhyTable } from '../../../contract/why.ts';
import { spanWords } from '../../../contract/whyWords.ts';
import { idOf, type Queue, type SqsState } from '../model.ts';
import { deadLetterQueueOf } from '../rules/deadLetters.ts';
import { dialsIn, hostsOf } from '../rules/hosts.ts';
import type { Met } from './receiving.ts';
import { byGroup, firstOfGroup, receivesMax, type Standing, shortId } from './standing.ts';

const ROWS_MAX = 6;

export function messageTable(met: Met): WhyTable {
  const { all } = met;
  // What changes first stands first; of the same instant, in the order of sending.
  const sorted = [...all].sort((a, b) => a.visibleAt - b.visibleAt).slice(0, ROWS_MAX);
  return {
    heads: ['message', 'state then', 'why not', 'can change'],
    rows: sorted.map((standing) => messageRow(met, standing)),
    more: all.length - sorted.length,
  };
}

function messageRow({ ground, queue, asked }: Met, standing: Standing): WhyRow {
  const { content, state, visibleAt, expiresAt, isDead } = standing;
  const base = { name: shortId(content), messageId: idOf(content) };
  if (isDead && state === 'visible') {
    const target = deadLetterQueueOf(ground.state, queue)?.name ?? '';
    return {
      ...base,
      mark: 'dead',
      state: 'visible',
      reason: `the next receive moves it to ${target}`,
      change: 'now',
    };
  }
  if (state === 'visible') {
    const places = hostsOf(content, dialsIn(ground.settings));
    const missed = asked !== undefined && !places.some((host) => asked.includes(host));
    return missed
      ? {
          ...base,
          mark: 'visible',
          state: 'visible',
          reason: `on ${hostWords(places)}, not asked`,
          change: 'next poll',
        }
      : { ...base, mark: 'visible', state: 'visible', reason: 'can be received', change: 'now' };
  }
  const expires = expiresAt <= visibleAt;
  const reason = isDead
    ? `received ${standing.facts.receiveCount} of ${receivesMax(ground.state, queue) ?? ''}: dead, not received again`
    : expires
      ? `expires in ${spanWords(expiresAt - ground.now)}, before that ends`
      : heldFor(standing, ground.now);
  return {
    ...base,
    mark: state,
    state: state === 'inFlight' ? hiddenBy(ground.state, standing) : 'delayed',
    reason,
    change: isDead || expires ? 'never' : visibleAt,
  };
}

const hiddenBy = (state: SqsState, { facts }: Standing): string => {
  const holder = state.holders[facts.holder - 1];
  return holder === undefined ? 'in flight' : `hidden by ${holder}`;
};

function heldFor({ facts, visibleAt, state }: Standing, now: number): string {
  const since = state === 'inFlight' ? (facts.received ?? facts.sent) : facts.sent;
  const word = state === 'inFlight' ? 'hidden' : 'delayed';
  const left = spanWords(visibleAt - now);
  return `${word} for ${spanWords(visibleAt - since)}, ${left} ${left.startsWith('1 s') ? 'is' : 'are'} left`;
}

/** Of a FIFO queue: each group with what stands in front. */
export function groupTable(met: Met): WhyTable {
  const { all, ground } = met;
  const groups = [...byGroup(all)]
    .map(([name, group]) => ({ name, group, at: firstOfGroup(group, ground.now) }))
    .sort((a, b) => (a.at ?? Number.MAX_SAFE_INTEGER) - (b.at ?? Number.MAX_SAFE_INTEGER));
  const rows = groups.slice(0, ROWS_MAX).map(({ name, group, at }): WhyRow => {
    const head = group[0]!;
    const behind = group.length - 1;
    return {
      mark: head.state,
      name,
      state: `${shortId(head.content)} ${head.state === 'inFlight' ? hiddenBy(ground.state, head) : head.state}`,
      reason:
        behind === 0 ? 'nothing waits behind it' : `${behind} ${behind === 1 ? 'waits' : 'wait'} behind it`,
      change: at === undefined ? 'never' : at <= ground.now ? 'now' : at,
      messageId: idOf(head.content),
    };
  });
  return {
    heads: ['group', 'first message', 'behind it', 'next delivery'],
    rows,
    more: groups.length - rows.length,
  };
}

/** Of a queue with nothing to explain: what the next receive would hand out. */
export const readyCount = (queue: Queue, all: readonly Standing[], now: number): number => {
  if (!queue.fifo) return all.filter(({ state, isDead }) => state === 'visible' && !isDead).length;
  let count = 0;
  for (const group of byGroup(all).values()) {
    for (const { state, isDead, expiresAt } of group) {
      if (state !== 'visible' || expiresAt <= now) break;
      if (!isDead) count++;
    }
  }
  return count;
};

/** `hosts 3 and 7`, lowest first. */
function hostWords(places: readonly number[]): string {
  const numbers = places.map((host) => host + 1).sort((a, b) => a - b);
  return numbers.length === 1 ? `host ${numbers[0]}` : `hosts ${numbers.join(' and ')}`;
}
