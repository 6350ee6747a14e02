/** Each kind of explanation once: what it says, what it compares, when it changes. */
import { describe, expect, it } from 'vitest';
import type { Why, WhyChange } from '../../src/contract/why.ts';
import type { AwsWorldSettings } from '../../src/contract/world.ts';
import { instant } from '../../src/engine/units.ts';
import { whyText } from '../../src/projection/whyText.ts';
import type { WorldSession } from '../../src/session/session.ts';
import { newWorld, runLines } from '../support/worlds.ts';
import { again, answerAt, call, gist, urlOf } from './support.ts';

/** The explanation of what was asked about. Its text stays within the page. */
function why(session: WorldSession, about?: string): Why {
  const answer = session.insight.why(about);
  if (!answer.ok) throw new Error(answer.why);
  const long = whyText(answer.found)
    .split('\n')
    .filter((line) => line.length > 80 && !line.includes('$ '));
  expect(long).toEqual([]);
  return answer.found;
}

const atOf = (changes: WhyChange): number => {
  if (changes.by !== 'time') throw new Error(`by ${changes.by}`);
  return changes.at;
};

const queue = (name = 'orders', attributes = '', settings: Partial<AwsWorldSettings> = {}): WorldSession =>
  runLines(
    newWorld(settings),
    `aws sqs create-queue --queue-name ${name}${attributes === '' ? '' : ` --attributes ${attributes}`}`,
  );

const lastSequence = (session: WorldSession): number => {
  const { log } = session.world.simulation;
  for (let sequence = log.count - 1; ; sequence--)
    if (log.at(sequence)!.event.type === 'api/Answered') return sequence;
};

