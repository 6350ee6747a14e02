import { describe, expect, it } from 'vitest';
import type { Answer, Wait } from '../../src/command/console.ts';
import { essence, stderrOf, transcript } from '../../src/command/transcript.ts';
import { newState, QUEUE_URL, run } from './console.ts';

const good: () => Answer = () => ({ ok: true, output: { MessageId: 'id' } });
const refusal = { code: 'Bad', message: 'no.', httpStatus: 400, fault: 'client', why: 'because' } as const;
const requests = (waits: readonly Wait[]) =>
  waits.flatMap((wait) => (wait.type === 'request' ? [wait.request] : []));

describe('a line of the AWS CLI', () => {
  it('asks the service as the caller of the console', () => {
    const state = newState();
    state.by = 'lesson';
    const { waits } = run('aws sqs list-queues', good, state);
    expect(requests(waits)[0]).toEqual({
      service: 'sqs',
      operation: 'ListQueues',
      input: {},
      caller: { by: 'lesson', account: '000000000000', profile: 'default', secure: true },
    });
  });

  it('--profile and --endpoint-url say who calls, and how', () => {
    const { waits } = run(
      'aws sqs list-queues --profile partner --endpoint-url http://sqs.us-east-1.amazonaws.com',
      good,
    );
    expect(requests(waits)[0]?.caller).toMatchObject({
      profile: 'partner',
      account: '111111111111',
      secure: false,
    });
  });

  it('is echoed with aws when that was left out', () => {
    expect(run('sqs list-queues', good).result.echo).toBe('aws sqs list-queues');
    expect(run('A=$(sqs list-queues)', good).result.echo).toBe('A=$(aws sqs list-queues)');
    expect(run('repeat 2 sqs list-queues || true', good).result.echo).toBe(
      'repeat 2 aws sqs list-queues || true',
    );
  });

  it('a short name stands for a URL, and is explained once', () => {
    const state = newState();
    const line = 'aws sqs purge-queue --queue-url orders';
    const first = run(line, good, state);
    expect(requests(first.waits)[0]?.input).toEqual({ QueueUrl: QUEUE_URL });
    expect(first.result.notes).toEqual([`orders stands for ${QUEUE_URL}`]);
    expect(run(line, good, state).result.notes).toEqual([]);
  });

  it('a name that is not there becomes the URL it would have', () => {
    const { waits } = run('aws sqs purge-queue --queue-url nope.fifo', good);
    expect(requests(waits)[0]?.input).toEqual({
      QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/nope.fifo',
    });
  });

  it('a name stands for an ARN where an ARN is expected', () => {
    const { waits } = run('aws sqs list-message-move-tasks --source-arn orders', good);
    expect(requests(waits)[0]?.input).toEqual({ SourceArn: 'arn:aws:sqs:us-east-1:000000000000:orders' });
  });

  it('a refusal is the CLI’s sentence, with our why beside it', () => {
    const { result } = run('aws sqs list-queues', () => ({ ok: false, refusal }));
    expect(result.error).toEqual({
      kind: 'refused',
      text: 'An error occurred (Bad) when calling the ListQueues operation: no.',
      code: 'Bad',
      operation: 'ListQueues',
      exit: 254,
      why: 'because',
    });
    expect(result.error && stderrOf(result.error)).toBe(
      '\nAn error occurred (Bad) when calling the ListQueues operation: no.\n',
    );
  });

  it('|| true tolerates a refusal', () => {
    const { result } = run('aws sqs list-queues || true', () => ({ ok: false, refusal }));
    expect(result).toMatchObject({ tolerated: true, error: { kind: 'refused' } });
  });

  it.each([
    ['aws sqs list-queues --debug', 'not modelled: --debug'],
    ['aws sqs list-queues --region eu-west-1', 'not modelled: other regions than us-east-1'],
    ['aws sqs list-queues --no-verify-ssl', 'not modelled: --no-verify-ssl'],
    ['aws --version', 'aws: error: the following arguments are required: command'],
  ])('%s is refused by name', (line, text) => {
    expect(run(line).result.error?.text).toContain(text);
  });

  it.each([
    ['aws sqs recieve-message', 'receive-message', 8, 23],
    ['aws sqz list-queues', 'sqs', 4, 7],
    ['sqs receive-message --queue-ulr orders', '--queue-url', 20, 31],
    ['receive-message', 'sqs receive-message', 0, 15],
    ['tiem pause', 'time', 0, 4],
  ])('%s: did you mean %s', (line, meant, from, to) => {
    expect(run(line).result.error).toMatchObject({ kind: 'usage', didYouMean: meant, at: { from, to } });
  });

  it('the essence of a usage error is its last sentence', () => {
    const { error } = run('aws sqs receive-message').result;
    expect(error && essence(error)).toBe('the following arguments are required: --queue-url');
  });
});

