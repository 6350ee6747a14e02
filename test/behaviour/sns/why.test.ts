import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { sns } from '../../../src/services/sns/index.ts';
import { lettingIn, publish, queueArn, subscribe, subscribed, topic, topics } from '../../support/topics.ts';
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

  it('tells of a message what became of it at each subscription', () => {
    const w = topics();
    const arn = topic(w);
    subscribed(w, arn, 'all');
    subscribed(w, arn, 'red', { FilterPolicy: '{"colour":["red"]}' });
    w.queue('closed');
    subscribe(w, arn, 'sqs', queueArn('closed'));
    w.queue('dead', { Policy: lettingIn('dead', arn) });
    w.queue('shut');
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('dead') });
    subscribe(w, arn, 'sqs', queueArn('shut'), { RedrivePolicy });
    w.call('CreateEndpoint', { name: 'hook', confirms: true }, 'app');
    subscribe(w, arn, 'https', 'https://hook.example.com');
    w.after(seconds(2));
    w.call('Update', { name: 'hook', answers: '500' }, 'app');
    const { MessageId } = publish(w, arn, 'x', {
      MessageAttributes: { colour: { DataType: 'String', StringValue: 'blue' } },
    });
    const prefix = MessageId.slice(0, 8);
    const asked = () => sns.why!(ground(w), { type: 'message', prefix });
    expect(asked()?.answer).toContain('4 on its way, 1 filtered out');
    w.after(seconds(2));
    subscribed(w, arn, 'late');
    const told = asked();
    expect(told?.table?.rows.map(({ name, state, reason }) => [name, state, reason])).toEqual([
      ['all', 'delivered', expect.stringContaining('attempt 1')],
      ['red', 'filtered out', 'colour: wanted ["red"], found "blue"'],
      ['closed', 'lost', 'AccessDenied, attempt 1'],
      ['shut', 'dead letter', 'in dead: AccessDenied, attempt 1'],
      ['https://hook.example.com', 'waits', 'HTTP 500: attempt 2 is to come'],
      ['late', 'not sent', expect.stringContaining('after the publish')],
    ]);
    const { changes } = told!;
    if (changes.by !== 'time') throw new Error('it is tried again by itself');
    const attempts = () =>
      w.simulation.log.tail(200).filter(({ event }) => event.type === 'sns/DeliveryFailed');
    const before = attempts().length;
    w.after(seconds((changes.at - w.now - 1) / 1000));
    expect(attempts()).toHaveLength(before);
    w.after(seconds(2));
    expect(attempts().length).toBeGreaterThan(before);
  });

  it('knows no message of another id', () => {
    const w = topics();
    const arn = topic(w);
    const { MessageId } = publish(w, arn, 'x');
    const prefix = MessageId.startsWith('0') ? '1' : '0';
    expect(sns.why!(ground(w), { type: 'message', prefix })).toBeUndefined();
    expect(sns.why!(ground(w), { type: 'message', prefix: MessageId })?.answer).toContain('no subscriptions');
  });
});
