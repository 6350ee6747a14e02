/** From play to a lesson: whatever is recorded becomes a draft that `lessons check` passes unedited. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { worldSettings } from '../../src/contract/world.ts';
import { type Draft, draftLesson, NoDraft } from '../../src/lessons/draft.ts';
import { checkDraft } from '../../src/lessons/draftCheck.ts';
import {
  linesOfConsole,
  linesOfScript,
  type RecordedLine,
  recordingOf,
} from '../../src/lessons/recording.ts';
import { UnplayableLine } from '../../src/lessons/recordingPlay.ts';
import { skeleton } from '../../src/lessons/skeleton.ts';
import { createSession, type WorldSession } from '../../src/session/session.ts';
import { courseWith, realCourse, runnerOf, worlds } from '../support/course.ts';

const { facts } = realCourse();
const readFile = (): undefined => undefined;
const world = { seed: 5 } as const;

const draftOf = (lines: readonly RecordedLine[], more: object = {}): Draft =>
  draftLesson(recordingOf(lines), { worlds, world, facts, readFile, ...more });
const fromScript = (text: string): Draft => draftOf(linesOfScript(text));
const problemsOf = ({ lesson }: Draft): readonly unknown[] => checkDraft(lesson, facts, worlds, readFile);
const solutionsOf = ({ lesson }: Draft): unknown => lesson.steps.map((step) => step.solution);

const TEN_MINUTES = `
# lesson: A shop, its bills and its dead letters
aws sqs create-queue --queue-name orders-dlq
aws sqs create-queue --queue-name orders --attributes VisibilityTimeout=20
aws sqs create-queue --queue-name bills.fifo \\
  --attributes FifoQueue=true,ContentBasedDeduplication=true
# step: A shop sells
app create-producer --name shop --to queue/orders --rate 2/s --count 60
sleep 31
aws sqs get-queue-attributes --queue-url orders --attribute-names All
# step: Take one order and finish it [SQS-05]
H=$(aws sqs receive-message --queue-url orders --query 'Messages[0].ReceiptHandle' --output text)
sleep 5
aws sqs change-message-visibility --queue-url orders --receipt-handle $H --visibility-timeout 60
sleep 40
aws sqs delete-message --queue-url orders --receipt-handle $H
expect queue/orders deleted=1
# step: Orders that always fail
aws sqs set-queue-attributes --queue-url orders --attributes '{"RedrivePolicy":"{\\"deadLetterTargetArn\\":\\"arn:aws:sqs:us-east-1:000000000000:orders-dlq\\",\\"maxReceiveCount\\":\\"2\\"}"}'
app create-consumer --name worker --from queue/orders --concurrency 4 --time 200ms --fail-on '1'
sleep 2m
# step: Mend the worker, and move them back
app stop --name worker
app update --name worker --fail-on nothing
aws sqs start-message-move-task --source-arn arn:aws:sqs:us-east-1:000000000000:orders-dlq
sleep 10
app start --name worker
sleep 1m
# step: Only wait
sleep 2m
# setup:
aws sqs send-message --queue-url bills.fifo --message-body 'bill 1' --message-group-id ana
# step: The same bill again
aws sqs send-message --queue-url bills.fifo --message-body 'bill 1' --message-group-id ana
aws sqs send-message --queue-url bills.fifo --message-body 'bill 2' --message-group-id ben || true
B=$(aws sqs receive-message --queue-url bills.fifo --query 'Messages[0].ReceiptHandle' --output text)
aws sqs delete-message --queue-url bills.fifo --receipt-handle $B
# step: What is refused
aws sqs send-message --queue-url bills.fifo --message-body 'bill 3' || true
`;

describe('ten minutes of play', () => {
  const draft = fromScript(TEN_MINUTES);

  it('become a lesson that the check passes unedited', () => {
    expect(problemsOf(draft)).toEqual([]);
    expect(draft.lesson).toMatchObject({
      title: 'A shop, its bills and its dead letters',
      world: { seed: 5 },
    });
    expect(draft.lesson.world.setup).toHaveLength(3);
  });

  it('keep every step that does something, and say what became of the other', () => {
    expect(draft.lesson.steps.map(({ id }) => id)).toEqual([
      'a-shop-sells',
      'take-one-order-and-finish-it',
      'orders-that-always-fail',
      'mend-the-worker-and-move-them-back',
      'the-same-bill-again',
      'what-is-refused',
    ]);
    expect(draft.notes.join('\n')).toContain('“Only wait” does nothing that time alone would not do');
    expect(draft.lesson.steps[4]!.enter).toEqual([
      'sleep 60',
      'sleep 2m',
      expect.stringContaining("--message-body 'bill 1'"),
    ]);
  });

  it('ask for what the player looked for, and about the fact that was named', () => {
    const step = draft.lesson.steps[1]!;
    expect(JSON.stringify(step.goal)).toContain('"deleted":1');
    expect(step.shows).toEqual(['SQS-05']);
    expect(draft.lesson.review.map(({ fact }) => fact)).toEqual(['SQS-05']);
  });
});

describe('a draft', () => {
  const SETUP = 'aws sqs create-queue --queue-name orders\n';
  const SEND = 'aws sqs send-message --queue-url orders --message-body a';

  it('has hints from vague to exact, and no claim of its own', () => {
    const { steps, review, takeaways } = fromScript(`${SETUP}# step: Send\n${SEND}\n`).lesson;
    expect(steps[0]).toMatchObject({
      goal: { state: 'queue/orders', is: { visible: 1 } },
      hints: ['What I want to reach: `queue/orders` has `visible` 1.', 'In this order: `send-message`.'],
      // biome-ignore lint/suspicious/noThenProperty: the format's own word
      then: 'I see that this is so now: `queue/orders` has `visible` 1. Still to write: why.',
    });
    expect([review, takeaways]).toEqual([[], ['Still to write: what I keep of this.']]);
  });

  it('ends with its steps where no fact was named: nothing is asked', () => {
    const { lesson } = fromScript(`${SETUP}# step: Send\n${SEND}\n`);
    const { runner } = runnerOf(courseWith(lesson));
    runner.play([SEND]);
    runner.goOn();
    expect(runner.view().phase).toBe('summary');
    runner.close();
  });

  it('moves what no goal of its step needs to the next one', () => {
    const name = 'NAME=orders';
    const made = fromScript(
      `${SETUP}# step: Send\n${SEND}\n${name}\n# step: Receive\naws sqs receive-message --queue-url $NAME`,
    );
    expect(problemsOf(made)).toEqual([]);
    expect(solutionsOf(made)).toEqual([[SEND], [name, 'aws sqs receive-message --queue-url $NAME']]);
    expect(made.notes).toEqual(['moved to the next step, for no goal of “Send” needs it: NAME=orders']);
  });

  it('expects a refusal that was met by accident', () => {
    const made = fromScript(`${SETUP}# step: Send\n${SEND} --delay-seconds 1000\n`);
    expect(problemsOf(made)).toEqual([]);
    expect(solutionsOf(made)).toEqual([[`${SEND} --delay-seconds 1000 || true`]]);
  });

  it('is refused where there is nothing to make it of', () => {
    expect(() => fromScript(SETUP)).toThrow('no step is marked');
    expect(() => fromScript(`${SETUP}# step: Wait\nsleep 10`)).toThrow('no step has a goal');
    expect(() => fromScript(`${SETUP}# step: Send [SQS-99]\n${SEND}`)).toThrow('SQS-99 is no fact');
    expect(() => fromScript(`${SETUP}# step: Send\naws sqs sent-message`)).toThrow(UnplayableLine);
    expect(() => fromScript('# step: a\n'.repeat(13))).toThrow('at most 12');
  });

  it('is made of a transcript as well', () => {
    const told = `$ aws sqs create-queue --queue-name orders\n{\n  "QueueUrl": "…"\n}\n$ # step: Send\n$ ${SEND}\n{ }\n`;
    expect(solutionsOf(fromScript(told))).toEqual([[SEND]]);
  });

  it('fits, whatever its title is made of', () => {
    const title = `\u001b[31m ${'x'.repeat(90)} \`code\` *and* more [brackets]`;
    const made = fromScript(`${SETUP}# step: ${title}\n${SEND}\n# step: ${title}\n${SEND}\n`);
    expect(problemsOf(made)).toEqual([]);
  });
});

/** A sandbox whose `record` verbs leave their marks in the Console. */
function sandbox(): { session: WorldSession; type: (line: string) => string } {
  const settings = worldSettings({ seed: 5, epoch: 1_800_000_000_000 });
  const control = (_session: unknown, group: string): { ok: true } | undefined =>
    group === 'record' ? { ok: true } : undefined;
  const session = createSession({ catalog: CATALOG, settings, control });
  const type = (line: string): string => {
    const { id } = session.enter(line);
    session.drain();
    return session.entry(id)?.result?.output ?? '';
  };
  return { session, type };
}

