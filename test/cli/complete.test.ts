import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { type Completion, complete } from '../../src/command/complete.ts';
import { catalog, surroundings } from './console.ts';

/** `‸` is the cursor; else it stands at the end. */
function at(typed: string): Completion {
  const cursor = typed.indexOf('‸');
  const text = typed.replace('‸', '');
  return complete(text, cursor < 0 ? text.length : cursor, surroundings(), catalog, ['HANDLE', 'URL']);
}
const texts = (typed: string): string[] => at(typed).items.map(({ text }) => text);

describe('what may come next', () => {
  it('at the start: services, groups and our own words', () => {
    expect(texts('')).toEqual(
      expect.arrayContaining(['sqs', 'app', 'time', 'world', 'expect', 'sleep', 'help', 'aws']),
    );
    expect(texts('aws ')).toEqual(['sqs']);
  });

  it('behind a service: its operations, with a sentence', () => {
    const { items, title } = at('aws sqs rec');
    expect(title).toBe('sqs');
    expect(items).toEqual([expect.objectContaining({ text: 'receive-message', kind: 'operation' })]);
    expect(items[0]?.purpose).toMatch(/\w+ \w+/);
  });

  it('an operation is found without its service', () => {
    expect(texts('purge')).toEqual(['sqs purge-queue']);
  });

  it('behind an operation: required flags first, none twice', () => {
    const { items } = at('sqs send-message ');
    expect(items.slice(0, 2).map(({ text, required }) => [text, required])).toEqual([
      ['--queue-url', true],
      ['--message-body', true],
    ]);
    expect(texts('sqs send-message --queue-url orders ')).not.toContain('--queue-url');
  });

  it('a flag says its range', () => {
    expect(at('sqs receive-message --wait').items[0]).toMatchObject({
      text: '--wait-time-seconds',
      range: '0–20 s',
    });
  });

  it('flags of every command come with the first dashes', () => {
    expect(texts('sqs list-queues --')).toContain('--output');
    expect(texts('sqs list-queues --ou')).toEqual(['--output']);
    expect(texts('sqs list-queues --output ')).toEqual(['json', 'text', 'table', 'yaml', 'yaml-stream']);
  });

  it('names of resources with what is in them', () => {
    expect(at('sqs receive-message --queue-url o').items).toEqual([
      { text: 'orders', kind: 'resource', purpose: '3 visible, 1 in flight' },
      { text: 'orders-dlq', kind: 'resource', purpose: '0 visible, 0 in flight' },
    ]);
  });

  it('a receipt handle is found by its message', () => {
    const [item] = at('sqs delete-message --queue-url orders --receipt-handle hello').items;
    expect(item).toMatchObject({ label: 'a1f3 hello #1', text: expect.stringMatching(/AQEB/) });
  });

  it('values of AWS, many in a list', () => {
    expect(texts('sqs get-queue-attributes --queue-url orders --attribute-names All Vis')).toEqual([
      'VisibilityTimeout',
    ]);
  });

  it('behind --flag= its values', () => {
    const completion = at('sqs list-queues --output=t');
    expect(completion.items.map(({ text }) => text)).toEqual(['text', 'table']);
    expect(completion.from).toBe('sqs list-queues --output='.length);
  });

  it('inside $( ) and behind repeat as at the start', () => {
    expect(texts('H=$(sqs receive-m')).toEqual(['receive-message']);
    expect(texts('repeat 5 sqs purge')).toEqual(['purge-queue']);
  });

  it('variables behind $', () => {
    expect(at('sqs delete-message --queue-url $U')).toMatchObject({
      items: [{ text: '$URL' }],
      from: 31,
      to: 33,
    });
  });

  it('verbs and values of the playground', () => {
    expect(texts('time s')).toEqual(['speed', 'step', 'skip']);
    expect(texts('world new --delivery ')).toEqual(['calm', 'typical', 'rough']);
    expect(texts('app create-producer --name web --to ')).toEqual(['queue/orders']);
    expect(texts('app start --name ')).toEqual(['web']);
  });

  it('conditions: resources, then their fields', () => {
    expect(texts('expect queue')).toEqual(['queue/orders']);
    expect(texts('expect queue/orders in')).toEqual(['inFlight=']);
    expect(texts('time until sqs/MessageRec')).toContain('sqs/MessageReceived');
    expect(texts('expect sqs/MessageReceived cou')).toEqual(['count>=']);
  });

  it('in the middle of a line the word under the cursor', () => {
    const completion = at('sqs rec‸ --queue-url orders');
    expect(completion).toMatchObject({ from: 4, to: 7, ghost: '' });
    expect(completion.items.map(({ text }) => text)).toEqual(['receive-message']);
  });

  it('nothing in a comment, behind a pipe, behind || true', () => {
    for (const typed of [
      '# sq',
      'sqs list-queues | gr',
      'sqs list-queues || true ',
      'sqs list-queues # --',
    ]) {
      expect(at(typed).items).toEqual([]);
    }
  });
});

