/** The rules that explanations name, with the AWS page that each stands on. */
import type { WhyRule } from '../../contract/why.ts';

const guide = (name: string, says: string, title: string): WhyRule => ({
  name: `kinesis/${name}`,
  says,
  page: `Amazon Kinesis Data Streams Developer Guide: ${title}`,
});
const reference = (name: string, says: string, operation: string): WhyRule => ({
  name: `kinesis/${name}`,
  says,
  page: `Amazon Kinesis Data Streams API Reference: ${operation}`,
});

export const RULES = {
  write: guide(
    'write-limits',
    'A shard takes 1,000 records and 1 MiB a second, keys counted; all records of one key go to one shard.',
    'Quotas and limits',
  ),
  largeRecords: guide(
    'large-records',
    'Of large records a shard takes up to 10 MiB at once, and then 1 MiB a second on average.',
    'Handle large records',
  ),
  read: reference(
    'read-limits',
    'A shard gives five answers and 2 MiB a second, to all who poll it together.',
    'GetRecords',
  ),
  batch: reference(
    'partial-failure',
    'PutRecords is not all or nothing: each record has its own outcome.',
    'PutRecords',
  ),
  iterator: reference(
    'iterator-age',
    'A shard iterator expires five minutes after it is returned.',
    'GetShardIterator',
  ),
  tip: reference(
    'empty-read',
    'An answer without records is no end: there may be more later. Only a closed shard ends, without NextShardIterator.',
    'GetRecords',
  ),
  count: reference(
    'update-shard-count',
    'At most to double, at least to half, at most ten times in 24 hours.',
    'UpdateShardCount',
  ),
  mode: reference(
    'update-stream-mode',
    'The mode of a stream changes at most twice in 24 hours.',
    'UpdateStreamMode',
  ),
} as const satisfies Readonly<Record<string, WhyRule>>;
