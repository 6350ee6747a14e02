/** The app of orders.mjs under node:test: `node --test examples/orders.node-test.mjs`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createPlayground } from 'msg-playground';
import { workOrders } from './orders.mjs';

test('an order that always fails ends in the dead-letter queue after three tries', async () => {
  const playground = createPlayground();
  playground.run(`
    aws sqs create-queue --queue-name orders-dlq
    aws sqs create-queue --queue-name orders --attributes '{"VisibilityTimeout":"30","RedrivePolicy":"{\\"deadLetterTargetArn\\":\\"arn:aws:sqs:us-east-1:000000000000:orders-dlq\\",\\"maxReceiveCount\\":\\"3\\"}"}'
    aws sqs send-message --queue-url orders --message-body poison
  `);
  const stop = new AbortController();
  let tries = 0;
  const working = workOrders({
    sqs: new SQSClient(playground.client),
    queueUrl: `${playground.client.endpoint}/000000000000/orders`,
    work: () => {
      tries++;
      throw new Error('no such article');
    },
    signal: stop.signal,
  });
  // Minutes of the world, and no time at all of ours.
  await playground.until('queue/orders-dlq visible=1', { within: '10m' });
  stop.abort();
  await working;
  assert.equal(tries, 3);
});
