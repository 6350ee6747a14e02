import { describe, expect, it } from 'vitest';
import { requestsOf } from '../../src/contract/usage.ts';
import { bill, gross, total } from '../../src/pricing/meter.ts';

const standard = (quantity: number) => [{ item: 'sqs/standard-requests', quantity }];
const fifo = (quantity: number) => [{ item: 'sqs/fifo-requests', quantity }];
const cents = (usd: number): string => usd.toFixed(2);

describe('the price of SQS', () => {
  it.each([
    [0, 1],
    [65_536, 1],
    [65_537, 2],
    [262_144, 4],
    [1_048_576, 16],
    [10 * 6_554, 2],
  ])('counts %i bytes as %i requests', (bytes, requests) => {
    expect(requestsOf(bytes)).toBe(requests);
  });

  it('gives a million requests a month away', () => {
    expect(total(bill(standard(1_000_000)))).toBe(0);
    expect(total(bill(standard(1_000_001)))).toBeCloseTo(0.000_000_4, 12);
  });

  it('comes to the guide’s worked examples, to the cent', () => {
    expect(cents(total(bill(standard(30_000_000))))).toBe('11.60');
    expect(cents(total(bill(fifo(30_000_000))))).toBe('14.50');
    expect(cents(total(bill(standard(3_000_000))))).toBe('0.80');
  });

  it('gets cheaper by volume', () => {
    const hundredBillion = total(bill(standard(100_000_000_000)));
    expect(total(bill(standard(101_000_000_000))) - hundredBillion).toBeCloseTo(300, 5);
  });

  it('shows a single request before the free tier', () => {
    expect(total(gross(standard(10)))).toBeCloseTo(0.000_004, 12);
  });
});
