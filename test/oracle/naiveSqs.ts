/**
 * SQS in the plainest words: arrays, and a look at the clock. Two queues, `work` and its dead-letter queue `dead`
 * (maxReceiveCount 3), standard or FIFO. Calm delivery, short polls.
 */
import type { Operation } from './randomOperations.ts';

export interface NaiveAnswer {
  readonly refused?: string;
  readonly messages?: readonly { readonly name: string; readonly sent: number }[];
  readonly counts?: readonly [number, number, number];
}

interface Message {
  readonly body: string;
  readonly group: string;
  sent: number;
  received: number;
  count: number;
  /** Invisible until then; `state` says for what. */
  until: number;
  state: 'visible' | 'inFlight' | 'delayed';
  /** When it last turned visible: order of the next receive on a standard queue. */
  turn: number;
}

interface NaiveQueue {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  timeout: number;
  retention: number;
  delay: number;
  messages: Message[];
  remembered: { readonly id: string; readonly at: number }[];
  purged: number;
  /** FIFO: groups whose head is visible, next one first. */
  rotation: string[];
}

const MAX_RECEIVE_COUNT = 3;

const newQueue = (name: string, attributes: Record<string, string>): NaiveQueue => ({
  name,
  attributes: { VisibilityTimeout: '5', MessageRetentionPeriod: '90', ...attributes },
  timeout: 5_000,
  retention: 90_000,
  delay: 0,
  messages: [],
  remembered: [],
  purged: -Infinity,
  rotation: [],
});

export class NaiveSqs {
  readonly fifo: boolean;
  readonly queues: readonly NaiveQueue[];
  /** Every handle given out, by name (`body count`), with where it was given. */
  readonly handles: string[] = [];
  /** Bodies made so far: each is different. */
  made = 0;
  readonly #givenAt = new Map<string, NaiveQueue>();
  #now = 0;
  #turn = 0;

