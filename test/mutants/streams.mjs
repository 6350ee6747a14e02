/** One changed rule of Kinesis Data Streams each: see table.mjs. */
const KINESIS = 'src/services/kinesis';

export const STREAM_MUTANTS = [
  {
    name: 'a record can be read after a minute only',
    fact: 'KDS-01',
    edits: [
      [
        `${KINESIS}/rules/reading.ts`,
        'readFrom(shard.log, first, max)',
        'readFrom(shard.log, (arrivalOf(shard.log, first) ?? 0) > now - 60_000 ? nextNumber(shard.log) : first, max)',
      ],
    ],
  },
  {
    name: 'records are kept for 24 hours, whatever is set',
    fact: 'KDS-02',
    edits: [
      [
        `${KINESIS}/rules/retention.ts`,
        'milliseconds(retentionHours * HOUR_MS)',
        'milliseconds(24 * HOUR_MS)',
      ],
    ],
  },
  {
    name: 'records can be kept for ten years',
    fact: 'KDS-02',
    edits: [
      [
        `${KINESIS}/limits.ts`,
        'RETENTION_HOURS = { min: 24, max: 8_760,',
        'RETENTION_HOURS = { min: 24, max: 87_600,',
      ],
    ],
  },
  {
    name: 'the oldest record cannot be read again',
    fact: 'KDS-03',
    edits: [
      [
        `${KINESIS}/rules/positions.ts`,
        '      return horizon(stream, shard, now);',
        '      return nextNumber(shard.log);',
      ],
    ],
  },
  {
    name: 'an instant of the past is the newest record',
    fact: 'KDS-03',
    edits: [
      [
        `${KINESIS}/rules/positions.ts`,
        'firstAt(shard.log, instant(timeOf(state, now, timestamp))),',
        'nextNumber(shard.log),',
      ],
    ],
  },
  {
    name: 'reading takes records away',
    fact: 'KDS-04',
    edits: [
      [
        `${KINESIS}/rules/reading.ts`,
        'import { arrivalOf, type LoggedRecord, nextNumber, readFrom }',
        'import { arrivalOf, dropBefore, type LoggedRecord, nextNumber, readFrom }',
      ],
      [
        `${KINESIS}/rules/reading.ts`,
        '  const position = first + read.records.length;',
        '  const position = first + read.records.length;\n  dropBefore(shard.log, position);',
      ],
    ],
  },
  {
    name: 'no record is too large',
    fact: 'KDS-05',
    edits: [
      [`${KINESIS}/rules/putting.ts`, 'const max = recordKiB * 1_024;', 'const max = recordKiB * 1_024_000;'],
    ],
  },
  {
    name: 'the key does not count in the size',
    fact: 'KDS-05',
    edits: [[`${KINESIS}/rules/putting.ts`, 'Data.length + utf8Length(PartitionKey)', 'Data.length']],
  },
  {
    name: 'records go to the shards in turn, whatever their key',
    fact: 'KDS-06',
    edits: [
      [
        `${KINESIS}/rules/putting.ts`,
        'shardOfKey(stream, key)',
        'shardOfKey(stream, key + stream.counters.put)',
      ],
    ],
  },
  {
    name: 'the key of a stream is not asked',
    fact: 'KDS-11',
    edits: [
      [
        'src/contract/guard.ts',
        "return 'needs' in ofKey ? denied(ofKey.needs) : ofKey.refusal;",
        'return undefined;',
      ],
    ],
  },
  {
    name: 'encryption begins with the oldest record',
    fact: 'KDS-11',
    edits: [
      [
        `${KINESIS}/rules/reading.ts`,
        "if (record.encrypted) this.EncryptionType = 'KMS';",
        "this.EncryptionType = 'KMS';",
      ],
    ],
  },
  {
    name: 'a stream takes plain HTTP',
    fact: 'KDS-12',
    edits: [[`${KINESIS}/index.ts`, '  httpsOnly: true,\n', '']],
  },
  {
    name: 'a new stream has one shard, whatever is asked',
    fact: 'KDS-13',
    edits: [[`${KINESIS}/rules/changes.ts`, 'of evenRanges(to.shards))', 'of evenRanges(1))']],
  },
  {
    name: 'a shard takes any number of records',
    fact: 'KDS-14',
    edits: [
      [`${KINESIS}/rules/throughput.ts`, "  if (put.records >= limits.records) return 'records';\n", ''],
    ],
  },
  {
    name: 'a shard takes any number of bytes',
    fact: 'KDS-14',
    edits: [
      [
        `${KINESIS}/rules/throughput.ts`,
        "return put.bytes > 0 && put.bytes + size > limits.bytes ? 'bytes' : undefined;",
        'return undefined;',
      ],
    ],
  },
  {
    name: 'a shard takes 100 records a second',
    fact: 'KDS-14',
    edits: [
      [
        `${KINESIS}/limits.ts`,
        'SHARD: ShardLimits = { records: 1_000,',
        'SHARD: ShardLimits = { records: 100,',
      ],
    ],
  },
  {
    name: 'a reader has the two megabytes of a shard for itself',
    fact: 'KDS-15',
    edits: [
      [
        `${KINESIS}/rules/throughput.ts`,
        '  if (read.bytes > limits.bytesOut) {\n',
        '  if (read.bytes > 100 * limits.bytesOut) {\n',
      ],
    ],
  },
  {
    name: 'a stream stays provisioned',
    fact: 'KDS-17',
    edits: [[`${KINESIS}/rules/changes.ts`, '      stream.mode = to.mode;\n', '']],
  },
  {
    name: 'a stream on demand begins with 20,000 records a second',
    fact: 'KDS-18',
    edits: [
      [
        `${KINESIS}/rules/capacity.ts`,
        'let records = ON_DEMAND.shards * limits.records;',
        'let records = 5 * ON_DEMAND.shards * limits.records;',
      ],
    ],
  },
  {
    name: 'a stream on demand never takes more than at its start',
    fact: 'KDS-19',
    edits: [
      [
        `${KINESIS}/rules/capacity.ts`,
        'records = Math.max(records, 2 * peak.records);',
        'records = Math.max(records, peak.records);',
      ],
    ],
  },
  {
    name: 'a stream on demand takes whatever comes, once it has grown',
    fact: 'KDS-19',
    edits: [
      [
        `${KINESIS}/rules/capacity.ts`,
        'records = Math.max(records, 2 * peak.records);',
        'records = Math.max(records, 20 * peak.records);',
      ],
    ],
  },
  {
    name: 'a peak is never forgotten',
    fact: 'KDS-19',
    edits: [[`${KINESIS}/rules/capacity.ts`, 'if (peak.quarter < oldest || ', 'if (']],
  },
  {
    name: 'a tumbling window forgets what its calls counted',
    lessons: ['kinesis/one-stream-many-readers'],
    edits: [['src/services/lambda/rules/streamWindows.ts', 'state: JSON.parse(window.state),', 'state: {},']],
  },
  {
    name: 'a tumbling window does not end',
    lessons: ['kinesis/one-stream-many-readers'],
    edits: [
      [
        'src/services/lambda/rules/streamWindows.ts',
        'if (!isOver && !window.isTooLarge) return undefined;',
        'if (isOver || !window.isTooLarge) return undefined;',
      ],
    ],
  },
  {
    name: 'nobody is told what a mapping gives up',
    lessons: ['kinesis/one-stream-many-readers'],
    edits: [
      [
        'src/services/lambda/rules/streamGivingUp.ts',
        'if (to === undefined || record === undefined) return;',
        'if (to === undefined || record !== undefined) return;',
      ],
    ],
  },
  {
    name: 'a lease is taken while its worker may still live',
    fact: 'KDS-10',
    edits: [
      [
        'src/services/apps/leases.ts',
        'lease.expires = after(lastRenewal(lease, failover, context.now), failover);',
        'lease.expires = instant(context.now + 1);',
      ],
    ],
  },
  {
    name: 'the lease of a dead worker never ends',
    fact: 'KDS-10',
    edits: [
      [
        'src/services/apps/leases.ts',
        '  plan(context, app, lease.shard, lease.expires);\n',
        '  lease.expires = instant(lease.expires + 365 * 86_400_000);\n',
      ],
    ],
  },
  {
    name: 'who takes a lease over begins with the newest record',
    fact: 'KDS-10',
    edits: [
      [
        'src/services/apps/leases.ts',
        "reader.done = /^\\d/u.test(checkpoint) ? checkpoint : '';",
        "reader.done = '';\n    if (from >= 0) lease.checkpoint = 'LATEST';",
      ],
    ],
  },
];
