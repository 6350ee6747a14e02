/**
 * FIFO topics recognise what was published before: five minutes, whether it was delivered since or not. SNS Developer
 * Guide, Message deduplication for FIFO topics. The scope of an id is that of FifoThroughputScope: topic or group.
 */
import { after, type Instant } from '../../../engine/units.ts';
import { DEDUPLICATION_WINDOW } from '../limits.ts';
import type { Message, Remembered, SnsState, Topic } from '../model.ts';

/** Ids hold no spaces, so the two kinds of key cannot meet. */
const keyOf = (topic: Topic, group: string, id: string): string =>
  topic.settings.FifoThroughputScope === 'Topic' ? `${topic.arn} ${id}` : `${topic.arn} ${group} ${id}`;

export function publishedBefore(
  { remembered }: SnsState,
  topic: Topic,
  { group, deduplicationId }: Pick<Message, 'group' | 'deduplicationId'>,
  now: Instant,
): Remembered | undefined {
  const known = remembered.get(keyOf(topic, group!, deduplicationId!));
  return known !== undefined && known.until > now ? known : undefined;
}

export function remember(state: SnsState, topic: Topic, message: Message, now: Instant): void {
  const { remembered } = state;
  // What is out of date goes when it has doubled: a message costs the same however many there were.
  if (remembered.size >= state.sweepAt) {
    for (const [key, { until }] of remembered) if (until <= now) remembered.delete(key);
    state.sweepAt = Math.max(1_024, remembered.size * 2);
  }
  const { sequence, sequenceNumber, group, deduplicationId } = message;
  remembered.set(
    keyOf(topic, group!, deduplicationId!),
    Object.freeze({
      sequence,
      sequenceNumber: sequenceNumber!,
      until: after(now, DEDUPLICATION_WINDOW),
    }),
  );
}
