/** Why a stream's mode or count of shards cannot be changed now. */
import { counted, helps, mayHelp, type Why, type WhyGround } from '../../contract/why.ts';
import { several } from '../../contract/whyWords.ts';
import { instant } from '../../engine/units.ts';
import { COUNT_CHANGES_MAX, DAY } from './limits.ts';
import type { KinesisState, Stream } from './model.ts';
import { RULES } from './whyRules.ts';

type Ground = WhyGround<KinesisState>;

export function limited(
  ground: Ground,
  stream: Stream,
  operation: string,
  input: { readonly TargetShardCount?: number },
): Why | undefined {
  const { now } = ground;
  const base = { title: `your ${operation} of ${stream.name} was refused`, at: now } as const;
  if (
    operation === 'UpdateStreamMode' ||
    (operation === 'UpdateShardCount' && stream.countChanges.length >= COUNT_CHANGES_MAX)
  ) {
    const calls = operation === 'UpdateStreamMode' ? stream.modeChanges : stream.countChanges;
    return {
      ...base,
      answer: `${several(calls.length, 'change')} lie within the last 24 hours; more are not allowed.`,
      rule: operation === 'UpdateStreamMode' ? RULES.mode : RULES.count,
      values: [{ label: 'changes in 24 hours', is: counted(calls.length) }],
      changes: { by: 'time', at: instant((calls[0] ?? now) + DAY), into: 'one more is allowed' },
      remedies:
        operation === 'UpdateShardCount' ? [mayHelp('split-shard and merge-shards are not counted')] : [],
    };
  }
  if (operation !== 'UpdateShardCount') return undefined;
  return {
    ...base,
    answer: 'One call goes at most to double and at least to half.',
    rule: RULES.count,
    values: [
      {
        label: 'asked for',
        is: counted(input.TargetShardCount ?? 0),
        against: { label: 'open shards', is: counted(stream.openShards) },
      },
    ],
    changes: { by: 'act', into: 'another target' },
    remedies: [helps(`go in steps: first to ${2 * stream.openShards}, then further`)],
  };
}
