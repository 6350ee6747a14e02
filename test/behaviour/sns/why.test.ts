import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { sns } from '../../../src/services/sns/index.ts';
import { publish, subscribe, subscribed, topic, topics } from '../../support/topics.ts';
import type { World } from '../../support/world.ts';

const ground = (w: World) => ({
  state: w.simulation.stateOf('sns'),
  now: w.now,
  settings: w.settings,
  lately: (limit: number) => w.simulation.log.tail(limit).reverse(),
  decide: () => [],
});

describe('why', () => {
  it('tells to whom a publish goes, and which key of a filter said no', () => {
    const w = topics();
    const arn = topic(w);
    subscribed(w, arn, 'all');
    subscribed(w, arn, 'red', { FilterPolicy: '{"colour":["red"]}' });
    const input = {
      TopicArn: arn,
      Message: 'x',
      MessageAttributes: { colour: { DataType: 'String', StringValue: 'blue' } },
    };
    const outcome = w.outcome('Publish', input, 'sns');
    const caller = { by: 'you', account: '000000000000', profile: 'default', secure: true };
    const request = { service: 'sns', operation: 'Publish', input, caller };
    const told = sns.why!(ground(w), { type: 'call', request, outcome });
    expect(told?.answer).toBe('It goes to 1 of 2 subscriptions.');
    expect(told?.table?.rows.map(({ name, state, reason }) => [name, state, reason])).toEqual([
      ['all', 'yes', 'no filter'],
      ['red', 'no', 'colour: wanted ["red"], found "blue"'],
    ]);
  });

  it('tells when a subscription is tried again', () => {
    const w = topics();
    const arn = topic(w);
    w.call('CreateEndpoint', { name: 'hook', confirms: true }, 'app');
    subscribe(w, arn, 'https', 'https://hook.example.com');
    const id = 'subscription/orders/https://hook.example.com';
    expect(sns.why!(ground(w), { type: 'resource', id })?.answer).toContain('not confirmed');
    w.after(seconds(2));
    w.call('Update', { name: 'hook', answers: '500' }, 'app');
    publish(w, arn, 'x');
    w.after(seconds(2));
    const told = sns.why!(ground(w), { type: 'resource', id });
    expect(told?.answer).toBe('The last attempt failed (HTTP 500); the next is planned.');
    expect(told?.changes).toMatchObject({ by: 'time' });
  });
});
