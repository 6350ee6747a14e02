/**
 * A topic against the plainest fan-out: each message reaches each queue that is subscribed and whose filter lets it
 * through, once, whole or in SNS's envelope.
 */
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/engine/random.ts';
import { seconds } from '../../src/engine/units.ts';
import { histories, playAll, type Steps } from '../support/histories.ts';
import { lettingIn, queueArn, subscribe, topic, topics } from '../support/topics.ts';
import type { World } from '../support/world.ts';
import { naiveMatches } from './naiveFilter.ts';

const { count: HISTORIES, seeds, timeout } = histories(40);
const STEPS = 30;
const QUEUES = ['a', 'b', 'c', 'd'] as const;
const FILTERS: readonly (Parameters<typeof naiveMatches>[0] | undefined)[] = [
  undefined,
  { kind: ['new', 'paid'] },
  { kind: [{ 'anything-but': ['new'] }] },
  { kind: [{ prefix: 'p' }], size: [{ numeric: ['>=', 2] }] },
  { size: [{ exists: false }] },
];

interface Subscription {
  readonly arn: string;
  readonly filter: (typeof FILTERS)[number];
  readonly raw: boolean;
}

class History {
  readonly random: Random;
  readonly w: World;
  readonly topic: string;
  readonly subscriptions = new Map<string, Subscription>();
  readonly expected = new Map<string, string[]>(QUEUES.map((name) => [name, []]));
  passed = 0;
  held = 0;
  published = 0;

  constructor(seed: number) {
    this.random = Random.of(seed, 'fan-out history');
    this.w = topics({ seed });
    this.topic = topic(this.w);
    for (const name of QUEUES) this.w.queue(name, { Policy: lettingIn(name, this.topic) });
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.random.below(items.length)]!;
  }

  run(steps: Steps): void {
    for (const _ of steps.of(this.random, STEPS)) {
      const dice = this.random.below(100);
      if (dice < 55) this.publish();
      else if (dice < 80) this.join();
      else if (dice < 88) this.leave();
      else this.compare();
    }
    this.compare();
  }

  join(): void {
    const name = this.pick(QUEUES);
    if (this.subscriptions.has(name)) return;
    const filter = this.pick(FILTERS);
    const raw = this.random.chance(1, 2);
    const arn = subscribe(this.w, this.topic, 'sqs', queueArn(name), {
      RawMessageDelivery: String(raw),
      ...(filter !== undefined && { FilterPolicy: JSON.stringify(filter) }),
    });
    this.subscriptions.set(name, { arn, filter, raw });
  }

  leave(): void {
    // What is on its way to a queue that leaves is another test's business.
    this.compare();
    const name = this.pick(QUEUES);
    const arn = this.subscriptions.get(name)?.arn;
    if (arn !== undefined) this.w.call('Unsubscribe', { SubscriptionArn: arn }, 'sns');
    this.subscriptions.delete(name);
  }

  publish(): void {
    const body = `m${this.published++}`;
    const kind = { DataType: 'String', StringValue: this.pick(['new', 'paid', 'packed', 'lost']) };
    const size = { DataType: 'Number', StringValue: String(this.random.below(4)) };
    const attributes = {
      ...(this.random.chance(3, 4) && { kind }),
      ...(this.random.chance(1, 2) && { size }),
    };
    const input = { TopicArn: this.topic, Message: body, MessageAttributes: attributes };
    this.w.call('Publish', input, 'sns');
    for (const [name, { filter, raw }] of this.subscriptions) {
      const passes = filter === undefined || naiveMatches(filter, body, attributes, 'MessageAttributes');
      if (passes) {
        this.expected.get(name)!.push(raw ? body : `in an envelope: ${body}`);
        this.passed++;
      } else this.held++;
    }
  }

  /** Deliveries may overtake each other; none is missing, and none comes twice. */
  compare(): void {
    this.w.after(seconds(5));
    for (const name of QUEUES) {
      const url = `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;
      const got: string[] = [];
      for (let some = this.take(url); some.length > 0; some = this.take(url)) got.push(...some);
      expect([name, got.sort()]).toEqual([name, this.expected.get(name)!.splice(0).sort()]);
    }
  }

  take(url: string): string[] {
    return this.w.receive(url, { MaxNumberOfMessages: 10 }).map(({ Body, ReceiptHandle }) => {
      this.w.call('DeleteMessage', { QueueUrl: url, ReceiptHandle });
      return /^m\d+$/.test(Body) ? Body : `in an envelope: ${JSON.parse(Body).Message}`;
    });
  }
}

describe('a topic and the plainest fan-out', () => {
  it(`agree over ${HISTORIES} random histories of who is subscribed and what is published`, {
    timeout,
  }, () => {
    let passed = 0;
    let held = 0;
    playAll(seeds, (seed, steps) => {
      const history = new History(seed);
      history.run(steps);
      passed += history.passed;
      held += history.held;
    });
    // Filters let through and held back.
    expect(passed).toBeGreaterThan(HISTORIES);
    expect(held).toBeGreaterThan(HISTORIES);
  });
});
