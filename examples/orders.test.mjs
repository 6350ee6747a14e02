/** The app of orders.mjs under vitest. */
import { SQSClient } from '@aws-sdk/client-sqs';
import { createPlayground } from 'msg-playground';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { workOrders } from './orders.mjs';

let playground;
let stop;
let working;
let worked;

beforeEach(() => {
  playground = createPlayground();
  playground.run('aws sqs create-queue --queue-name orders');
  stop = new AbortController();
  worked = [];
  working = workOrders({
    sqs: new SQSClient(playground.client),
    queueUrl: `${playground.client.endpoint}/000000000000/orders`,
    work: (body) => worked.push(body),
    signal: stop.signal,
  });
});

afterEach(async () => {
  stop.abort();
  await working;
});

test('every order is worked once', async () => {
  playground.run('app create-producer --name web --to queue/orders --rate 5/s --count 50');
  await playground.until('queue/orders deleted=50');
  expect(new Set(worked).size).toBe(50);
  await playground.never('queue/orders visible>=1', { for: '1h' });
});
