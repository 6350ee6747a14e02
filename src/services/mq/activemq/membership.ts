/** Which consumers a box has, which of them have room, and which one is alone. */
import type { ActiveRuntime, Box, Consumer } from './model.ts';
import { matches } from './names.ts';

export const hasRoom = ({ prefetch, unacked }: Consumer): boolean => prefetch > unacked;

export function join(runtime: ActiveRuntime, box: Box, consumer: Consumer): void {
  consumer.boxes.add(box.key);
  box.consumers.add(consumer.number);
  if (hasRoom(consumer)) box.able.add(consumer.number);
  if (consumer.priority !== 0) box.ranked = true;
  if (consumer.exclusive) chooseOwner(runtime, box);
}

/** A queue is made: consumers of patterns get it, too. */
export function joinPatterns(runtime: ActiveRuntime, box: Box): void {
  for (const consumer of runtime.consumers.values()) {
    if (consumer.pattern === undefined || consumer.boxes.has(box.key)) continue;
    if (matches(consumer.pattern, box.name)) join(runtime, box, consumer);
  }
}

/** Exclusive Consumer: of those that ask for it the one with the highest priority, then the first. */
function chooseOwner(runtime: ActiveRuntime, box: Box): void {
  let best: Consumer | undefined;
  for (const number of box.consumers) {
    const consumer = runtime.consumers.get(number)!;
    if (consumer.exclusive && (best === undefined || consumer.priority > best.priority)) best = consumer;
  }
  box.owner = best?.number ?? 0;
}

export function leaveBox(runtime: ActiveRuntime, box: Box, consumer: Consumer): void {
  box.consumers.delete(consumer.number);
  box.able.delete(consumer.number);
  for (const [group, number] of [...box.groups]) if (number === consumer.number) box.groups.delete(group);
  if (box.owner === consumer.number) chooseOwner(runtime, box);
}
