/**
 * Firehose against a naive buffer, and the law that nothing vanishes: every record that was put is afterwards in exactly
 * one of delivered, backed up as failed, dropped, lost or buffered, looked for by its own text where it must lie.
 */
import { describe, expect, it } from 'vitest';
import { utf8Text } from '../../src/contract/text.ts';
import { fromBase64 } from '../../src/engine/plainJson.ts';
import { Random } from '../../src/engine/random.ts';
import { milliseconds, seconds } from '../../src/engine/units.ts';
import {
  balance,
  bytesOf,
  deliveries,
  delivery,
  figures,
  ROLE,
  texts,
  toBucket,
} from '../support/deliveries.ts';
import { histories, playAll, type Steps } from '../support/histories.ts';
import type { Output, World } from '../support/world.ts';
import { NaiveDelivery } from './naiveDelivery.ts';

const { count: HISTORIES, seeds, timeout } = histories(48);
const BUFFERS = Math.ceil(HISTORIES / 4);

const KINDS = ['bucket', 'function', 'partitions', 'endpoint', 'stream', 'backup'] as const;
const HANDLERS = ['ok', 'drop-some', 'fail-some', 'fail-on-word', 'csv-to-json'] as const;
const MEGABYTE = 1_048_576;

/** A record that is known again wherever it turns up. */
const textOf = (number: number, key: number, padding: number): string =>
  `{"id":"r${number}.","k":"k${key}","pad":"${'f'.repeat(padding)}"}\n`;
const IDS = /r\d+\./gu;

class History {
  readonly random: Random;
  readonly w: World;
  readonly kind: (typeof KINDS)[number];
  readonly put = new Set<string>();
  made = 0;

  constructor(seed: number) {
    this.random = Random.of(seed, 'history');
    this.w = deliveries({ seed });
    this.kind = KINDS[seed % KINDS.length]!;
    this.begin();
  }

  begin(): void {
    const { w, kind } = this;
    const BufferingHints = { SizeInMBs: 1, IntervalInSeconds: this.random.integer(60, 300) };
    const prefixes = { Prefix: 'good/', ErrorOutputPrefix: 'bad/!{firehose:error-output-type}/' };
    if (kind === 'function') {
      const Handler = HANDLERS[this.random.below(HANDLERS.length)]!;
      const Code = { ZipFile: new Uint8Array(1) };
      const Variables = { WORD: '7.' };
      const more = { Role: ROLE, Runtime: 'nodejs22.x', Handler, Code, Environment: { Variables } };
      w.call('CreateFunction', { FunctionName: 'change', ...more }, 'lambda');
    }
    if (kind === 'endpoint') {
      const address = 'https://taker.example.com';
      w.call('CreateEndpoint', { name: 'taker', kind: 'http', address, answers: '200' }, 'app');
      delivery(w, {
        HttpEndpointDestinationConfiguration: {
          EndpointConfiguration: { Url: 'https://taker.example.com/in', Name: 'Taker' },
          BufferingHints,
          RetryOptions: { DurationInSeconds: this.random.below(120) },
          S3Configuration: { RoleARN: ROLE, BucketARN: 'arn:aws:s3:::lake', ...prefixes },
        },
      });
      return;
    }
    if (kind === 'stream') {
      w.call('CreateStream', { StreamName: 's', ShardCount: this.random.integer(1, 3) }, 'kinesis');
      w.after(seconds(5));
      const KinesisStreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';
      delivery(w, {
        DeliveryStreamType: 'KinesisStreamAsSource',
        KinesisStreamSourceConfiguration: { KinesisStreamARN, RoleARN: ROLE },
        ...toBucket({ BufferingHints, ...prefixes }),
      });
      w.after(seconds(3));
      return;
    }
    delivery(w, toBucket({ BufferingHints, ...prefixes, ...this.settings() }));
  }