describe('a sandbox that was recorded', () => {
  it('gives the steps between its marks, without what was undone or mistyped', () => {
    const { session, type } = sandbox();
    type('sqs create-queue --queue-name orders');
    type('record start');
    type("record step 'Send one' --fact SQS-01");
    type('sqs send-message --queue-url orders --message-body a');
    type('sqs send-mesage --queue-url orders');
    type('sqs send-message --queue-url orders --message-body oops');
    type('undo');
    type("record step --title 'Receive it'");
    type('sqs receive-message --queue-url orders');
    type('record stop');
    type('sqs purge-queue --queue-url orders');
    const made = draftOf(linesOfConsole(session.console()));
    expect(problemsOf(made)).toEqual([]);
    expect(solutionsOf(made)).toEqual([
      ['aws sqs send-message --queue-url orders --message-body a'],
      ['aws sqs receive-message --queue-url orders'],
    ]);
    expect(made.lesson.steps[0]!.shows).toEqual(['SQS-01']);
  });

  it('keeps a wait that mattered, and forgets the time of typing', () => {
    const { session, type } = sandbox();
    const wait = (ms: number): void => void session.skip(ms as never);
    type('sqs create-queue --queue-name orders');
    type("record step 'Send two'");
    for (const body of ['a', 'b']) {
      wait(4_000);
      type(`sqs send-message --queue-url orders --message-body ${body}`);
    }
    type("record step 'Twice'");
    type('sqs receive-message --queue-url orders --max-number-of-messages 10');
    wait(35_000);
    type('sqs receive-message --queue-url orders --max-number-of-messages 10');
    const made = draftOf(linesOfConsole(session.console()));
    expect(problemsOf(made)).toEqual([]);
    expect(solutionsOf(made)).toEqual([
      [expect.stringContaining('body a'), expect.stringContaining('body b')],
      [expect.stringContaining('receive'), 'sleep 35', expect.stringContaining('receive')],
    ]);
  });

  it('names a receipt handle that was typed in full', () => {
    const { session, type } = sandbox();
    type('sqs create-queue --queue-name orders');
    type('sqs send-message --queue-url orders --message-body a');
    type("record step 'Finish it'");
    const answer = JSON.parse(type('sqs receive-message --queue-url orders')) as {
      Messages: readonly { ReceiptHandle: string }[];
    };
    type(`sqs delete-message --queue-url orders --receipt-handle '${answer.Messages[0]!.ReceiptHandle}'`);
    const made = draftOf(linesOfConsole(session.console()));
    expect(problemsOf(made)).toEqual([]);
    expect(solutionsOf(made)).toEqual([
      [
        "H1=$(aws sqs receive-message --queue-url orders --query 'Messages[0].ReceiptHandle' --output text)",
        'aws sqs delete-message --queue-url orders --receipt-handle "$H1"',
      ],
    ]);
  });

  it('leaves handles as typed where one receive gave several: the same play gives them again', () => {
    const { session, type } = sandbox();
    type('sqs create-queue --queue-name orders');
    type("repeat 2 sqs send-message --queue-url orders --message-body '{n}'");
    type("record step 'Finish both'");
    const answer = JSON.parse(type('sqs receive-message --queue-url orders --max-number-of-messages 2')) as {
      Messages: readonly { ReceiptHandle: string }[];
    };
    expect(answer.Messages).toHaveLength(2);
    for (const { ReceiptHandle } of answer.Messages)
      type(`sqs delete-message --queue-url orders --receipt-handle ${ReceiptHandle}`);
    const made = draftOf(linesOfConsole(session.console()));
    expect(problemsOf(made)).toEqual([]);
    expect(made.lesson.steps[0]!.goal).toMatchObject({ event: 'sqs/MessageDeleted', count: { atLeast: 2 } });
  });
});

