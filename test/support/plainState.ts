/** What a plain store remembers, and images of it. */

import { fromJSONValue, toJSONValue } from '../../src/engine/store/contentJson.ts';
import type {
  Content,
  MessageState,
  QueueRow,
  Row,
  StoreImage,
} from '../../src/engine/store/messageStore.ts';
import { type Instant, type Milliseconds, START } from '../../src/engine/units.ts';

export interface Message {
  readonly row: Row;
  readonly content: Content;
  queue: QueueRow;
  readonly group: string | undefined;
  state: MessageState;
  sent: Instant;
  firstReceived: Instant | undefined;
  receiveCount: number;
  due: Instant | undefined;
  /** The place among those hidden for the same instant. */
  hiddenOrder: number;
  received: Instant | undefined;
  holder: number;
  generation: number;
}

export interface Queue {
  readonly row: QueueRow;
  readonly fifo: boolean;
  retention: Milliseconds;
  /** All messages by send time. */
  age: Row[];
  /** Standard: visible messages in the order of the next receive. */
  visible: Row[];
  /** FIFO: each group's messages in send order. */
  groups: Map<string, Row[]>;
  /** FIFO: the groups whose head is visible, in rotation. */
  ready: string[];
}

export interface State {
  messages: Map<Row, Message>;
  queues: Map<QueueRow, Queue>;
  clock: Instant;
  nextRow: number;
  nextOrder: number;
}

export const emptyState = (): State => ({
  messages: new Map(),
  queues: new Map(),
  clock: START,
  nextRow: 1,
  nextOrder: 1,
});

const copyQueue = (queue: Queue): Queue => ({
  ...queue,
  age: [...queue.age],
  visible: [...queue.visible],
  groups: new Map([...queue.groups].map(([name, rows]) => [name, [...rows]])),
  ready: [...queue.ready],
});

export const copyState = (state: State): State => ({
  ...state,
  messages: new Map([...state.messages].map(([row, message]) => [row, { ...message }])),
  queues: new Map([...state.queues].map(([row, queue]) => [row, copyQueue(queue)])),
});

export class PlainImage implements StoreImage {
  readonly state: State;
  constructor(state: State) {
    this.state = state;
  }
  get bytes(): number {
    return this.state.messages.size * 500;
  }
  bytesBeside(): number {
    return this.bytes;
  }
  toJSON(): unknown {
    const { messages, queues, ...rest } = this.state;
    return {
      ...rest,
      messages: [...messages.values()].map((message) => ({
        ...message,
        content: toJSONValue(message.content),
      })),
      queues: [...queues.values()].map((queue) => ({ ...queue, groups: [...queue.groups] })),
    };
  }
}

export function plainImageFromJSON(json: unknown): StoreImage {
  const saved = json as Omit<State, 'messages' | 'queues'> & {
    messages: Message[];
    queues: (Omit<Queue, 'groups'> & { groups: [string, Row[]][] })[];
  };
  return new PlainImage({
    messages: new Map(saved.messages.map((message) => [message.row, openMessage(message)])),
    queues: new Map(saved.queues.map((queue) => [queue.row, { ...queue, groups: new Map(queue.groups) }])),
    clock: saved.clock,
    nextRow: saved.nextRow,
    nextOrder: saved.nextOrder,
  });
}

/** JSON leaves out what is undefined; here every field has its place again. */
const openMessage = (saved: Message): Message => ({
  row: saved.row,
  content: fromJSONValue(saved.content) as Content,
  queue: saved.queue,
  group: saved.group,
  state: saved.state,
  sent: saved.sent,
  firstReceived: saved.firstReceived,
  receiveCount: saved.receiveCount,
  due: saved.due,
  hiddenOrder: saved.hiddenOrder,
  received: saved.received,
  holder: saved.holder,
  generation: saved.generation,
});
