import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import { fn, functions, mapped, queueArn } from '../../support/functions.ts';
import type { World } from '../../support/world.ts';

const create = (queue: string, more: object = {}) => ({
  FunctionName: 'work',
  EventSourceArn: queueArn(queue),
  ...more,
});
const refusal = (w: World, queue: string, more: object = {}) =>
  w.refusal('CreateEventSourceMapping', create(queue, more), 'lambda');
const mapping = (w: World, UUID: string) => w.call('GetEventSourceMapping', { UUID }, 'lambda');

function ready(handler = 'ok', more: object = {}, queue: Readonly<Record<string, string>> = {}) {
  const w = functions();
  const url = w.queue('orders', queue);
  fn(w, 'work', handler, more);
  return { w, url };
}
const variables = (Variables: Readonly<Record<string, string>>) => ({ Environment: { Variables } });

describe('an event source mapping of a queue', () => {
  it('is Creating, then Enabled, and hands messages to the function', () => {
    const { w, url } = ready();
    const { UUID, State, BatchSize, StateTransitionReason } = w.call(
      'CreateEventSourceMapping',
      create('orders'),
      'lambda',
    );
    expect([State, BatchSize, StateTransitionReason]).toEqual(['Creating', 10, 'USER_INITIATED']);
    w.after(seconds(6));
    expect(mapping(w, UUID).State).toBe('Enabled');
    w.send(url, 'a');
    w.after(seconds(1));
    expect(w.counts(url)).toEqual([0, 0, 0]);
    expect(w.events('lambda/Invoked')).toMatchObject([{ invocation: 'batch', records: 1 }]);
    expect(w.events('sqs/MessageDeleted')).toHaveLength(1);
  });

  it('refuses more than 10 without a window, and more than 10 of a FIFO queue (T3)', () => {
    const { w } = ready();
    w.queue('orders.fifo');
    expect(refusal(w, 'orders', { BatchSize: 15 })).toMatchObject({
      code: 'InvalidParameterValueException',
      message:
        'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    });
    expect(refusal(w, 'orders.fifo', { BatchSize: 11 }).code).toBe('InvalidParameterValueException');
    w.call(
      'CreateEventSourceMapping',
      create('orders', { BatchSize: 15, MaximumBatchingWindowInSeconds: 1 }),
      'lambda',
    );
  });

  it('refuses a queue that hides messages for less time than the function may take (T4)', () => {
    const { w, url } = ready('ok', { Timeout: 60 });
    expect(refusal(w, 'orders').message).toBe(
      'Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds',
    );
    w.call('SetQueueAttributes', { QueueUrl: url, Attributes: { VisibilityTimeout: '60' } });
    w.call('CreateEventSourceMapping', create('orders'), 'lambda');
  });

  it('refuses a second of the same queue and function, and names the first (T14)', () => {
    const { w } = ready();
    const UUID = mapped(w, 'orders', 'work');
    expect(refusal(w, 'orders')).toMatchObject({
      code: 'ResourceConflictException',
      httpStatus: 409,
      message: `An event source mapping with SQS arn (" ${queueArn('orders')} ") and function (" work ") already exists. Please update or delete the existing mapping with UUID ${UUID}`,
    });
  });

  it('refuses a queue that is not there, and a filter that is none', () => {
    const { w } = ready();
    expect(refusal(w, 'none').message).toBe(
      'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
    );
    expect(refusal(w, 'orders', { FilterCriteria: { Filters: [{ Pattern: '{"body":' }] } }).message).toBe(
      'Invalid filter pattern definition.',
    );
    expect(refusal(w, 'orders', { StartingPosition: 'LATEST' }).message).toContain('StartingPosition');
  });

  it.each([
    ['null', 0],
    ['""', 0],
    ['', 0],
    ['{}', 0],
    ['{"batchItemFailures":[]}', 0],
    ['{"batchItemFailures":null}', 0],
    ['{"batchItemFailures":[{"itemIdentifier":""}]}', 3],
    ['{"batchItemFailures":[{"itemIdentifier":null}]}', 3],
    ['{"batchItemFailures":[{"name":"x"}]}', 3],
    ['{"batchItemFailures":[{"itemIdentifier":"unknown"}]}', 3],
    ['no JSON', 3],
  ])('takes the answer %s as: %i messages come again (T8)', (ANSWER, left) => {
    const { w, url } = ready('answer', variables({ ANSWER, DURATION_MS: '0' }));
    mapped(w, 'orders', 'work', { FunctionResponseTypes: ['ReportBatchItemFailures'] });
    for (const body of ['a', 'b', 'c']) w.send(url, body);
    w.after(seconds(2));
    const [visible, inFlight] = w.counts(url);
    expect(visible! + inFlight!).toBe(left);
  });

  it('brings back only what the answer names, after the visibility timeout (T8)', () => {
    const { w, url } = ready('report-failures', variables({ DURATION_MS: '0' }));
    const UUID = mapped(w, 'orders', 'work', { FunctionResponseTypes: ['ReportBatchItemFailures'] });
    for (const body of ['m1', 'm2 fail', 'm3']) w.send(url, body);
    w.after(seconds(2));
    expect(w.counts(url)).toEqual([0, 1, 0]);
    w.call('DeleteEventSourceMapping', { UUID }, 'lambda');
    w.after(seconds(29));
    const [message] = w.receive(url, { AttributeNames: ['All'] });
    expect([message.Body, message.Attributes.ApproximateReceiveCount]).toEqual(['m2 fail', '2']);
  });

  it('without partial responses brings the whole batch back when the function fails', () => {
    const { w, url } = ready('fail', variables({ DURATION_MS: '0' }));
    mapped(w, 'orders', 'work');
    w.call('SendMessageBatch', {
      QueueUrl: url,
      Entries: ['a', 'b'].map((Id) => ({ Id, MessageBody: Id })),
    });
    w.after(seconds(2));
    expect(w.counts(url)).toEqual([0, 2, 0]);
  });

  it('deletes what no filter lets through', () => {
    const { w, url } = ready('echo');
    const Pattern = JSON.stringify({ body: { price: [{ numeric: ['>', 100] }] } });
    mapped(w, 'orders', 'work', { FilterCriteria: { Filters: [{ Pattern }] } });
    for (const body of ['{"price":50}', '{"price":500}', 'no JSON']) w.send(url, body);
    w.after(seconds(2));
    expect(w.counts(url)).toEqual([0, 0, 0]);
    expect(w.events('lambda/BatchEnded')).toMatchObject([{ records: 1, failed: 0 }]);
    expect(w.events('lambda/MessagesFiltered').map(({ count }) => count)).toEqual([1, 1]);
  });

  it('gathers a batch for as long as its window lasts', () => {
    const { w, url } = ready();
    mapped(w, 'orders', 'work', { BatchSize: 100, MaximumBatchingWindowInSeconds: 10 });
    const began = w.now;
    w.send(url, 'first');
    w.after(seconds(3));
    expect(w.events('lambda/Invoked')).toEqual([]);
    w.after(seconds(20));
    const [call] = w.events('lambda/Invoked');
    const started = Number(call?.at) - Number(call?.durationMs) - began;
    expect(started).toBeGreaterThanOrEqual(10_000);
    expect(started).toBeLessThanOrEqual(11_000);
  });

  it('works on no more batches at once than its maximum concurrency', () => {
    const { w, url } = ready('ok', { ...variables({ DURATION_MS: '2000' }) });
    mapped(w, 'orders', 'work', { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 3 } });
    for (let index = 0; index < 40; index++) w.send(url, String(index));
    w.afterMs(1_000 as never);
    expect(w.view('lambda')[0]?.fields.running).toBe(3);
    w.after(seconds(60));
    expect(w.view('lambda')[0]?.fields).toMatchObject({ invocations: 40, throttles: 0 });
  });

  it('begins with five batches at once and adds five a second', () => {
    const { w, url } = ready('ok', { Timeout: 30, ...variables({ DURATION_MS: '20000' }) });
    mapped(w, 'orders', 'work', { BatchSize: 1 });
    for (let index = 0; index < 200; index++) w.send(url, String(index));
    const running = (): unknown => w.view('lambda')[0]?.fields.running;
    const seen: unknown[] = [];
    for (let step = 0; step < 4; step++) {
      w.afterMs(1_000 as never);
      seen.push(running());
    }
    expect(seen).toEqual([10, 15, 20, 25]);
  });

  it('burns receives when the function has no room for its batches', () => {
    const { w, url } = ready('ok', variables({ DURATION_MS: '2900' }));
    w.call('PutFunctionConcurrency', { FunctionName: 'work', ReservedConcurrentExecutions: 1 }, 'lambda');
    mapped(w, 'orders', 'work', { BatchSize: 1 });
    for (let index = 0; index < 30; index++) w.send(url, String(index));
    w.after(seconds(200));
    const receives = w.events('sqs/MessageReceived').map(({ receiveCount }) => Number(receiveCount));
    expect(Math.max(...receives)).toBeGreaterThan(2);
    expect(Number(w.view('lambda')[0]?.fields.throttles)).toBeGreaterThan(10);
  });

  it('asks little of an empty queue', () => {
    const { w } = ready();
    mapped(w, 'orders', 'work');
    w.after(seconds(120));
    const before = w.events('sqs/ReceiveEmpty').length;
    w.after(seconds(600));
    expect(w.events('sqs/ReceiveEmpty').length - before).toBe(2 * 30);
  });

  it('is stopped and goes on', () => {
    const { w, url } = ready();
    const UUID = mapped(w, 'orders', 'work');
    expect(w.call('UpdateEventSourceMapping', { UUID, Enabled: false }, 'lambda').State).toBe('Disabling');
    w.after(seconds(10));
    expect(mapping(w, UUID).State).toBe('Disabled');
    w.send(url, 'a');
    w.after(seconds(60));
    expect(w.counts(url)).toEqual([1, 0, 0]);
    w.call('UpdateEventSourceMapping', { UUID, Enabled: true }, 'lambda');
    w.after(seconds(10));
    expect(w.counts(url)).toEqual([0, 0, 0]);
    w.call('DeleteEventSourceMapping', { UUID }, 'lambda');
    w.after(seconds(10));
    expect(w.refusal('GetEventSourceMapping', { UUID }, 'lambda').code).toBe('ResourceNotFoundException');
  });

  it('says what is wrong when its queue is gone', () => {
    const { w, url } = ready();
    mapped(w, 'orders', 'work');
    w.call('DeleteQueue', { QueueUrl: url });
    w.after(seconds(60));
    expect(w.view('lambda')[0]?.fields.mappingTrouble).toContain('NonExistentQueue');
  });
});

describe('no message is lost', () => {
  it.each([1, 2, 3, 4, 5])(
    'each ends deleted, dead-lettered or in the queue, whatever fails (seed %i)',
    (seed) => {
      const w = functions({ seed, delivery: 'typical' });
      w.queue('dead');
      const url = w.queue('orders', {
        VisibilityTimeout: '6',
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dead'), maxReceiveCount: 3 }),
      });
      fn(w, 'work', 'fail-some', variables({ FAIL_PERCENT: '50', DURATION_MS: '100..4000' }));
      w.call('PutFunctionConcurrency', { FunctionName: 'work', ReservedConcurrentExecutions: 4 }, 'lambda');
      const UUID = mapped(w, 'orders', 'work', { BatchSize: 3 });
      for (let index = 0; index < 60; index++) {
        w.send(url, String(index));
        w.afterMs(200 as never);
      }
      if (seed % 2 === 0) w.call('UpdateEventSourceMapping', { UUID, Enabled: false }, 'lambda');
      w.after(seconds(seed === 5 ? 5 : 120));
      const deleted = new Set(w.events('sqs/MessageDeleted').map(({ messageId }) => messageId)).size;
      const [visible, inFlight] = w.counts(url);
      const [dead] = w.counts(url.replace('orders', 'dead'));
      expect(deleted + visible! + inFlight! + dead!).toBe(60);
    },
  );
});