describe('an empty receive is explained', () => {
  it('by the hosts that a short poll did not ask, with the odds of the next one', () => {
    const session = queue('orders', '', { delivery: 'rough', seed: 3 });
    call(session, 'SendMessage', { QueueUrl: urlOf('orders'), MessageBody: 'lone' });
    let sequence = -1;
    for (let tries = 0; tries < 200 && sequence < 0; tries++) {
      const asked = call(session, 'ReceiveMessage', { QueueUrl: urlOf('orders'), VisibilityTimeout: 0 });
      if (gist('ReceiveMessage', answerAt(session, asked).outcome) === 'none') sequence = asked;
    }
    const found = why(session);
    expect(found.rule.name).toBe('sqs/short-polling');
    expect(found.answer).toBe('1 message of orders is visible, on hosts that this short poll did not ask.');
    const holding = found.hosts!.filter(({ messages }) => messages.length > 0);
    expect(found.hosts!.filter(({ asked }) => asked)).toHaveLength(3);
    expect(holding).toHaveLength(2);
    expect(holding.some(({ asked }) => asked)).toBe(false);
    // 3 of 8 hosts asked: of 28 pairs, 10 have none of them.
    expect(found.changes).toMatchObject({ by: 'chance', ways: 18, of: 28 });
  });

  it('by a full set of messages in flight, until one of them ends', () => {
    const session = queue('f.fifo', 'FifoQueue=true,ContentBasedDeduplication=true', { limits: 'scaled' });
    const url = urlOf('f.fifo');
    for (let batch = 0; batch < 13; batch++) {
      const Entries = Array.from({ length: 10 }, (_, index) => ({
        Id: `e${index}`,
        MessageBody: `${batch} ${index}`,
        MessageGroupId: `g${batch}${index}`,
      }));
      call(session, 'SendMessageBatch', { QueueUrl: url, Entries });
      session.world.runUntil(instant(session.now + 1_000));
    }
    for (let receive = 0; receive < 12; receive++) {
      call(session, 'ReceiveMessage', {
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 100 + receive,
      });
      session.world.runUntil(instant(session.now + 1_000));
    }
    const sequence = call(session, 'ReceiveMessage', { QueueUrl: url });
    const found = why(session);
    expect(found.rule.name).toBe('sqs/in-flight');
    expect(found.values).toContainEqual({
      label: 'in flight',
      is: { unit: 'count', value: 120 },
      against: { label: 'at most', is: { unit: 'count', value: 120 } },
    });
    expect(again(session, sequence, atOf(found.changes) - 1)).toBe('none');
    expect(again(session, sequence, atOf(found.changes))).toBe('some');
  });

  it('by what a long poll met when its wait ended', () => {
    const session = runLines(
      queue(),
      'aws sqs send-message --queue-url orders --message-body one',
      'aws sqs receive-message --queue-url orders --visibility-timeout 5',
      'aws sqs receive-message --queue-url orders --wait-time-seconds 2',
    );
    const found = why(session);
    expect(found.rule.name).toBe('sqs/visibility-timeout');
    expect(found.at).toBeGreaterThan(2_000);
    expect(atOf(found.changes) - found.at).toBeLessThan(3_000);
  });

  it('by the dead letters that the receive itself moved', () => {
    const session = runLines(
      queue('dead'),
      `aws sqs create-queue --queue-name orders --attributes '{"RedrivePolicy":"{\\"deadLetterTargetArn\\":\\"arn:aws:sqs:us-east-1:000000000000:dead\\",\\"maxReceiveCount\\":1}"}'`,
      'aws sqs send-message --queue-url orders --message-body one',
      'aws sqs receive-message --queue-url orders --visibility-timeout 0',
    );
    const id = (session.messages('queue/orders', 0, 1)[0]!.messageId as string).slice(0, 8);
    expect(why(session, id).rule.name).toBe('sqs/dead-letters');
    runLines(session, 'aws sqs receive-message --queue-url orders');
    expect(why(session).answer).toBe(
      'orders holds no messages any more: this receive moved 1 message to dead.',
    );
    expect(why(session, id).title).toBe(`message ${id.slice(0, 4)} in dead`);
  });

  it('as it was then, whatever happened since', () => {
    const session = runLines(
      queue(),
      'aws sqs send-message --queue-url orders --message-body one --delay-seconds 9',
      'aws sqs receive-message --queue-url orders',
      'sleep 60',
      'aws sqs purge-queue --queue-url orders',
    );
    const found = why(session);
    expect(found.answer).toBe('orders holds 1 message, and none is visible: it is still delayed.');
    expect(found.at).toBeLessThan(1_000);
    expect(found.table!.rows).toHaveLength(1);
  });

  it('of an app, too', () => {
    const session = runLines(
      queue(),
      'app create-consumer --name worker --from queue/orders --wait 0s --pause 1s',
      'sleep 3',
    );
    const { log } = session.world.simulation;
    let sequence = log.count - 1;
    while (log.at(sequence)!.event.type !== 'api/Answered' || log.at(sequence)!.event.by !== 'worker')
      sequence--;
    const answer = session.insight.whyAnswer(sequence);
    expect(answer).toMatchObject({
      ok: true,
      found: { title: 'the worker receive of orders came back empty' },
    });
    expect(why(session, 'app/worker')).toMatchObject({ see: ['queue/orders'] });
  });
});

