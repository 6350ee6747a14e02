/** Why a function gets no newer records of a shard: a batch before them fails, and order is kept. */
import { counted, helps, helpsNot, mayHelp, type Why, type WhyGround, worded } from '../../contract/why.ts';
import { instantWords, several } from '../../contract/whyWords.ts';
import type { LambdaFunction, LambdaState } from './model.ts';
import type { MappingRecord } from './rules/mappingRecord.ts';
import { streamSettingsOf } from './rules/streamSettings.ts';
import { type StreamShard, streamWorkOf } from './rules/streamWork.ts';
import { blockedLane, heldIn } from './viewShards.ts';

const ORDER: Why['rule'] = {
  name: 'lambda/blocked-shard',
  says: 'A batch of a shard that fails is tried again until it succeeds, its retries are used up or its records are too old; the shard waits.',
  page: 'AWS Lambda Developer Guide: Using Lambda to process records from Amazon Kinesis Data Streams',
};

/** Undefined: no shard is blocked. */
export function whyBlocked(
  { now }: WhyGround<LambdaState>,
  record: LambdaFunction,
  mappings: readonly MappingRecord[],
): Why | undefined {
  for (const mapping of mappings) {
    if (mapping.service === 'sqs') continue;
    const shards = [...(streamWorkOf(mapping)?.shards.values() ?? [])];
    const blocked = shards.filter((shard) => blockedLane(shard) !== undefined);
    const [first] = blocked;
    if (first !== undefined) return explain(now, record, mapping, first, blocked);
  }
  return undefined;
}

function explain(
  at: Why['at'],
  { name }: LambdaFunction,
  mapping: MappingRecord,
  shard: StreamShard,
  blocked: readonly StreamShard[],
): Why {
  const { batches, wakes } = blockedLane(shard)!;
  const { entries, invokes } = batches[0]!;
  const {
    MaximumRetryAttempts: most,
    MaximumRecordAgeInSeconds: age,
    DestinationConfig,
  } = streamSettingsOf(mapping.settings);
  const stream = mapping.source.slice(mapping.source.lastIndexOf('/') + 1);
  const update = `aws lambda update-event-source-mapping --uuid ${mapping.uuid}`;
  return {
    title: `function ${name}`,
    answer: `${shard.shardId} is blocked: a batch of ${several(entries.length, 'record')} failed ${several(invokes, 'time')}. It is tried again at ${instantWords(wakes)}, and the shard waits for it.`,
    at,
    rule: ORDER,
    values: [
      {
        label: 'calls so far',
        is: counted(invokes),
        against: {
          label: 'MaximumRetryAttempts',
          is: most < 0 ? worded('-1, without end') : counted(most),
        },
      },
      { label: 'MaximumRecordAgeInSeconds', is: age < 0 ? worded('-1, without end') : counted(age) },
      { label: 'given up go to', is: worded(DestinationConfig.OnFailure.Destination ?? 'nowhere') },
      { label: 'records held here', is: counted(heldIn(shard)) },
      { label: 'blocked shards', is: counted(blocked.length) },
    ],
    changes: { by: 'time', at: wakes, into: 'the batch is tried again' },
    remedies: [
      helps('mend the function'),
      mayHelp('give up after some tries', `${update} --maximum-retry-attempts 2`),
      mayHelp('find the bad record by halving', `${update} --bisect-batch-on-function-error`),
      helpsNot('more shards: the bad record stays in this one'),
    ],
    see: [`stream/${stream}`],
  };
}