describe('sleep and repeat', () => {
  it.each([
    ['sleep 30', 30_000],
    ['sleep 0.5', 500],
    ['sleep 5m', 300_000],
    ['sleep 2h', 7_200_000],
    ['sleep 1d', 86_400_000],
  ])('%s waits %i ms', (line, time) => {
    expect(run(line).waits).toEqual([{ type: 'sleep', for: time }]);
  });

  it('sleep without a time is refused', () => {
    expect(run('sleep').result.error).toMatchObject({ kind: 'usage', text: 'sleep: a time is needed' });
    expect(run('sleep soon').result.error).toMatchObject({ at: { from: 6, to: 10 } });
  });

  it('repeat counts with {n} and joins what was printed', () => {
    const { waits, result } = run(
      `repeat 3 aws sqs send-message --queue-url ${QUEUE_URL} --message-body 'm {n}' --query MessageId`,
      good,
    );
    expect(requests(waits).map(({ input }) => (input as { MessageBody: string }).MessageBody)).toEqual([
      'm 1',
      'm 2',
      'm 3',
    ]);
    expect(result.output).toBe('"id"\n"id"\n"id"');
  });

  it('repeat stops at the first refusal, and says where', () => {
    const { waits, result } = run('repeat 5 aws sqs list-queues', (_, index) =>
      index === 1 ? { ok: false, refusal } : { ok: true, output: {} },
    );
    expect(waits.length).toBe(2);
    expect(result).toMatchObject({
      tolerated: false,
      error: { kind: 'refused' },
      notes: ['stopped at 2 of 5'],
    });
  });

  it('repeat goes on past refusals that are expected', () => {
    const { waits, result } = run('repeat 3 aws sqs list-queues || true', () => ({ ok: false, refusal }));
    expect(waits.length).toBe(3);
    expect(result).toMatchObject({ tolerated: true, notes: ['3 of 3 refused'] });
  });
});

