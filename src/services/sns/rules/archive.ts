/**
 * FIFO topics can keep their messages, for subscribers who ask for them again. SNS Developer Guide, Message archiving
 * and replay for FIFO topics.
 *
 * SIMPLER THAN AWS: a replay sends all at once.
 */
import type { Context } from '../../../engine/service.ts';
import { type Instant, instant } from '../../../engine/units.ts';
import { emit, ofSubscription } from '../events.ts';
import type { Message, SnsState, Subscription, Topic } from '../model.ts';
import { archiveDays } from './topicAttributes.ts';

const DAY_MS = 86_400_000;

/** After the attributes changed: archiving begins, or ends and forgets. */
export function startArchive(topic: Topic, now: Instant): void {
  if (archiveDays(topic) === undefined) {
    topic.archiveSince = undefined;
    topic.archive = [];
  } else topic.archiveSince ??= now;
}

/** Keeps a message, and lets those go that are too old; these in slices, so that a message costs the same always. */
export function keep(topic: Topic, message: Message, now: Instant): void {
  const days = archiveDays(topic);
  if (days === undefined) return;
  topic.archive.push(message);
  const oldest = now - days * DAY_MS;
  const middle = topic.archive[topic.archive.length >> 1];
  if (middle !== undefined && middle.published < oldest) {
    topic.archive = topic.archive.filter(({ published }) => published >= oldest);
  }
}

/** The kept messages that a subscription asks for, oldest first. */
export function replayed(
  state: SnsState,
  topic: Topic,
  subscription: Subscription,
  now: Instant,
): readonly Message[] {
  const days = archiveDays(topic);
  const policy = subscription.settings.ReplayPolicy?.value as
    | { readonly StartingPoint?: string; readonly EndingPoint?: string }
    | undefined;
  if (days === undefined || policy === undefined) return [];
  const from = Math.max(Date.parse(policy.StartingPoint ?? '') - state.epoch, now - days * DAY_MS);
  const to = policy.EndingPoint === undefined ? now : Date.parse(policy.EndingPoint) - state.epoch;
  subscription.replay = { status: 'Completed', from: instant(Math.max(0, from)), to: instant(to) };
  return topic.archive.filter(({ published }) => published >= from && published <= to);
}

export function tellReplay(context: Context<SnsState>, subscription: Subscription, count: number): void {
  emit(context, {
    type: 'sns/Replayed',
    by: context.caller.by,
    ...ofSubscription(subscription),
    count,
  });
}
