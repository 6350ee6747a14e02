/**
 * SubscribeToShard over the wire: what Kinesis pushes, as an event stream. Kinesis API Reference, SubscribeToShard;
 * each event is a message of `application/vnd.amazon.eventstream`.
 */
import { EventStreamCodec } from '@smithy/core/event-streams';
import { fromUtf8, toUtf8 } from '@smithy/core/serde';
import { type FromKinesis, isFromKinesis } from '../contract/subscribedRecords.ts';
import type { CallId, Delivery } from '../engine/service.ts';
import type { WorldSession } from '../session/session.ts';
import type { Asked, Reply, Sink } from './exchange.ts';
import { jsonText, RPC_JSON } from './wire/json.ts';
import type { WireShape } from './wire/shape.ts';

const EVENT = 'SubscribeToShardEvent';
const JSON_TYPE = 'application/x-amz-json-1.1';
const codec = new EventStreamCodec(toUtf8, fromUtf8);

/** Of a call whose answer is not out yet. */
const EARLY_MAX = 1_000;

interface Open {
  readonly sink: Sink;
  readonly shape: WireShape;
}

/** All streams of one session. */
export class ShardStreams {
  readonly #open = new Map<CallId, Open>();
  /** What was pushed before its stream was open. */
  #early: FromKinesis[] = [];

  constructor(session: WorldSession) {
    session.clients.listen((delivery) => this.#pushed(delivery));
  }

  /** The answer of a subscription that was taken. */
  reply({ operation }: Asked, requestId: string, id: CallId): Reply {
    const shape = operation.output.members[0]?.shape.members.find(({ name }) => name === EVENT)?.shape;
    return {
      status: 200,
      headers: { 'content-type': 'application/vnd.amazon.eventstream', 'x-amzn-requestid': requestId },
      body: '',
      stream: (sink) => {
        sink.write(message('initial-response', '{}'));
        this.#open.set(id, { sink, shape: shape! });
        const early = this.#early;
        this.#early = [];
        for (const payload of early) this.#hand(payload);
        return () => this.#open.delete(id);
      },
    };
  }

  #pushed(delivery: Delivery | undefined): void {
    if (delivery !== undefined) {
      if (isFromKinesis(delivery.payload)) this.#hand(delivery.payload);
      return;
    }
    for (const { sink } of this.#open.values()) sink.end();
    this.#open.clear();
    this.#early = [];
  }

  #hand(payload: FromKinesis): void {
    const { call } = payload;
    if (call === undefined) return;
    const open = this.#open.get(call);
    if (open === undefined) {
      if (this.#early.length < EARLY_MAX) this.#early.push(payload);
      return;
    }
    if (payload.type === 'SubscribedRecords') {
      open.sink.write(message(EVENT, jsonText(eventOf(payload), open.shape, RPC_JSON)));
      return;
    }
    this.#open.delete(call);
    open.sink.end();
  }
}

const eventOf = (pushed: FromKinesis & { readonly type: 'SubscribedRecords' }): object => ({
  Records: pushed.records,
  ContinuationSequenceNumber: pushed.continuationSequenceNumber,
  MillisBehindLatest: pushed.millisBehindLatest,
  ChildShards: pushed.childShards,
});

function message(type: string, text: string): Uint8Array {
  const header = (value: string) => ({ type: 'string', value }) as const;
  return codec.encode({
    headers: {
      ':event-type': header(type),
      ':content-type': header(JSON_TYPE),
      ':message-type': header('event'),
    },
    body: fromUtf8(text),
  });
}
