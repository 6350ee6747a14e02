import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/engine/eventLog.ts';
import { instant } from '../../../src/engine/units.ts';

function logOf(capacity: number, count: number, keepFrom?: number): EventLog {
  const log = new EventLog(capacity);
  if (keepFrom !== undefined) log.keepFrom = keepFrom;
  append(log, count);
  return log;
}

function append(log: EventLog, count: number): void {
  for (let index = 0; index < count; index++) {
    log.append(instant(log.count), { type: 'toy/Added', by: 'you' });
  }
}

const numbers = (log: EventLog): number[] => log.since(0).map(({ sequence }) => sequence);

describe('the event log', () => {
  it('keeps the newest events', () => {
    expect(numbers(logOf(4, 10))).toEqual([6, 7, 8, 9]);
  });

  it('keeps what somebody has not been told yet, however much it is', () => {
    expect(numbers(logOf(4, 50, 3)).slice(0, 2)).toEqual([3, 4]);
    expect(numbers(logOf(4, 50, 3))).toHaveLength(47);
  });

  it('is short again once they have been told', () => {
    const log = logOf(4, 50, 0);
    log.keepFrom = 50;
    append(log, 200);
    expect(numbers(log).length).toBeLessThanOrEqual(200);
    log.keepFrom = Number.POSITIVE_INFINITY;
    append(log, 300);
    expect(numbers(log)).toEqual([546, 547, 548, 549]);
  });

  it('gives an event by its number, and none that it has forgotten', () => {
    const log = logOf(4, 10);
    expect(log.at(9)?.sequence).toBe(9);
    expect(log.at(5)).toBeUndefined();
    expect(log.at(10)).toBeUndefined();
  });

  it('goes back to an earlier moment', () => {
    const log = logOf(4, 10);
    const tail = log.tail(2);
    append(log, 5);
    log.rewind(10, tail);
    expect(numbers(log)).toEqual([8, 9]);
    append(log, 1);
    expect(numbers(log)).toEqual([8, 9, 10]);
  });
});
