import { describe, expect, it } from 'vitest';
import type { Why, WhyQuestion } from '../../../src/contract/why.ts';
import { seconds } from '../../../src/engine/units.ts';
import { firehose } from '../../../src/services/firehose/index.ts';
import { deliveries, delivery, putText, toBucket } from '../../support/deliveries.ts';
import type { World } from '../../support/world.ts';

const resource: WhyQuestion = { type: 'resource', id: 'delivery/clicks' };
const ask = (w: World, question: WhyQuestion = resource): Why | undefined =>
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

const answered = (w: World, operation: string, input: object): Why | undefined => {
  const caller = { by: 'you', account: '000000000000', profile: 'default', secure: true };
  const request = { service: 'firehose', operation, input, caller };
  const outcome = w.outcome(operation, input, 'firehose');
  return ask(w, { type: 'call', request, outcome } as WhyQuestion);
};

describe('why Firehose did not do what it was asked', () => {
  it('says of a batch that was taken in part which meter was full, and until when', () => {
    const w = deliveries({ limits: 'scaled' });
    delivery(w);
    const Records = Array.from({ length: 500 }, () => ({ Data: new Uint8Array(200) }));
    const why = answered(w, 'PutRecordBatch', { DeliveryStreamName: 'clicks', Records });
    expect(why?.title).toMatch(/^Firehose refused \d+ records of the batch$/u);
    const changes = why?.changes;
    expect(changes?.by === 'time' ? changes.at % 1_000 : -1).toBe(0);
  });

  it('says which version a change of the destination must name', () => {
    const w = deliveries();
    delivery(w);
    const input = {
      DeliveryStreamName: 'clicks',
      CurrentDeliveryStreamVersionId: '7',
      DestinationId: 'destinationId-000000000001',
      ExtendedS3DestinationUpdate: { BufferingHints: { SizeInMBs: 2, IntervalInSeconds: 60 } },
    };
    expect(answered(w, 'UpdateDestination', input)?.answer).toBe(
      'The command names version 7; clicks is at version 1.',
    );
  });
});
