import { describe, expect, it } from 'vitest';
import type { ConsoleEntry } from '../../src/session/sessionTypes.ts';
import { queueTouched } from '../../src/tui/actions/queueTouched.ts';

const entries = (...lines: string[]): ConsoleEntry[] =>
  lines.map((line, id) => ({ id, line, by: 'you', at: 0 }) as unknown as ConsoleEntry);
const names = new Set(['orders', 'orders-dlq']);
const touched = (...lines: string[]) => queueTouched(entries(...lines), names);

describe('the queue that was touched last', () => {
  it('is that of the newest line that names one', () => {
    const dlq = 'aws sqs create-queue --queue-name orders-dlq';
    const policy = '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:orders-dlq"}';
    const orders = `aws sqs create-queue --queue-name orders --attributes '${policy}'`;
    expect(touched(dlq, orders)).toBe('orders');
    expect(touched(orders, 'aws sqs receive-message --queue-url orders-dlq', 'sleep 5')).toBe('orders-dlq');
  });

  it('is read from URLs and from sources of apps', () => {
    const url = 'https://sqs.us-east-1.amazonaws.com/000000000000/orders-dlq';
    expect(touched(`aws sqs purge-queue --queue-url ${url}`)).toBe('orders-dlq');
    expect(touched('app create-consumer --name w --from queue/orders --time 1s')).toBe('orders');
  });

  it('is none where no line names one that is there', () => {
    expect(touched('aws sqs send-message --queue-url gone --message-body queue')).toBeUndefined();
    expect(touched()).toBeUndefined();
  });
});
