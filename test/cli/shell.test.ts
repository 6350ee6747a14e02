import { describe, expect, it } from 'vitest';
import { splitScript } from '../../src/command/splitScript.ts';
import { newState, QUEUE_URL, run } from './console.ts';

/** The body that a send-message line sends. */
function bodyOf(line: string, state = newState()): unknown {
  const { waits, result } = run(line, () => ({ ok: true, output: {} }), state);
  const wait = waits[0];
  if (wait?.type !== 'request') return result.error?.text;
  return (wait.request.input as { MessageBody?: unknown }).MessageBody;
}
const send = (words: string) => `aws sqs send-message --queue-url ${QUEUE_URL} --message-body ${words}`;

describe('words are read as bash reads them', () => {
  it.each([
    ["'single $HOME \\n'", 'single $HOME \\n'],
    ['"double \\"quoted\\" \\\\ \\n"', 'double "quoted" \\ \\n'],
    ['plain\\ with\\ spaces', 'plain with spaces'],
    ['a\'b\'"c"d', 'abcd'],
    ["''", ''],
    ['x # a comment', 'x'],
    ['x#y', 'x#y'],
    ["'two\nlines'", 'two\nlines'],
    ['a\\\nb', 'ab'],
    ['$', '$'],
    ['"5 $ each"', '5 $ each'],
    ['{n}', '{n}'],
    ['a=b', 'a=b'],
    ["'it'\\''s'", "it's"],
    ['"price: \\$5"', 'price: $5'],
  ])('%s', (typed, body) => {
    expect(bodyOf(send(typed))).toBe(body);
  });
});

describe('the rest of a shell is refused by name, with its place', () => {
  it.each([
    ['aws sqs list-queues | grep x', 'a pipe ( | )', 20, 21],
    ['aws sqs list-queues > file', 'redirection ( < > )', 20, 21],
    ['aws sqs list-queues; ls', 'several commands in a line ( ; )', 19, 20],
    ['aws sqs list-queues && ls', '&& between commands', 20, 21],
    ['aws sqs list-queues || false', 'the || operator', 20, 28],
    ['aws sqs list-queues &', 'a command in the background ( & )', 20, 21],
    ['X=`date`', 'backquotes', 2, 3],
    ['X=$((1+2))', 'arithmetic, $(( ))', 2, 5],
    ['X=$[1+2]', 'arithmetic, $[ ]', 2, 4],
    ['aws sqs get-queue-url --queue-name $(cat f)', '$( ) inside a command', 35, 37],
    ['aws sqs get-queue-url --queue-name q*', 'file name patterns ( * ? )', 35, 37],
    ['aws sqs tag-queue --tags {a,b}=c', 'braces, which bash takes apart', 25, 32],
    ['(aws sqs list-queues)', 'a subshell or function ( )', 0, 1],
    ['if true', '"if" of the shell', 0, 2],
    ['for x in a', '"for" of the shell', 0, 3],
    ['A=1 aws sqs list-queues', 'a variable for one command only', 0, 4],
    ['aws sqs send-message --message-body "open', 'a " without its partner', 36, 41],
    ["aws sqs send-message --message-body 'open", "a ' without its partner", 36, 41],
    ['echo $?', '$?, a variable of the shell itself', 5, 7],
    [`X=\${Y:-z}`, 'more than a name after a $', 2, 4],
    ['aws sqs list-queues <<END', 'a here-document ( << )', 20, 21],
  ])('%s', (line, what, from, to) => {
    const { result, waits } = run(line);
    expect(waits).toEqual([]);
    expect(result.error?.text).toMatch(
      new RegExp(`^not part of the prompt: ${what.replace(/[[\]$()|*?{}^]/g, '\\$&')};`),
    );
    expect(result.error?.at).toEqual({ from, to });
  });
});

describe('variables live as long as the console', () => {
  it('NAME=value and $NAME', () => {
    const state = newState();
    run('GREETING="hello there"', undefined, state);
    expect(state.variables.get('GREETING')).toBe('hello there');
    expect(bodyOf(send('"$GREETING!"'), state)).toBe('hello there!');
    expect(bodyOf(send("'$GREETING'"), state)).toBe('$GREETING');
    expect(bodyOf(send(`"\${GREETING}s"`), state)).toBe('hello theres');
  });

  it('an unquoted value with spaces becomes several words', () => {
    const state = newState();
    run('ARGS="--message-body hi"', undefined, state);
    const { waits } = run(
      `aws sqs send-message --queue-url ${QUEUE_URL} $ARGS`,
      () => ({ ok: true, output: {} }),
      state,
    );
    expect(waits[0]).toMatchObject({ request: { input: { MessageBody: 'hi' } } });
  });

  it('NAME=$(aws …) keeps what was printed, without the last newlines', () => {
    const state = newState();
    const line =
      'H=$(aws sqs receive-message --queue-url orders --query "Messages[0].ReceiptHandle" --output text)';
    const { result } = run(
      line,
      () => ({ ok: true, output: { Messages: [{ ReceiptHandle: 'AQEB==' }] } }),
      state,
    );
    expect(result.output).toBe('');
    expect(state.variables.get('H')).toBe('AQEB==');
  });

  it('a refusal inside $( ) is the line’s, and sets nothing', () => {
    const state = newState();
    const refusal = { code: 'X', message: 'no', httpStatus: 400, fault: 'client' } as const;
    const { result } = run('H=$(aws sqs list-queues)', () => ({ ok: false, refusal }), state);
    expect(result.error).toMatchObject({ kind: 'refused', code: 'X' });
    expect(state.variables.has('H')).toBe(false);
  });

  it('one that is not set is refused, with its place', () => {
    const { result } = run('aws sqs get-queue-url --queue-name $NAME');
    expect(result.error).toMatchObject({ kind: 'usage', text: '$NAME is not set', at: { from: 35, to: 40 } });
  });
});

describe('a script is split into logical lines', () => {
  it('joins continued lines and drops comments and empty ones', () => {
    const script =
      "#!/bin/sh\n# first\n\naws sqs create-queue \\\n    --queue-name q\r\nA='two\nlines'\n  sleep 5  # wait\n";
    expect(splitScript(script)).toEqual([
      'aws sqs create-queue --queue-name q',
      "A='two\nlines'",
      'sleep 5  # wait',
    ]);
  });

  it('an apostrophe in a comment opens no quote', () => {
    expect(splitScript("sleep 1 # don't\nsleep 2")).toEqual(["sleep 1 # don't", 'sleep 2']);
  });

  it('a quote left open runs to the end', () => {
    expect(splitScript("A='x\nsleep 1")).toEqual(["A='x\nsleep 1"]);
  });
});
