/** A world driven through its public commands, as a client would: calls in, answers out, time passes. */
import { performance } from 'node:perf_hooks';
import { CATALOG } from '../../src/catalog.ts';
import { type AwsWorldSettings, worldSettings } from '../../src/contract/world.ts';
import type { Caller, CallId, Outcome } from '../../src/engine/service.ts';
import { Timeline, type TimelineOptions } from '../../src/engine/timeline.ts';
import { instant } from '../../src/engine/units.ts';
import { CYCLES_PER_MILLISECOND, isKept } from '../reference/bareCore.ts';

export const SERVICES = CATALOG.map(({ engine }) => engine);

/** What a cycle reads of the answers it gets. */
export type Reading = (output: Record<string, unknown>) => void;

interface ReceivedMessage {
  readonly ReceiptHandle: string;
}

export class World {
  readonly settings: AwsWorldSettings = worldSettings({ seed: 7 });
  readonly timeline: Timeline;
  readonly caller: Caller;
  #answers: Reading = () => undefined;
  /** Counts the cycles, so that some messages are kept. */
  #received = 0;

  constructor(options: TimelineOptions = {}) {
    this.timeline = new Timeline(SERVICES, this.settings, options);
    this.caller = { by: 'you', account: this.settings.account, profile: 'default', secure: true };
  }

  submit(operation: string, input: object, service = 'sqs'): CallId {
    return this.timeline.submit({ service, operation, input, caller: this.caller });
  }

  /** Gives a call and lets time pass until its answer is there. */
  call(operation: string, input: object, service = 'sqs'): Record<string, unknown> {
    const id = this.submit(operation, input, service);
    for (;;) {
      for (const answer of this.timeline.takeAnswers()) {
        if (answer.call === id) return outputOf(operation, answer.outcome);
      }
      this.pass(1);
    }
  }

  queue(name: string, Attributes: Record<string, string> = {}): string {
    return this.call('CreateQueue', { QueueName: name, Attributes }).QueueUrl as string;
  }

  pass(milliseconds: number): void {
    this.timeline.runUntil(instant(this.timeline.position.at + milliseconds));
  }

  /** Fills a queue by batches of ten; a second passes for every 10,000. */
  fill(QueueUrl: string, count: number, body: (index: number) => string): void {
    for (let index = 0; index < count; index += 10) {
      const Entries = Array.from({ length: Math.min(10, count - index) }, (_, at) => ({
        Id: `${at}`,
        MessageBody: body(index + at),
      }));
      this.submit('SendMessageBatch', { QueueUrl, Entries });
      if (index % 10_000 === 0) {
        this.pass(1_000);
        this.timeline.takeAnswers();
      }
    }
    this.pass(1_000);
    this.timeline.takeAnswers();
  }

  reading(answers: Reading): this {
    this.#answers = answers;
    return this;
  }

  /**
   * Send, receive, delete; a millisecond passes every ten cycles, one message in fifty is not deleted. A delete
   * goes out when the answer to its receive has come.
   */
  cycles(QueueUrl: string, cycles: number, body: (cycle: number) => string): void {
    for (let cycle = 0; cycle < cycles; cycle++) {
      this.submit('SendMessage', { QueueUrl, MessageBody: body(cycle) });
      this.submit('ReceiveMessage', { QueueUrl });
      if (cycle % CYCLES_PER_MILLISECOND === 0) {
        this.pass(1);
        this.deleteReceived(QueueUrl);
      }
    }
    this.pass(20);
    this.deleteReceived(QueueUrl);
  }

  /** Reads the answers that have come, and deletes what was received. */
  deleteReceived(QueueUrl: string): void {
    for (const { outcome } of this.timeline.takeAnswers()) {
      const output = outputOf('a cycle', outcome);
      this.#answers(output);
      const messages = output.Messages as readonly ReceivedMessage[] | undefined;
      if (messages === undefined) continue;
      for (const { ReceiptHandle } of messages) {
        if (!isKept(this.#received++)) this.submit('DeleteMessage', { QueueUrl, ReceiptHandle });
      }
    }
  }
}

function outputOf(operation: string, outcome: Outcome): Record<string, unknown> {
  if (!outcome.ok) throw new Error(`${operation}: ${outcome.refusal.code} ${outcome.refusal.message}`);
  return outcome.output as Record<string, unknown>;
}

/** Milliseconds of each of some pieces of work. */
export function timesOf(pieces: number, work: (piece: number) => void): Float64Array {
  const times = new Float64Array(pieces);
  for (let piece = 0; piece < pieces; piece++) {
    const start = performance.now();
    work(piece);
    times[piece] = performance.now() - start;
  }
  return times;
}
