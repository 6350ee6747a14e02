/** Which keys a shard refused lately, and so whether a split would help. */
import { helps, helpsNot, mayHelp, type Why, type WhyGround } from '../../contract/why.ts';
import type { RecordThrottled } from './events.ts';
import type { KinesisState, Shard, Stream } from './model.ts';

type Ground = WhyGround<KinesisState>;

/** The keys that a shard refused lately, the most frequent first. */
export function refusedKeys(
  { lately }: Ground,
  stream: Stream,
  shard: Shard,
): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { event } of lately(2_000)) {
    if (event.type !== 'kinesis/RecordThrottled') continue;
    const refused = event as RecordThrottled;
    if (refused.stream !== stream.name || refused.shard !== shard.number) continue;
    counts.set(refused.partitionKey, (counts.get(refused.partitionKey) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** A split helps only when more than one key is hot. */
export function remediesFor(ground: Ground, stream: Stream, shard: Shard): Why['remedies'] {
  const keys = refusedKeys(ground, stream, shard);
  const [hottest] = keys;
  if (hottest !== undefined && keys.length === 1) {
    return [
      helps(`spread the key ${hottest[0]}: a suffix such as ${hottest[0]}-7 makes several keys of it`),
      mayHelp('try again a little later, each time after a longer wait'),
      helpsNot('a split: all records of one key stay in one shard'),
      helpsNot('more shards, or a stream on demand: for the same reason'),
    ];
  }
  return [
    helps(
      'split the shard',
      `aws kinesis split-shard --stream-name ${stream.name} --shard-to-split ${shard.id} --new-starting-hash-key KEY`,
    ),
    mayHelp('try again a little later, each time after a longer wait'),
  ];
}