describe('the playground’s own commands', () => {
  it('app commands call the service of the apps', () => {
    const { waits } = run('app create-producer --name web --to queue/orders --rate 12/s --count 5', good);
    expect(requests(waits)[0]).toMatchObject({
      service: 'app',
      operation: 'CreateProducer',
      input: { name: 'web', to: 'queue/orders', rate: '12/s', count: 5 },
    });
  });

  it('a flag of their own is no short form of a global one', () => {
    const { waits } = run(
      'app create-client --name old --broker shop --protocol stomp --destination /queue/a --endpoint 1',
      good,
    );
    expect(requests(waits)[0]?.input).toMatchObject({ endpoint: 1 });
  });

  it('their errors are short', () => {
    expect(run('app create-producer').result.error?.text).toBe(
      'app create-producer: the following arguments are required: --name, --to',
    );
    expect(run('app create-producer --name a --to b --foo').result.error?.text).toBe(
      'app create-producer: unknown flag --foo',
    );
    expect(run('app start --name x', () => ({ ok: false, refusal })).result.error?.text).toBe('no.');
  });

  it.each([
    ['time pause', { group: 'time', verb: 'pause', input: {} }],
    ['time speed --factor 60', { group: 'time', verb: 'speed', input: { factor: '60' } }],
    ['time skip --for 4d', { group: 'time', verb: 'skip', input: { for: '4d' } }],
    ['time skip 4d', { group: 'time', verb: 'skip', input: { for: '4d' } }],
    ['time back --to 00:01:30', { group: 'time', verb: 'back', input: { to: '00:01:30' } }],
    ['world save --name mine', { group: 'world', verb: 'save', input: { name: 'mine' } }],
    [
      'world new --seed 7 --delivery calm',
      { group: 'world', verb: 'new', input: { seed: 7, delivery: 'calm' } },
    ],
    ['lesson sqs/visibility-timeout', { group: 'lesson', verb: '', input: { id: 'sqs/visibility-timeout' } }],
    ['undo', { group: 'undo', verb: '', input: {} }],
    ['clear', { group: 'clear', verb: '', input: {} }],
  ])('%s asks the session', (line, control) => {
    const { waits } = run(line, () => ({ ok: true }));
    expect(waits).toEqual([{ type: 'control', ...control }]);
  });

  it('an answer of the session is printed, text or object', () => {
    expect(run('world settings', () => ({ ok: true, output: { seed: 7 } })).result.output).toBe(
      '{\n    "seed": 7\n}',
    );
    expect(run('time pause', () => ({ ok: true, text: 'stopped' })).result.output).toBe('stopped');
    expect(
      run('time pause', () => ({ ok: false, error: { kind: 'usage', text: 'not now' } })).result.error,
    ).toMatchObject({ text: 'time pause: not now' });
  });

  it('expect asks whether a condition holds now', () => {
    const { waits, result } = run('expect queue/orders inFlight=0 visible>=1', () => true);
    expect(waits).toEqual([
      {
        type: 'until',
        condition: { state: 'queue/orders', is: { inFlight: 0, visible: { atLeast: 1 } } },
        within: 0,
      },
    ]);
    expect(result.error).toBeUndefined();
  });

  it('an expectation that fails says what was expected', () => {
    const { result } = run('expect queue/orders inFlight=0', () => ({
      unmet: ['queue orders: inFlight is 1'],
    }));
    expect(result.error).toMatchObject({ kind: 'expectation' });
    expect(result.error?.text).toContain('expected: queue/orders inFlight=0');
  });

  it('time until waits, at most so long', () => {
    const { waits } = run('time until queue/orders visible=0 for 5s --within 10m', () => true);
    expect(waits).toEqual([
      { type: 'until', condition: { state: 'queue/orders', is: { visible: 0 }, for: '5s' }, within: 600_000 },
    ]);
  });
});

describe('help and transcripts', () => {
  it.each([
    'help',
    'help sqs',
    'aws help',
    'aws sqs help',
    'help sqs receive-message',
    'app help',
    'time help',
    'help app create-producer',
  ])('%s fits 76 columns', (line) => {
    const { output, error } = run(line).result;
    expect(error).toBeUndefined();
    const lines = output.split('\n');
    expect(lines.filter((text) => [...text].length > 76)).toEqual([]);
    expect(lines.length).toBeGreaterThan(4);
  });

  it('help of an operation is the same by both ways', () => {
    expect(run('aws sqs receive-message help').result.output).toBe(
      run('help sqs receive-message').result.output,
    );
  });

  it('a transcript shows the line, the answer, the error and our notes', () => {
    const { result } = run('sqs purge-queue --queue-url orders', () => ({ ok: false, refusal }));
    expect(transcript(result)).toBe(
      [
        '$ aws sqs purge-queue --queue-url orders',
        '',
        'An error occurred (Bad) when calling the PurgeQueue operation: no.',
        '# because',
        `# orders stands for ${QUEUE_URL}`,
        '',
      ].join('\n'),
    );
  });

  it('nothing typed, nothing done', () => {
    expect(run('  # only words').result).toEqual({
      echo: '# only words',
      output: '',
      notes: [],
      tolerated: false,
    });
  });
});