  constructor(fifo: boolean) {
    this.fifo = fifo;
    const deadLetterTargetArn = `arn:aws:sqs:us-east-1:000000000000:dead${fifo ? '.fifo' : ''}`;
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: MAX_RECEIVE_COUNT });
    this.queues = [newQueue('dead', {}), newQueue('work', { RedrivePolicy })];
  }

  /** Millisecond by millisecond where something is due: what expires, what turns visible. */
  passTo(now: number): void {
    for (;;) {
      const at = this.#nextDue();
      if (at === undefined || at > now) break;
      this.#now = Math.max(this.#now, at);
      for (const queue of this.queues) {
        const expired = queue.messages.filter(({ sent }) => sent + queue.retention <= this.#now);
        for (const message of expired) {
          queue.messages = queue.messages.filter((one) => one !== message);
          this.#rotate(queue);
        }
      }
      const due = this.queues.flatMap(({ messages }) =>
        messages.filter(({ state, until }) => state !== 'visible' && until <= this.#now),
      );
      for (const message of due.sort((a, b) => a.turn - b.turn)) {
        this.#show(message);
        for (const queue of this.queues) this.#rotate(queue);
      }
    }
    this.#now = now;
  }

  #nextDue(): number | undefined {
    const all = this.queues.flatMap((queue) =>
      queue.messages.flatMap(({ sent, state, until }) =>
        state === 'visible' ? [sent + queue.retention] : [sent + queue.retention, until],
      ),
    );
    return all.length === 0 ? undefined : Math.min(...all);
  }

  #show(message: Message): void {
    message.state = 'visible';
    message.turn = this.#turn++;
  }

  #hide(message: Message, state: 'inFlight' | 'delayed', forMs: number): void {
    message.state = state;
    message.until = this.#now + forMs;
    message.turn = this.#turn++;
  }

  #group(queue: NaiveQueue, group: string): Message[] {
    return queue.messages.filter((message) => message.group === group);
  }

  /** FIFO: a group whose head is visible joins at the back; one whose head is not leaves. */
  #rotate(queue: NaiveQueue): void {
    const ready = (group: string): boolean => this.#group(queue, group)[0]?.state === 'visible';
    queue.rotation = queue.rotation.filter(ready);
    for (const { group } of queue.messages) {
      if (ready(group) && !queue.rotation.includes(group)) queue.rotation.push(group);
    }
  }

  perform({ name, input }: Operation): NaiveAnswer {
    const queue = this.queues.find((one) => one.name === input.QueueName)!;
    const answer = this.#dispatch(name, queue, input);
    for (const each of this.queues) this.#rotate(each);
    return answer;
  }

  #dispatch(name: Operation['name'], queue: NaiveQueue, input: Operation['input']): NaiveAnswer {
    switch (name) {
      case 'SendMessage':
        return this.#send(queue, input);
      case 'ReceiveMessage':
        return this.#receive(queue, input);
      case 'DeleteMessage':
        return this.#delete(queue, input.ReceiptHandle as string);
      case 'ChangeMessageVisibility':
        return this.#change(queue, input.ReceiptHandle as string, input.VisibilityTimeout as number);
      case 'SetQueueAttributes':
        return this.#set(queue, input.Attributes as Record<string, string>);
      case 'PurgeQueue': {
        if (this.#now - queue.purged < 60_000) {
          return { refused: 'AWS.SimpleQueueService.PurgeQueueInProgress' };
        }
        queue.purged = this.#now;
        queue.messages = [];
        queue.remembered = [];
        return {};
      }
      case 'GetQueueAttributes': {
        if ((input.AttributeNames as string[]).includes('Nonsense'))
          return { refused: 'InvalidAttributeName' };
        const count = (state: Message['state']): number =>
          queue.messages.filter((message) => message.state === state).length;
        return { counts: [count('visible'), count('inFlight'), count('delayed')] };
      }
    }
  }

  #send(queue: NaiveQueue, input: Operation['input']): NaiveAnswer {
    if (input.MessageBody === '') return { refused: 'MissingParameter' };
    if (this.fifo) {
      const id = input.MessageDeduplicationId as string;
      if (queue.remembered.some((sent) => sent.id === id && this.#now - sent.at < 300_000)) return {};
      queue.remembered.push({ id, at: this.#now });
    }
    const message: Message = {
      body: input.MessageBody as string,
      group: (input.MessageGroupId as string | undefined) ?? '',
      sent: this.#now,
      received: 0,
      count: 0,
      until: 0,
      state: 'visible',
      turn: this.#turn++,
    };
    const delay = input.DelaySeconds === undefined ? queue.delay : Number(input.DelaySeconds) * 1000;
    if (delay > 0) this.#hide(message, 'delayed', delay);
    queue.messages.push(message);
    return {};
  }

  #receivable(queue: NaiveQueue, max: number): Message[] {
    if (!this.fifo) {
      const visible = queue.messages.filter(({ state }) => state === 'visible');
      return visible.sort((a, b) => a.turn - b.turn).slice(0, max);
    }
    const found: Message[] = [];
    for (const group of queue.rotation) {
      for (const message of this.#group(queue, group)) {
        if (message.state !== 'visible') break;
        found.push(message);
      }
    }
    return found.slice(0, max);
  }

  #receive(queue: NaiveQueue, input: Operation['input']): NaiveAnswer {
    const max = input.MaxNumberOfMessages as number;
    if (max > 10) return { refused: 'InvalidParameterValue' };
    let found = this.#receivable(queue, max);
    while (queue.name === 'work' && found.some(({ count }) => count >= MAX_RECEIVE_COUNT)) {
      for (const message of found.filter(({ count }) => count >= MAX_RECEIVE_COUNT)) {
        this.#moveToDead(queue, message);
        this.#rotate(queue);
      }
      found = this.#receivable(queue, max);
    }
    const timeout =
      input.VisibilityTimeout === undefined ? queue.timeout : Number(input.VisibilityTimeout) * 1000;
    for (const message of found) {
      message.count++;
      message.received = this.#now;
      if (timeout > 0) this.#hide(message, 'inFlight', timeout);
      else message.turn = this.#turn++;
      const name = `${message.body} ${message.count}`;
      this.handles.push(name);
      this.#givenAt.set(name, queue);
    }
    this.#rotate(queue);
    for (const group of new Set(found.map((message) => message.group))) {
      if (!queue.rotation.includes(group)) continue;
      queue.rotation = [...queue.rotation.filter((one) => one !== group), group];
    }
    return { messages: found.map(({ body, count, sent }) => ({ name: `${body} ${count}`, sent })) };
  }

  /** A standard dead-letter queue keeps the send time and with it the place by age; a FIFO one does not. */
  #moveToDead(queue: NaiveQueue, message: Message): void {
    const [dead] = this.queues as [NaiveQueue, NaiveQueue];
    queue.messages = queue.messages.filter((one) => one !== message);
    if (this.fifo) message.sent = this.#now;
    message.turn = this.#turn++;
    dead.messages.push(message);
    this.#rotate(dead);
  }

  /** What a handle holds: the message and whether it is held still; undefined when the message is gone from here. */
  #held(queue: NaiveQueue, handle: string): { message: Message; valid: boolean } | undefined {
    const [body, count] = handle.split(' ') as [string, string];
    const message = queue.messages.find((one) => one.body === body);
    if (message === undefined) return undefined;
    return { message, valid: message.count === Number(count) };
  }

  #delete(queue: NaiveQueue, handle: string): NaiveAnswer {
    if (this.#givenAt.get(handle) !== queue) return { refused: 'ReceiptHandleIsInvalid' };
    const held = this.#held(queue, handle);
    if (held === undefined) return {};
    const expired = !held.valid || held.message.state !== 'inFlight';
    if (this.fifo && expired) return { refused: 'InvalidParameterValue' };
    if (held.valid) queue.messages = queue.messages.filter((message) => message !== held.message);
    return {};
  }

  #change(queue: NaiveQueue, handle: string, timeout: number): NaiveAnswer {
    if (timeout > 43_200) return { refused: 'InvalidParameterValue' };
    if (this.#givenAt.get(handle) !== queue) return { refused: 'ReceiptHandleIsInvalid' };
    const held = this.#held(queue, handle);
    // On a standard queue the handle of an earlier receive does, too.
    if (held === undefined || (this.fifo && !held.valid)) return { refused: 'InvalidParameterValue' };
    if (held.message.state !== 'inFlight') return this.fifo ? { refused: 'InvalidParameterValue' } : {};
    if (timeout > 0) this.#hide(held.message, 'inFlight', timeout * 1000);
    else this.#show(held.message);
    return {};
  }

  #set(queue: NaiveQueue, attributes: Record<string, string>): NaiveAnswer {
    const { VisibilityTimeout, MessageRetentionPeriod, DelaySeconds } = attributes;
    if (VisibilityTimeout === '43201' || MessageRetentionPeriod === '59' || DelaySeconds === '901') {
      return { refused: 'InvalidAttributeValue' };
    }
    if (VisibilityTimeout !== undefined) queue.timeout = Number(VisibilityTimeout) * 1000;
    if (MessageRetentionPeriod !== undefined) queue.retention = Number(MessageRetentionPeriod) * 1000;
    if (DelaySeconds !== undefined) queue.delay = Number(DelaySeconds) * 1000;
    return {};
  }
}