describe('a refusal is explained', () => {
  it('by the meter that is full, until the next second', () => {
    const session = queue('f.fifo', 'FifoQueue=true', { limits: 'scaled' });
    const send = (id: number): number =>
      call(session, 'SendMessage', {
        QueueUrl: urlOf('f.fifo'),
        MessageBody: 'x',
        MessageGroupId: 'g',
        MessageDeduplicationId: `d${id}`,
      });
    session.world.runUntil(instant(5_000));
    for (let id = 0; id < 3; id++) send(id);
    const sequence = send(3);
    const found = why(session);
    expect(found.answer).toBe('f.fifo took 3 of 3 send calls in this second; its meter is full.');
    expect(found.values).toContainEqual({ label: 'over by', is: { unit: 'count', value: 1 } });
    expect(atOf(found.changes)).toBe(6_000);
    expect(again(session, sequence, 5_999)).toContain('RequestThrottled');
    expect(again(session, sequence, 6_000)).not.toContain('RequestThrottled');
  });

  it('by the meter of its message group in high throughput mode', () => {
    const session = queue(
      'f.fifo',
      'FifoQueue=true,DeduplicationScope=messageGroup,FifoThroughputLimit=perMessageGroupId',
      { limits: 'scaled' },
    );
    for (let id = 0; id < 4; id++) {
      call(session, 'SendMessage', {
        QueueUrl: urlOf('f.fifo'),
        MessageBody: 'x',
        MessageGroupId: 'g',
        MessageDeduplicationId: `d${id}`,
      });
    }
    expect(why(session).answer).toBe('Group g took 3 of 3 send calls in this second; its meter is full.');
  });

  it('by the statement that denies', () => {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'All', Effect: 'Allow', Action: 'sqs:*', Resource: '*' },
        { Sid: 'NoSend', Effect: 'Deny', Action: 'sqs:SendMessage', Resource: '*' },
      ],
    });
    const session = runLines(
      queue(),
      'aws iam create-user --user-name alice',
      `aws iam put-user-policy --user-name alice --policy-name own --policy-document '${policy}'`,
      'aws sqs send-message --queue-url orders --message-body x --profile alice || true',
    );
    const found = why(session);
    expect(found.rule.name).toBe('iam/explicit-deny');
    expect(found.answer).toContain('Statement NoSend of the inline policy own denies it');
    expect(found.table!.rows.map(({ mark, name }) => [mark, name])).toEqual([
      ['yes', 'All of the inline policy own'],
      ['no', 'NoSend of the inline policy own'],
    ]);
    expect(found.changes.by).toBe('act');
  });

  it('by a condition on the time, which names the instant at which the call is let in', () => {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Resource: '*',
        Condition: { DateGreaterThan: { 'aws:CurrentTime': '2026-01-05T10:00:00Z' } },
      },
    });
    const send = 'aws sqs send-message --queue-url orders --message-body x --profile alice';
    const session = runLines(
      queue(),
      'aws iam create-user --user-name alice',
      `aws iam put-user-policy --user-name alice --policy-name own --policy-document '${policy}'`,
      `${send} || true`,
    );
    const at = atOf(why(session).changes);
    session.world.runUntil(instant(at - 1));
    expect(session.enter(send).result?.error?.code ?? 'waits').toBe('waits');
    session.drain();
    expect(session.console().at(-1)?.result?.error?.code).toBe('AccessDenied');
    session.world.runUntil(instant(at));
    runLines(session, send);
  });

  it('by a key that is disabled', () => {
    const session = runLines(
      newWorld(),
      'K=$(aws kms create-key --query KeyMetadata.KeyId --output text)',
      'aws sqs create-queue --queue-name orders --attributes KmsMasterKeyId=$K',
      'aws kms disable-key --key-id $K',
      'aws sqs send-message --queue-url orders --message-body x || true',
    );
    const found = why(session);
    expect(found).toMatchObject({
      title: 'SendMessage could not use its key',
      rule: { name: 'kms/key-states' },
    });
    expect(found.values).toContainEqual({
      label: 'state',
      is: { unit: 'text', value: 'Disabled' },
      against: { label: 'must be', is: { unit: 'text', value: 'Enabled' } },
    });
    runLines(
      session,
      'aws kms enable-key --key-id $K',
      'aws sqs send-message --queue-url orders --message-body x',
    );
  });

  it('by the size, and what is allowed', () => {
    const session = queue('orders', 'MaximumMessageSize=1024');
    call(session, 'SendMessage', { QueueUrl: urlOf('orders'), MessageBody: 'x'.repeat(1_030) });
    expect(why(session).answer).toBe('It counts 1,030 bytes; at most 1,024 are taken, 6 fewer.');
  });

  it('by a move task that runs, which is done not before the instant that is named', () => {
    const session = runLines(
      queue('dead'),
      `aws sqs create-queue --queue-name orders --attributes '{"RedrivePolicy":"{\\"deadLetterTargetArn\\":\\"arn:aws:sqs:us-east-1:000000000000:dead\\",\\"maxReceiveCount\\":1}"}'`,
      'repeat 5 aws sqs send-message --queue-url dead --message-body x',
    );
    const start = 'arn:aws:sqs:us-east-1:000000000000:dead';
    const destination = 'arn:aws:sqs:us-east-1:000000000000:orders';
    const input = { SourceArn: start, DestinationArn: destination, MaxNumberOfMessagesPerSecond: 1 };
    call(session, 'StartMessageMoveTask', input);
    const sequence = call(session, 'StartMessageMoveTask', input);
    const at = atOf(why(session).changes);
    expect(again(session, sequence, at - 1)).toContain('already a task running');
    expect(again(session, sequence, at)).toBe('accepted');
    expect(why(session, 'queue/dead').rule.name).toBe('sqs/move-tasks');
  });

  it('by a move task that failed for want of a source', () => {
    const session = runLines(
      queue('dead'),
      `aws sqs create-queue --queue-name orders --attributes '{"RedrivePolicy":"{\\"deadLetterTargetArn\\":\\"arn:aws:sqs:us-east-1:000000000000:dead\\",\\"maxReceiveCount\\":1}"}'`,
      'aws sqs send-message --queue-url dead --message-body x',
      'aws sqs start-message-move-task --source-arn dead',
      'sleep 5',
    );
    expect(why(session, 'queue/dead').answer).toContain('sent straight to the dead-letter queue');
  });

  it('by the parameter and its range where nothing else decides', () => {
    const session = runLines(
      queue(),
      'aws sqs receive-message --queue-url orders --wait-time-seconds 21 || true',
    );
    expect(why(session)).toMatchObject({
      answer: 'WaitTimeSeconds is 21. Must be >= 0 and <= 20, if provided.',
      values: [{ label: 'WaitTimeSeconds', is: { value: '21' }, against: { is: { value: '0 to 20 s' } } }],
      changes: { by: 'act' },
    });
  });

  it('of a command of ours, in its own words', () => {
    const session = runLines(queue(), 'app start --name nobody || true');
    expect(why(session)).toMatchObject({ rule: { name: 'app/parameters', page: 'msg-playground' } });
  });
});

