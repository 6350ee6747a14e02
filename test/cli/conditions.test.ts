import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CliFailure } from '../../src/command/cliFailure.ts';
import { writeCondition } from '../../src/command/conditionText.ts';
import { readCondition } from '../../src/command/conditionWords.ts';
import { expand } from '../../src/command/shellValues.ts';
import { readShellLine } from '../../src/command/shellWords.ts';
import type { Condition } from '../../src/projection/conditionTypes.ts';

/** As `expect` reads it from the prompt. */
function read(typed: string): Condition {
  const line = readShellLine(`expect ${typed}`);
  if (line.type !== 'command') throw new Error('not a command');
  return readCondition(expand(line.words, new Map()).slice(1));
}

describe('conditions in words', () => {
  it.each<[string, Condition]>([
    ['queue/orders inFlight=0', { state: 'queue/orders', is: { inFlight: 0 } }],
    [
      'queue/orders visible>=1 visible<5',
      { state: 'queue/orders', is: { visible: { atLeast: 1, lessThan: 5 } } },
    ],
    ['queue/orders inFlight!=0', { state: 'queue/orders', is: { inFlight: { not: 0 } } }],
    ['queue/orders oldestAgeMs>30s', { state: 'queue/orders', is: { oldestAgeMs: { moreThan: '30s' } } }],
    [
      'queue/orders attributes.VisibilityTimeout=30 for 60s',
      { state: 'queue/orders', is: { 'attributes.VisibilityTimeout': 30 }, for: '60s' },
    ],
    ['queue/orders exists', { state: 'queue/orders', exists: true }],
    ['queue/orders', { state: 'queue/orders', exists: true }],
    ['queue/orders gone', { state: 'queue/orders', exists: false }],
    ['queue/orders visible=3 ever', { state: 'queue/orders', is: { visible: 3 }, ever: true }],
    ['app/web running=true', { state: 'app/web', is: { running: true } }],
    [
      'sqs/MessageReceived queue=orders by=you count>=2',
      { event: 'sqs/MessageReceived', where: { queue: 'orders', by: 'you' }, count: { atLeast: 2 } },
    ],
    [
      "sqs/MessageSent 'body=hello there' within 5m",
      { event: 'sqs/MessageSent', where: { body: 'hello there' }, within: '5m' },
    ],
    [
      '{"all":[{"state":"queue/orders","is":{"visible":0}}]}',
      { all: [{ state: 'queue/orders', is: { visible: 0 } }] },
    ],
    ['\'{"query":"length(keys(queue))","is":2}\'', { query: 'length(keys(queue))', is: 2 }],
  ])('%s', (typed, condition) => {
    expect(read(typed)).toEqual(condition);
  });

  it.each([
    ['', 'a condition is needed'],
    ['orders', 'orders names no resource and no event'],
    ['queue/orders inFlght=0', 'the condition cannot hold'],
    ['kew/orders inFlight=0', 'the condition cannot hold'],
    ['queue/orders inFlight', 'inFlight is no test'],
    ['queue/orders inFlight>=many', '>= needs a number or a time'],
    ['queue/orders visible=0 for ever', 'for needs a time'],
    ['sqs/MessageRecieved', 'the condition cannot hold'],
    ['{"state":"queue/orders"', 'the condition is not JSON'],
    ['{"state":"queue/orders","foo":1}', 'the condition'],
  ])('%s is refused', (typed, message) => {
    expect(() => read(typed)).toThrow(CliFailure);
    expect(() => read(typed)).toThrow(message);
  });

  it('what is written is read back as the same condition', () => {
    const scalar = fc.oneof(
      fc.integer({ min: 0, max: 99 }),
      fc.boolean(),
      fc.constantFrom('text', "it's", 'a b'),
    );
    const state = fc
      .record({ body: scalar, count: fc.integer({ min: 1, max: 9 }), least: fc.integer({ min: 0, max: 9 }) })
      .map(
        ({ body, count, least }): Condition => ({
          event: 'sqs/MessageSent',
          where: { body: String(body) === body ? body : `x${body}`, receiveCount: { atLeast: least } },
          count: { atMost: count },
        }),
      );
    const known = fc.constantFrom<Condition>(
      { state: 'queue/orders', is: { visible: { atLeast: 1, atMost: 4 } }, for: '30s' },
      { state: 'queue/orders', exists: false },
      { any: [{ state: 'queue/orders', is: { visible: 0 } }] },
      { state: 'queue/orders', is: { visible: 0 }, else: 'Empty it.' },
    );
    fc.assert(
      fc.property(fc.oneof(known, state.filter(valid)), (condition) => {
        expect(read(writeCondition(condition))).toEqual(condition);
      }),
    );
  });
});

function valid(condition: Condition): boolean {
  try {
    readCondition([{ value: JSON.stringify(condition), from: 0, to: 0 }]);
    return true;
  } catch {
    return false;
  }
}
