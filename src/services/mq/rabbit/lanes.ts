/** Where ready messages stand: chunks that are frozen when full, and before them what came back. */
import type { Entry, Lane, Queue } from './model.ts';

const CHUNK = 256;

export const newLane = (priority: number): Lane => ({
  priority,
  chunks: [],
  head: 0,
  returned: [],
  size: 0,
});

export function pushLast(lane: Lane, entry: Entry): void {
  const tail = lane.chunks.at(-1);
  if (tail !== undefined && tail.length < CHUNK) tail.push(entry);
  else {
    if (tail !== undefined) Object.freeze(tail);
    lane.chunks.push([entry]);
  }
  lane.size++;
}

/** It comes back to its old place, among those that are still there. */
export function putBack(lane: Lane, entry: Entry): void {
  const { returned } = lane;
  let low = 0;
  let high = returned.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (returned[middle]!.sequence < entry.sequence) low = middle + 1;
    else high = middle;
  }
  returned.splice(low, 0, entry);
  lane.size++;
}

export function firstOf(lane: Lane): Entry | undefined {
  const back = lane.returned[0];
  const front = lane.chunks[0]?.[lane.head];
  if (back === undefined) return front;
  return front === undefined || back.sequence < front.sequence ? back : front;
}

export function takeFirst(lane: Lane): Entry | undefined {
  const entry = firstOf(lane);
  if (entry === undefined) return undefined;
  lane.size--;
  if (entry === lane.returned[0]) {
    lane.returned.shift();
    return entry;
  }
  lane.head++;
  if (lane.head >= lane.chunks[0]!.length) {
    lane.chunks.shift();
    lane.head = 0;
  }
  return entry;
}

export function* entriesOf(lane: Lane): Iterable<Entry> {
  yield* lane.returned;
  for (const [index, chunk] of lane.chunks.entries()) {
    for (let at = index === 0 ? lane.head : 0; at < chunk.length; at++) yield chunk[at]!;
  }
}

/** Keeps those that fit; the rest is given back. */
export function keepOnly(lane: Lane, fits: (entry: Entry) => boolean): Entry[] {
  const gone: Entry[] = [];
  const kept: Entry[] = [];
  for (const entry of entriesOf(lane)) (fits(entry) ? kept : gone).push(entry);
  if (gone.length === 0) return gone;
  lane.chunks = [];
  lane.head = 0;
  lane.returned = [];
  lane.size = 0;
  for (const entry of kept) pushLast(lane, entry);
  return gone;
}

/** The lane of a priority: made when the first message of it comes. Highest first. */
export function laneFor(queue: Queue, priority: number): Lane {
  const { lanes } = queue;
  let at = 0;
  while (at < lanes.length && lanes[at]!.priority > priority) at++;
  const found = lanes[at];
  if (found?.priority === priority) return found;
  const lane = newLane(priority);
  lanes.splice(at, 0, lane);
  return lane;
}

/** High ones for each normal one. RabbitMQ 4.2, Quorum queues: Priorities. */
const HIGH_TURNS = 2;

/** The lane whose turn it is. `byRatio`: two levels share, so that none starves. */
export function nextLane(queue: Queue, byRatio: boolean): Lane | undefined {
  const filled = queue.lanes.filter(({ size }) => size > 0);
  if (!byRatio || filled.length < 2) return filled[0];
  return filled[queue.turn < HIGH_TURNS ? 0 : 1];
}

export const countTurn = (queue: Queue): void => {
  queue.turn = queue.turn < HIGH_TURNS ? queue.turn + 1 : 0;
};