describe('a message is explained', () => {
  it('where it is: delayed, hidden, ready, gone', () => {
    const session = runLines(
      queue(),
      'aws sqs send-message --queue-url orders --message-body x --delay-seconds 5',
    );
    const id = session.messages('queue/orders', 0, 1)[0]!.messageId;
    expect(why(session, id.slice(0, 6)).rule.name).toBe('sqs/delay');
    runLines(session, 'sleep 5');
    expect(why(session, id).answer).toContain('can be received now');
    runLines(
      session,
      "H=$(aws sqs receive-message --queue-url orders --query 'Messages[0].ReceiptHandle' --output text)",
    );
    expect(why(session, id).answer).toContain('you received');
    runLines(session, 'aws sqs delete-message --queue-url orders --receipt-handle $H');
    expect(why(session, id).answer).toContain('you deleted it');
    expect(session.insight.why().ok).toBe(false);
    runLines(session, 'aws sqs delete-message --queue-url orders --receipt-handle $H');
    expect(why(session).title).toBe('your delete in orders deleted nothing');
  });

  it('behind the message that holds its group back', () => {
    const send = (body: string): string =>
      `aws sqs send-message --queue-url f.fifo --message-body ${body} --message-group-id g`;
    const session = runLines(
      queue('f.fifo', 'FifoQueue=true,ContentBasedDeduplication=true'),
      send('a'),
      send('b'),
      'aws sqs receive-message --queue-url f.fifo',
    );
    const [first, second] = session.messages('queue/f.fifo', 0, 2).map(({ messageId }) => messageId);
    expect(why(session, second).answer).toContain(`${first!.slice(0, 4)} of group g is in flight`);
    expect(why(session, 'queue/f.fifo').rule.name).toBe('sqs/message-groups');
  });
});

describe('what cannot be explained', () => {
  it('says what to ask instead', () => {
    const session = queue();
    expect(session.insight.why()).toMatchObject({ ok: false });
    expect(session.insight.why('queue/nope')).toEqual({
      ok: false,
      why: 'there is no queue/nope; there are queue/orders',
    });
    expect(session.insight.why('orders')).toMatchObject({ ok: true });
    expect(session.insight.why('ffffffff')).toMatchObject({ ok: false });
    expect(session.insight.whyAnswer(lastSequence(session))).toMatchObject({ ok: false });
  });

  it('changes nothing in the world', () => {
    const session = runLines(queue(), 'aws sqs receive-message --queue-url orders');
    const before = session.world.simulation.digest();
    runLines(session, 'why', 'why queue/orders');
    expect(session.world.simulation.digest()).toBe(before);
  });

  it('tells conditions that somebody asked', () => {
    const session = runLines(queue(), 'aws sqs receive-message --queue-url orders');
    const told: string[] = [];
    session.you.listen(({ type, fields }) => told.push(`${type} ${fields.about}`));
    runLines(session, 'why', 'why queue/orders');
    expect(told).toEqual(['you/AskedWhy sqs/empty-queue', 'you/AskedWhy queue/orders']);
  });
});
