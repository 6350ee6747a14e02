/**
 * A small world for tests: real services on the real kernel, virtual time.
 *
 *     const w = world();
 *     const url = w.call('CreateQueue', { QueueName: 'orders' }).QueueUrl;
 *     w.after(seconds(30)).call('ReceiveMessage', { QueueUrl: url });
 *
 * A call is served at the present instant. For tests about exact instants its answer is read without letting the
 * latency pass: `now` moves only by `after` and `at`.
 */

import { authorizationOf } from '../../src/contract/guard.ts';
import type { CatalogEntry } from '../../src/contract/service.ts';
import type { MessageRow, ResourceView } from '../../src/contract/view.ts';
import { type AwsWorldSettings, worldSettings } from '../../src/contract/world.ts';
import { spelled } from '../../src/engine/onDemand.ts';
import type { Caller, CallId, Outcome, Refusal } from '../../src/engine/service.ts';
import { type OutsideAnswer, Simulation } from '../../src/engine/simulation.ts';
import {
  after,
  type Instant,
  instant,
  type Milliseconds,
  milliseconds,
  type Seconds,
} from '../../src/engine/units.ts';
import { sqs } from '../../src/services/sqs/index.ts';

/** An output of any operation, read loosely: tests know what they asked for. */
// biome-ignore lint/suspicious/noExplicitAny: a test names the members it expects and fails when they are not there
export type Output = any;

export interface ToldEvent {
  readonly at: Instant;
  readonly type: string;
  readonly by: string;
  readonly [field: string]: unknown;
}

/** The service without its latency: answers come in the instant of the call. */
function withoutLatency(entry: CatalogEntry): CatalogEntry {
  return { ...entry, engine: { ...entry.engine, latency: () => milliseconds(0) } };
}

export class World {
  readonly settings: AwsWorldSettings;
  readonly simulation: Simulation;
  readonly #entries: readonly CatalogEntry[];
  #answers = new Map<CallId, OutsideAnswer>();
  #caller: Caller;

  constructor(settings: Partial<AwsWorldSettings>, entries: readonly CatalogEntry[]) {
    this.settings = worldSettings(settings);
    this.#entries = entries.map(withoutLatency);
    this.simulation = new Simulation(
      this.#entries.map(({ engine }) => engine),
      this.settings,
      { guard: authorizationOf(this.#entries, this.settings).guard },
    );
    this.#caller = { by: 'you', account: this.settings.account, profile: 'default', secure: true };
  }

  get now(): Instant {
    return this.simulation.now;
  }

  /** Calls from here on come from this name, or this account. */
  as(caller: Partial<Caller>): this {
    this.#caller = { ...this.#caller, ...caller };
    return this;
  }

  /** Serves a call now; the answer may be pending (a long poll): see `answer`. */
  start(operation: string, input: object = {}, service = 'sqs'): CallId {
    return this.simulation.submit({ service, operation, input, caller: this.#caller });
  }

  /** The answer that reached the caller by now; undefined while the call waits. */
  answer(call: CallId): (OutsideAnswer & { readonly outcome: Outcome }) | undefined {
    this.simulation.runUntil(this.now);
    for (const answer of this.simulation.takeAnswers()) this.#answers.set(answer.call, answer);
    const answer = this.#answers.get(call);
    return answer && { ...answer, outcome: spelled(answer.outcome) };
  }

  outcome(operation: string, input: object = {}, service = 'sqs'): Outcome {
    const answer = this.answer(this.start(operation, input, service));
    if (answer === undefined) throw new Error(`${operation} has no answer yet`);
    return answer.outcome;
  }

  /** The output of a call that is accepted at once. */
  call(operation: string, input: object = {}, service = 'sqs'): Output {
    const outcome = this.outcome(operation, input, service);
    if (!outcome.ok)
      throw new Error(`${operation} was refused: ${outcome.refusal.code} ${outcome.refusal.message}`);
    return outcome.output;
  }

  /** The refusal of a call that is refused. */
  refusal(operation: string, input: object = {}, service = 'sqs'): Refusal {
    const outcome = this.outcome(operation, input, service);
    if (outcome.ok) throw new Error(`${operation} was accepted: ${JSON.stringify(outcome.output)}`);
    return outcome.refusal;
  }

  /** Lets time pass. */
  after(wait: Seconds): this {
    return this.afterMs(milliseconds(Math.round(wait * 1000)));
  }

  afterMs(wait: Milliseconds): this {
    this.simulation.runUntil(after(this.now, wait));
    return this;
  }

  /** Lets time pass until this many seconds since the world began. */
  at(second: number): this {
    this.simulation.runUntil(instant(Math.round(second * 1000)));
    return this;
  }

  /** Events so far, in words, oldest first; of this type if one is given. */
  events(type?: string): ToldEvent[] {
    return this.simulation.log
      .since(0)
      .filter(({ event }) => type === undefined || event.type === type)
      .map(({ at, event }) => ({ ...this.simulation.tell(event), at, type: event.type, by: event.by }));
  }

  digest(service = 'sqs'): string {
    return this.#entry(service).engine.digest(this.simulation.stateOf(service));
  }

  view(service = 'sqs'): ResourceView[] {
    return this.#entry(service).view(this.simulation.stateOf(service), this.now, this.settings);
  }

  messages(id: ResourceView['id'], service = 'sqs'): MessageRow[] {
    const { messages } = this.#entry(service);
    return messages?.(this.simulation.stateOf(service), id, 0, 100, this.now) ?? [];
  }

  #entry(service: string): CatalogEntry {
    return this.#entries.find(({ engine }) => engine.name === service)!;
  }

  // What most tests about queues do.

  /** Makes a queue and answers its URL. */
  queue(name = 'orders', attributes: Readonly<Record<string, string>> = {}): string {
    const fifo = name.endsWith('.fifo') ? { FifoQueue: 'true' } : {};
    return this.call('CreateQueue', { QueueName: name, Attributes: { ...fifo, ...attributes } }).QueueUrl;
  }

  /** Sends a text; answers the output. */
  send(url: string, body: string, more: object = {}): Output {
    return this.call('SendMessage', { QueueUrl: url, MessageBody: body, ...more });
  }

  /** Sends to a FIFO queue: the body is the deduplication id, too. */
  sendTo(url: string, group: string, body: string): Output {
    return this.send(url, body, { MessageGroupId: group, MessageDeduplicationId: body });
  }

  /** Receives; answers the messages, none or more. */
  receive(url: string, more: object = {}): Output[] {
    return this.call('ReceiveMessage', { QueueUrl: url, ...more }).Messages ?? [];
  }

  bodies(url: string, more: object = {}): string[] {
    return this.receive(url, more).map(({ Body }) => Body);
  }

  attributes(url: string, ...names: string[]): Record<string, string> {
    return (
      this.call('GetQueueAttributes', { QueueUrl: url, AttributeNames: names.length > 0 ? names : ['All'] })
        .Attributes ?? {}
    );
  }

  /** Visible, in flight, delayed: as GetQueueAttributes says. */
  counts(url: string): [visible: number, inFlight: number, delayed: number] {
    const all = this.attributes(url);
    return [
      Number(all.ApproximateNumberOfMessages),
      Number(all.ApproximateNumberOfMessagesNotVisible),
      Number(all.ApproximateNumberOfMessagesDelayed),
    ];
  }
}

export const world = (
  settings: Partial<AwsWorldSettings> = {},
  entries: readonly CatalogEntry[] = [sqs],
): World => new World(settings, entries);