describe('ghost text and status', () => {
  it.each([
    ['sqs rec', 'eive-message', '', false],
    ['sqs receive-message', ' --queue-url orders', '--queue-url is missing', false],
    ['sqs receive-message ', '--queue-url orders', '--queue-url is missing', false],
    ['sqs receive-message --queue-url ', 'orders', '', false],
    ['sqs receive-message --queue-url orders', '', 'complete: enter runs it', true],
    ['sqs send-message --queue-url orders', " --message-body 'hello'", '--message-body is missing', false],
    ['sqs send-message --queue-url orders --mess', 'age-body', '--message-body is missing', false],
    ['sqs send-message --cli-input-json {}', '', 'complete: enter runs it', true],
    ['sqs list-queues', '', 'complete: enter runs it', true],
    ['time speed ', '--factor 10', '--factor is missing', false],
    ['time speed 10', '', 'complete: enter runs it', true],
    ['time pause', '', 'complete: enter runs it', true],
    ['app create-producer --name web', ' --to queue/orders', '--to is missing', false],
    ['sqs delete-message --queue-url orders --receipt-handle $HANDLE', '', 'complete: enter runs it', true],
  ])('%s', (typed, ghost, status, complete) => {
    expect(at(typed)).toMatchObject({ ghost, status, complete });
  });

  it('taking the ghost again and again completes the line', () => {
    for (const start of ['sqs send-message', 'sqs delete-message ', 'app create-consumer', 'time skip']) {
      let line = start;
      for (let step = 0; step < 8 && !at(line).complete; step++) line += at(line).ghost;
      expect([start, at(line).complete, line.length > start.length]).toEqual([start, true, true]);
    }
  });
});

describe('the short commands over buckets', () => {
  const all = new Map(CATALOG.map(({ description }) => [description.name, description] as const));
  const at = (typed: string): Completion => {
    const around = surroundings();
    const candidates: typeof around.candidates = (kind) =>
      kind === 'bucketName' ? [{ value: 'photos', about: '2 objects' }] : around.candidates(kind);
    return complete(typed, typed.length, { ...around, candidates }, all, []);
  };
  const texts = (typed: string): string[] => at(typed).items.map(({ text }) => text);

  it('are offered beside the services, with each verb that is here', () => {
    expect(texts('aws s3')).toEqual(['s3api', 's3']);
    expect(texts('aws s3 ')).toEqual(['ls', 'mb', 'rb', 'cp', 'rm']);
    expect(texts('s3 l')).toEqual(['ls']);
  });

  it('offer buckets as places', () => {
    expect(texts('aws s3 ls ')).toEqual(['s3://photos']);
    expect(texts('aws s3 cp a.txt ')).toEqual(['s3://photos/', '-']);
    expect(texts('aws s3 mb ')).toEqual(['s3://']);
    expect(texts('aws s3 rm s3://photos/a ')).toEqual([]);
  });

  it('say whether the line can run', () => {
    expect(at('aws s3 ls').complete).toBe(true);
    expect(at('aws s3 cp s3://photos/a').complete).toBe(false);
    expect(at('aws s3 cp s3://photos/a -').complete).toBe(true);
  });
});
