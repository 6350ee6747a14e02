/** Where a followed message has been and is: the path to draw in accent, from the events about it. */
import type { ResourceId } from '../../contract/view.ts';
import type { EventView } from '../../projection/snapshot.ts';
import type { Views } from './fits.ts';
import type { Followed } from './scene.ts';

export interface FollowRequest {
  readonly messageId: string;
  /** Its short name, as lists show it. */
  readonly label: string;
  /** Oldest first; those about other messages are passed over. */
  readonly events: readonly EventView[];
  readonly views: Views;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The app that an event was caused by: apps call by their own name or by a worker's. */
function appOf(by: string, views: Views): ResourceId | undefined {
  const own: ResourceId = `app/${by.replace(/^app\//, '')}`;
  if (views.has(own)) return own;
  for (const view of views.values()) {
    if (view.workers?.some((worker) => worker.name === by) === true) return view.id;
  }
  return undefined;
}

/** Gives nothing when no event speaks of the message any more. */
export function followMessage(request: FollowRequest): Followed | undefined {
  const { messageId, label, views } = request;
  const path: ResourceId[] = [];
  let at: ResourceId | undefined;
  let state: Followed['state'];
  const go = (id: ResourceId | undefined): void => {
    if (id !== undefined && path[path.length - 1] !== id) path.push(id);
  };
  for (const event of request.events) {
    if (event.fields.messageId !== messageId) continue;
    const queue: ResourceId = `queue/${text(event.fields.queue)}`;
    switch (event.type) {
      case 'sqs/MessageSent':
        go(appOf(event.by, views));
        go(queue);
        at = queue;
        state = Number(event.fields.delayMs ?? 0) > 0 ? 'delayed' : 'visible';
        break;
      case 'sqs/MessageReceived':
        go(queue);
        go(appOf(event.by, views));
        at = queue;
        state = 'inFlight';
        break;
      case 'sqs/MessageVisible':
        at = queue;
        state = 'visible';
        break;
      case 'sqs/MessageDeadLettered':
      case 'sqs/MessageMoved':
        go(queue);
        at = `queue/${text(event.fields.to)}`;
        go(at);
        state = 'visible';
        break;
      case 'sqs/MessageDeleted':
      case 'sqs/MessageExpired':
        at = undefined;
        state = undefined;
        break;
    }
  }
  if (path.length === 0) return undefined;
  return {
    messageId,
    label,
    path,
    ...(at === undefined ? {} : { at }),
    ...(state === undefined ? {} : { state }),
  };
}
