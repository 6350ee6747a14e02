/** Why part of a batch was refused, and why a change of the destination was. */
import { counted, helps, mayHelp, type Why, type WhyGround, worded } from '../../contract/why.ts';
import { several } from '../../contract/whyWords.ts';
import type { DeliveryStream, FirehoseState } from './model.ts';
import { type Gauge, gaugesNow } from './rules/throughput.ts';

type Ground = WhyGround<FirehoseState>;

export const QUOTA: Why['rule'] = {
  name: 'firehose/quota',
  says: 'Records, requests and bytes of a delivery stream are limited, all three each second.',
  page: 'Amazon Data Firehose Developer Guide: Amazon Data Firehose quota',
};
const VERSIONS: Why['rule'] = {
  name: 'firehose/versions',
  says: 'A change of the destination names the version that it changes; each change makes the next version.',
  page: 'Amazon Data Firehose API Reference: UpdateDestination',
};

const gaugeRow = ({ meter, used, limit }: Gauge): Why['values'][number] => ({
  label: meter,
  is: counted(used),
  against: { label: 'a second', is: counted(limit) },
});

/** Undefined: every record of the batch was taken. */
export function partlyRefused(
  { state, now }: Ground,
  stream: DeliveryStream,
  output: object,
): Why | undefined {
  const { FailedPutCount = 0 } = output as { readonly FailedPutCount?: number };
  if (FailedPutCount === 0) return undefined;
  return {
    title: `Firehose refused ${several(FailedPutCount, 'record')} of the batch`,
    answer:
      'PutRecordBatch answers for each record: those with an ErrorCode were not taken, the others were. The stream had no room left in this second.',
    at: now,
    rule: QUOTA,
    values: gaugesNow(state, stream, now).map(gaugeRow),
    changes: {
      by: 'time',
      at: ((Math.floor(now / 1_000) + 1) * 1_000) as typeof now,
      into: 'the next second has its own room',
    },
    remedies: [
      helps('send again only the records that have an ErrorCode, a little later'),
      mayHelp('ask AWS for a higher quota'),
    ],
  };
}

/** The destination was changed since it was described. */
export function versionRefused({ now }: Ground, stream: DeliveryStream, input: object): Why {
  const { CurrentDeliveryStreamVersionId: named = '' } = input as {
    readonly CurrentDeliveryStreamVersionId?: string;
  };
  const { name, version } = stream;
  return {
    title: 'Firehose refused UpdateDestination',
    answer: `The command names version ${named}; ${name} is at version ${version}.`,
    at: now,
    rule: VERSIONS,
    values: [
      {
        label: 'CurrentDeliveryStreamVersionId',
        is: worded(named),
        against: { label: 'VersionId', is: worded(String(version)) },
      },
    ],
    changes: { by: 'act', into: 'the command with the version of now' },
    remedies: [
      helps(`give --current-delivery-stream-version-id ${version}`),
      helps('look at it', `aws firehose describe-delivery-stream --delivery-stream-name ${name}`),
    ],
  };
}