  settings(): object {
    const parameter = (ParameterName: string, ParameterValue: string) => ({ ParameterName, ParameterValue });
    if (this.kind === 'function') {
      const arn = 'arn:aws:lambda:us-east-1:000000000000:function:change';
      const Parameters = [parameter('LambdaArn', arn), parameter('BufferIntervalInSeconds', '10')];
      return { ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'Lambda', Parameters }] } };
    }
    if (this.kind === 'backup') {
      const S3BackupConfiguration = { RoleARN: ROLE, BucketARN: 'arn:aws:s3:::raw' };
      return { S3BackupMode: 'Enabled', S3BackupConfiguration };
    }
    if (this.kind !== 'partitions') return {};
    const Parameters = [
      parameter('MetadataExtractionQuery', '{k: .k}'),
      parameter('JsonParsingEngine', 'JQ-1.6'),
    ];
    return {
      Prefix: 'good/!{partitionKeyFromQuery:k}/',
      BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 60 },
      DynamicPartitioningConfiguration: { Enabled: true },
      ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'MetadataExtraction', Parameters }] },
    };
  }

  run(steps: Steps): void {
    for (const _ of steps.of(this.random, this.random.integer(5, 25))) {
      const dice = this.random.below(100);
      if (dice < 55) this.putSome();
      else if (dice < 85) this.w.afterMs(milliseconds(this.random.integer(1, 150_000)));
      else if (dice < 90) this.shut(true);
      else if (dice < 97) this.shut(false);
      else this.w.after(seconds(90_000));
      this.check();
    }
    this.shut(false);
    this.w.after(seconds(20_000));
    this.check();
    expect(figures(this.w).bufferedRecords).toBe(0);
    this.find();
  }

  putSome(): void {
    const { w, random } = this;
    const all = Array.from({ length: random.integer(1, 6) }, () => {
      const number = this.made++;
      this.put.add(`r${number}.`);
      const isBroken = this.kind === 'partitions' && random.chance(1, 10);
      const large = random.chance(1, 20) ? 300_000 : 300;
      const text = textOf(number, random.below(5), random.below(large));
      return isBroken ? text.replace('{', '!') : text;
    });
    if (this.kind === 'stream') {
      const Records = all.map((text) => ({ PartitionKey: text.slice(0, 12), Data: bytesOf(text) }));
      const { Records: answers } = w.call('PutRecords', { StreamName: 's', Records }, 'kinesis');
      answers.forEach(({ ErrorCode }: Output, index: number) => {
        if (ErrorCode !== undefined) this.put.delete(all[index]!.match(IDS)![0]);
      });
      return;
    }
    const Records = all.map((text) => ({ Data: bytesOf(text) }));
    const input = { DeliveryStreamName: 'clicks', Records };
    const { FailedPutCount } = w.call('PutRecordBatch', input, 'firehose');
    expect(FailedPutCount).toBe(0);
  }

  shut(closed: boolean): void {
    const { w } = this;
    if (this.kind === 'endpoint') {
      w.call('Update', { name: 'taker', answers: closed ? '500' : '200' }, 'app');
    } else w.call(closed ? 'Close' : 'Open', { Bucket: 'lake' }, 's3');
  }

  /** In every moment the bytes add up. */
  check(): void {
    const { in: all, out } = balance(this.w);
    expect(out).toBe(all);
    const { delivered, failed, dropped, lost, bufferedRecords, records, split } = figures(this.w);
    expect(delivered + failed + dropped + lost + bufferedRecords).toBe(records + split);
  }

  /** Each record lies in one place, and as many are nowhere as were dropped and lost. */
  find(): void {
    const { w } = this;
    const good = texts(w, 'lake', 'good/').flatMap((text) => text.match(IDS) ?? []);
    const bad = texts(w, 'lake', 'bad/').flatMap((text) =>
      text
        .split('\n')
        .filter((line) => line !== '')
        .flatMap((line) => utf8Text(fromBase64(JSON.parse(line).rawData))!.match(IDS) ?? []),
    );
    const { delivered, failed, dropped, lost, records, backedUp } = figures(w);
    expect(records).toBe(this.put.size);
    expect(bad).toHaveLength(failed);
    const places = this.kind === 'endpoint' ? bad : [...good, ...bad];
    if (this.kind !== 'endpoint') expect(good).toHaveLength(delivered);
    expect(new Set(places).size).toBe(places.length);
    for (const id of places) expect(this.put.has(id)).toBe(true);
    const elsewhere = dropped + lost + (this.kind === 'endpoint' ? delivered : 0);
    expect(this.put.size - places.length).toBe(elsewhere);
    if (this.kind !== 'backup') return;
    const raw = texts(w, 'raw').flatMap((text) => text.match(IDS) ?? []);
    expect(new Set(raw)).toEqual(this.put);
    expect(backedUp).toBe(raw.length);
  }
}

describe('every record that Firehose takes', () => {
  it(
    `is in exactly one place, in ${HISTORIES} random histories`,
    () => {
      const ends = { delivered: 0, failed: 0, dropped: 0, lost: 0 };
      playAll(seeds, (seed, steps) => {
        const history = new History(seed);
        history.run(steps);
        const of = figures(history.w);
        for (const end of ['delivered', 'failed', 'dropped', 'lost'] as const) ends[end] += of[end];
      });
      // The histories came to every end there is.
      for (const count of Object.values(ends)) expect(count).toBeGreaterThan(0);
    },
    timeout,
  );
});

describe('a buffer', () => {
  it(
    `is flushed as a naive one is, in ${BUFFERS} random histories`,
    () => {
      let bySize = 0;
      playAll(seeds.slice(0, BUFFERS), (seed, steps) => {
        const random = Random.of(seed, 'buffer');
        const w = deliveries({ seed });
        const IntervalInSeconds = random.integer(1, 900);
        const SizeInMBs = random.integer(1, 2);
        delivery(w, toBucket({ BufferingHints: { SizeInMBs, IntervalInSeconds } }));
        const naive = new NaiveDelivery(SizeInMBs * MEGABYTE, IntervalInSeconds * 1_000);
        const start = w.now;
        for (const step of steps.of(random, 16)) {
          // Often exactly at the edge of the interval.
          const wait = random.chance(1, 5) ? IntervalInSeconds * 1_000 : random.below(300_000);
          w.afterMs(milliseconds(wait));
          naive.passed(w.now);
          const text = `${step}.`.padEnd(random.chance(1, 3) ? random.integer(10, 700_000) : 12, 'x');
          w.call('PutRecord', { DeliveryStreamName: 'clicks', Record: { Data: bytesOf(text) } }, 'firehose');
          naive.put(text, w.now);
          expect(figures(w).bufferedBytes, `seed ${seed} at ${w.now - start}`).toBe(naive.heldBytes);
        }
        w.afterMs(milliseconds(900_000));
        naive.passed(w.now);
        const found = texts(w);
        expect(found.length, `seed ${seed}`).toBe(naive.objects.length);
        found.forEach((text, index) => {
          expect(text === naive.objects[index], `seed ${seed}, object ${index}`).toBe(true);
        });
        bySize += w.events('firehose/BufferFlushed').filter(({ reason }) => reason === 'size').length;
      });
      expect(bySize).toBeGreaterThan(0);
    },
    timeout,
  );
});