describe('any short play', () => {
  const queue = fc.constantFrom('orders', 'bills');
  const line = fc.oneof(
    queue.map((name) => `aws sqs send-message --queue-url ${name} --message-body x`),
    queue.map((name) => `aws sqs receive-message --queue-url ${name} --max-number-of-messages 2`),
    queue.map((name) => `aws sqs set-queue-attributes --queue-url ${name} --attributes VisibilityTimeout=3`),
    queue.map((name) => `aws sqs purge-queue --queue-url ${name}`),
    queue.map((name) => `aws sqs get-queue-attributes --queue-url ${name} --attribute-names All`),
    queue.map(
      (name) =>
        `H=$(aws sqs receive-message --queue-url ${name} --query 'Messages[0].ReceiptHandle' --output text)`,
    ),
    queue.map((name) => `aws sqs delete-message --queue-url ${name} --receipt-handle \${H}`),
    queue.map((name) => `repeat 3 aws sqs send-message --queue-url ${name} --message-body {n}`),
    fc.constantFrom('app start --name shop', 'app stop --name shop', 'app update --name shop --rate 7/s'),
    fc.constantFrom('sleep 2', 'sleep 10', 'sleep 45', 'time skip --for 5s', 'X=1'),
  );
  const step = fc.array(line, { minLength: 1, maxLength: 4 });
  const play = fc.array(step, { minLength: 1, maxLength: 3 });
  const SETUP = `aws sqs create-queue --queue-name orders
aws sqs create-queue --queue-name bills
app create-producer --name shop --to queue/orders --rate 2/s --stopped
H=none`;

  it('becomes a lesson that the check passes, or does nothing at all', () => {
    let drafted = 0;
    fc.assert(
      fc.property(play, (steps) => {
        const script = steps.map((lines, index) => `# step: Part ${index + 1}\n${lines.join('\n')}`);
        try {
          expect(problemsOf(fromScript([SETUP, ...script].join('\n')))).toEqual([]);
          drafted++;
        } catch (error) {
          if (!(error instanceof NoDraft)) throw error;
          expect(steps.flat().every((each) => /^(?:sleep|time|X=|H=)/.test(each))).toBe(true);
        }
      }),
      { numRuns: 40, seed: 7 },
    );
    expect(drafted).toBeGreaterThan(30);
  }, 120_000);
});

describe('a new lesson', () => {
  it('passes the check as it stands, and a new failure case too', () => {
    const fact = facts.find(({ id }) => id === 'SQS-01')!;
    for (const kind of ['lesson', 'lab'] as const) {
      const lesson = skeleton('My lesson', fact, kind);
      expect(checkDraft(lesson, facts, worlds, readFile)).toEqual([]);
    }
  });
});
