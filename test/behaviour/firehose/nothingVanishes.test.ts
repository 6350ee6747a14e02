import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { milliseconds, seconds } from '../../../src/engine/units.ts';
import {
  balance,
  bytesOf,
  deliveries,
  delivery,
  figures,
  ROLE,
  texts,
  toBucket,
} from '../../support/deliveries.ts';

/** Steps of a history: puts of several records, waits, a bucket that closes and opens, a destination that fails. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('put' as const),
      size: fc.integer({ min: 0, max: 3_000 }),
      count: fc.integer({ min: 1, max: 8 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 200_000 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'close' as const }) },
  { weight: 2, arbitrary: fc.constant({ type: 'open' as const }) },
  { weight: 1, arbitrary: fc.constant({ type: 'day' as const }) },
);

const HANDLERS = ['none', 'ok', 'drop-some', 'fail-some', 'csv-to-json', 'fail-on-word'] as const;

describe('every byte put into a delivery stream', () => {
  it('is in exactly one of delivered, failed, dropped, lost and buffered', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...HANDLERS),
        fc.nat(1_000),
        fc.array(step, { maxLength: 30 }),
        (handler, seed, steps) => {
          const w = deliveries({ seed });
          const FunctionName = 'change';
          const arn = `arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}`;
          if (handler !== 'none') {
            const Code = { ZipFile: new Uint8Array(1) };
            w.call(
              'CreateFunction',
              { FunctionName, Role: ROLE, Runtime: 'nodejs22.x', Handler: handler, Code },
              'lambda',
            );
            w.after(seconds(10));
          }
          const Processors = [
            { Type: 'Lambda', Parameters: [{ ParameterName: 'LambdaArn', ParameterValue: arn }] },
            { Type: 'AppendDelimiterToRecord' },
          ];
          const processing =
            handler === 'none' ? {} : { ProcessingConfiguration: { Enabled: true, Processors } };
          delivery(w, toBucket({ BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 60 }, ...processing }));
          const check = (): void => {
            const { in: all, out } = balance(w);
            expect(out).toBe(all);
            const of = figures(w);
            expect(of.delivered + of.failed + of.dropped + of.lost + of.bufferedRecords).toBe(
              of.records + of.split,
            );
          };
          for (const each of steps) {
            if (each.type === 'put') {
              const Records = Array.from({ length: each.count }, (_, index) => ({
                Data: bytesOf('f'.repeat(each.size) + index),
              }));
              w.call('PutRecordBatch', { DeliveryStreamName: 'clicks', Records }, 'firehose');
            } else if (each.type === 'wait') w.afterMs(milliseconds(each.ms));
            else if (each.type === 'day') w.after(seconds(90_000));
            else w.call(each.type === 'open' ? 'Open' : 'Close', { Bucket: 'lake' }, 's3');
            check();
          }
          w.call('Open', { Bucket: 'lake' }, 's3');
          w.after(seconds(7_200));
          check();
          const { delivered, failed, bufferedRecords, deliveredBytes } = figures(w);
          expect(bufferedRecords).toBe(0);
          const failedLines = texts(w)
            .join('')
            .split('\n')
            .filter((line) => line.startsWith('{"attemptsMade"'));
          expect(failedLines).toHaveLength(failed);
          if (handler === 'none') expect(texts(w).join('').length).toBe(deliveredBytes);
          else expect(delivered).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 30 },
    );
  });
});
