/**
 * How deep a queue has been, read backwards from how deep it is: each event of the log says by how much the counts
 * changed, so the past needs no memory of the screen's own, and is right after going back too.
 */
import type { ResourceView } from '../../contract/view.ts';
import type { EventView } from '../../projection/snapshot.ts';
import type { DepthSample } from '../paint/depth.ts';

interface Change {
  readonly visible: number;
  readonly inFlight: number;
}

const NONE: Change = { visible: 0, inFlight: 0 };

/** What an event did to the counts of its queue. */
function changeOf(event: EventView, queue: string): Change {
  const { fields } = event;
  if (event.type === 'sqs/MessageMoved' && fields.to === queue) return { visible: 1, inFlight: 0 };
  if (event.type === 'sqs/MessageDeadLettered' && fields.to === queue) return { visible: 1, inFlight: 0 };
  if (fields.queue !== queue) return NONE;
  switch (event.type) {
    case 'sqs/MessageSent':
      return Number(fields.delayMs ?? 0) > 0 ? NONE : { visible: 1, inFlight: 0 };
    case 'sqs/MessageReceived':
      return Number(fields.timeoutMs ?? 1) > 0 ? { visible: -1, inFlight: 1 } : NONE;
    case 'sqs/MessageVisible':
      return { visible: 1, inFlight: fields.reason === 'delay' ? 0 : -1 };
    case 'sqs/MessageDeleted':
      return { visible: 0, inFlight: -1 };
    case 'sqs/MessageMoved':
    case 'sqs/MessageDeadLettered':
    case 'sqs/MessageExpired':
      return { visible: -1, inFlight: 0 };
    default:
      return NONE;
  }
}

/** Oldest first, from `since` on or as far back as the events go. */
export function depthSamples(
  queue: ResourceView,
  events: readonly EventView[],
  now: number,
  since: number,
): readonly DepthSample[] {
  let visible = queue.stock?.visible ?? 0;
  let inFlight = queue.stock?.inFlight ?? 0;
  const samples: DepthSample[] = [{ at: now, visible, inFlight }];
  for (let index = events.length - 1; index >= 0; index--) {
    const event = events[index]!;
    const change = changeOf(event, queue.name);
    if (change === NONE) continue;
    samples.push({ at: event.at, visible, inFlight });
    visible = Math.max(0, visible - change.visible);
    inFlight = Math.max(0, inFlight - change.inFlight);
    // What held before the left edge holds at it.
    if (event.at < since) break;
  }
  samples.push({ at: Math.min(since, samples.at(-1)?.at ?? now), visible, inFlight });
  return samples.reverse();
}
