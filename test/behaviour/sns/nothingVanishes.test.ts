import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/engine/random.ts';
import { milliseconds, seconds } from '../../../src/engine/units.ts';
import {
  arrived,
  figures,
  lettingIn,
  publish,
  queueArn,
  subscribe,
  subscribed,
  topic,
  topics,
} from '../../support/topics.ts';
import type { World } from '../../support/world.ts';

const COLOURS = ['red', 'blue', 'green'] as const;

/** Subscriptions of all sorts: healthy, denied, gone, with and without a dead-letter queue, with filters. */
function build(seed: number): { readonly w: World; readonly random: Random; readonly arn: string } {
  const w = topics({ seed, delivery: 'typical' });
  const arn = topic(w);
  w.queue('dlq', { Policy: lettingIn('dlq', arn) });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('dlq') });
  subscribed(w, arn, 'all', { RawMessageDelivery: 'true' });
  subscribed(w, arn, 'red', { RawMessageDelivery: 'true', FilterPolicy: '{"colour":["red"]}' });
  subscribe(w, arn, 'sqs', queueArn('gone'), { FilterPolicy: '{"colour":["blue"]}' });
  subscribe(w, arn, 'sqs', queueArn('gone-too'), { RedrivePolicy });
  w.call('CreateEndpoint', { name: 'hook', confirms: true }, 'app');
  subscribe(w, arn, 'https', 'https://hook.example.com', { RedrivePolicy });
  w.after(seconds(5));
  return { w, random: Random.of(seed, 'test'), arn };
}

function run(seed: number): { readonly w: World; readonly colours: readonly string[] } {
  const { w, random, arn } = build(seed);
  const colours: string[] = [];
  for (let n = 0; n < 40; n++) {
    const colour = COLOURS[random.below(3)]!;
    colours.push(colour);
    publish(w, arn, `${n} ${colour}`, {
      MessageAttributes: { colour: { DataType: 'String', StringValue: colour } },
    });
    if (random.chance(1, 8)) {
      w.call('Update', { name: 'hook', answers: ['200', '500', 'hang', '404'][random.below(4)]! }, 'app');
    }
    w.afterMs(milliseconds(random.below(3_000)));
  }
  return { w, colours };
}

const accounted = (w: World): void => {
  const { published, delivered, deadLettered, lost, pending, filteredOut } = figures(w, 'topic/orders');
  expect(delivered + deadLettered + lost + pending + filteredOut).toBe(published * 5);
};

describe('a fan-out', () => {
  it.each([1, 2, 3])(
    'delivers once to each healthy subscriber, and loses nothing uncounted: seed %i',
    (seed) => {
      const { w, colours } = run(seed);
      accounted(w);
      w.after(seconds(600));
      accounted(w);
      const expected = colours.map((colour, n) => `${n} ${colour}`).sort();
      expect(arrived(w, 'all').sort()).toEqual(expected);
      expect(arrived(w, 'red').sort()).toEqual(expected.filter((body) => body.endsWith('red')));
      expect(figures(w, 'topic/orders').pending).toBe(0);
      expect(figures(w, 'subscription/orders/gone').lost).toBe(colours.filter((c) => c === 'blue').length);
      expect(figures(w, 'subscription/orders/gone-too').deadLettered).toBe(40);
    },
  );

  it('is the same again, and the same from a checkpoint on', () => {
    const { w } = run(4);
    const image = w.simulation.checkpoint();
    w.after(seconds(300));
    const digest = w.simulation.digest();
    const again = run(4).w;
    again.after(seconds(300));
    expect(again.simulation.digest()).toBe(digest);
    const other = build(4).w;
    other.simulation.restore(image);
    other.after(seconds(300));
    expect(other.simulation.digest()).toBe(digest);
  });

  it('forgets what was taken back, and counts it as lost', () => {
    const { w, arn } = build(5);
    w.call('Update', { name: 'hook', answers: '500' }, 'app');
    publish(w, arn, 'x');
    w.after(seconds(5));
    const hook = w
      .call('ListSubscriptionsByTopic', { TopicArn: arn }, 'sns')
      .Subscriptions.find(({ Protocol }: { Protocol: string }) => Protocol === 'https');
    w.call('Unsubscribe', { SubscriptionArn: hook.SubscriptionArn }, 'sns');
    w.after(seconds(60));
    expect(w.events('sns/MessageLost').at(-1)).toMatchObject({ reason: 'unsubscribed' });
    expect(figures(w, 'topic/orders')).toMatchObject({ pending: 0, retrying: 0 });
  });
});
