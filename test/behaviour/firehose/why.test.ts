import { describe, expect, it } from 'vitest';
import type { Why, WhyQuestion } from '../../../src/contract/why.ts';
import { seconds } from '../../../src/engine/units.ts';
import { firehose } from '../../../src/services/firehose/index.ts';
import { deliveries, delivery, putText, toBucket } from '../../support/deliveries.ts';
import type { World } from '../../support/world.ts';

const question: WhyQuestion = { type: 'resource', id: 'delivery/clicks' };
const ask = (w: World): Why | undefined =>
  firehose.why!(
    {
      state: w.simulation.stateOf('firehose'),
      now: w.now,
      settings: w.settings,
      lately: () => [],
      decide: () => [],
    },
    question,
  );

describe('why nothing was delivered', () => {
  it('names what the buffer holds of what it needs, and the instant at the latest', () => {
    const w = deliveries();
    delivery(w);
    putText(w, 'hello');
    expect(ask(w)).toMatchObject({
      answer:
        'The buffer holds 1 record: 5 of 5,242,880 bytes. It is delivered when it is full, at the latest at 05:21.000.',
      changes: { by: 'time', at: 321_000 },
    });
  });

  it('names the refusal of a bucket and the next attempt', () => {
    const w = deliveries();
    delivery(w, toBucket());
    w.call('Close', { Bucket: 'lake' }, 's3');
    putText(w, 'hello');
    w.after(seconds(301));
    expect(ask(w)!.answer).toBe(
      'The bucket refused: S3.AccessDenied: Access Denied. It is tried again at 05:26.000.',
    );
  });
});
