import { describe, expect, it } from 'vitest';
import { worldSettings } from '../../../src/contract/world.ts';
import { copyMutable } from '../../../src/engine/checkpoint.ts';
import { hashJson } from '../../../src/engine/digest.ts';
import { OnDemand, spelled } from '../../../src/engine/onDemand.ts';
import { toPlainJson } from '../../../src/engine/plainJson.ts';
import { type OutsideAnswer, Simulation } from '../../../src/engine/simulation.ts';
import { instant } from '../../../src/engine/units.ts';
import { sqs } from '../../../src/services/sqs/index.ts';

const settings = worldSettings();
const caller = { by: 'you', account: settings.account, profile: 'default', secure: true };

/** A service with its latency: calls one after the other, each answer awaited. */
function client() {
  const simulation = new Simulation([sqs.engine], settings);
  let at = 0;
  const call = (operation: string, input: object): OutsideAnswer => {
    simulation.submit({ service: 'sqs', operation, input, caller });
    for (;;) {
      const [answer] = simulation.takeAnswers();
      if (answer !== undefined) return answer;
      simulation.runUntil(instant(++at));
    }
  };
  const output = (operation: string, input: object): object => {
    const { outcome } = call(operation, input);
    if (!outcome.ok) throw new Error(outcome.refusal.message);
    return outcome.output;
  };
  return { simulation, call, output };
}

function received() {
  const { output } = client();
  const { QueueUrl } = output('CreateQueue', { QueueName: 'orders' }) as { QueueUrl: string };
  const MessageAttributes = { k: { DataType: 'String', StringValue: 'v' } };
  output('SendMessage', { QueueUrl, MessageBody: 'order 1', MessageAttributes });
  return output('ReceiveMessage', { QueueUrl, MessageAttributeNames: ['All'] });
}

describe('an answer', () => {
  it('comes two to nine milliseconds after the call, by the world’s own chance', () => {
    const { call, simulation } = client();
    const waits = new Set<number>();
    for (let count = 0; count < 200; count++) {
      const before = simulation.now;
      waits.add(call('ListQueues', {}).at - before);
    }
    expect([...waits].sort()).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('makes its texts when they are read, and as plain data has all of them', () => {
    const answer = received() as { Messages: readonly Record<string, unknown>[] };
    const [message] = answer.Messages;
    expect(message).toBeInstanceOf(OnDemand);
    const [plain] = spelled(answer).Messages;
    expect(plain).not.toBeInstanceOf(OnDemand);
    expect(Object.keys(plain!)).toEqual([
      'MessageId',
      'ReceiptHandle',
      'MD5OfBody',
      'Body',
      'MD5OfMessageAttributes',
      'MessageAttributes',
    ]);
    for (const name of Object.keys(plain!)) expect(message![name]).toEqual(plain![name]);
  });

  it('is the same for digests, saves and checkpoints, spelled or not', () => {
    const answer = received() as { Messages: readonly object[] };
    expect(hashJson(answer)).toBe(hashJson(spelled(answer)));
    expect(toPlainJson(answer)).toEqual(spelled(answer));
    expect(JSON.parse(JSON.stringify(answer))).toEqual(spelled(answer));
    expect(copyMutable(answer).Messages[0]).toBe(answer.Messages[0]);
  });

  it('that is plain already is not copied', () => {
    const plain = { Messages: [{ Body: 'a', bytes: Uint8Array.of(1) }] };
    expect(spelled(plain)).toBe(plain);
  });
});
