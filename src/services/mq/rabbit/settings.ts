/** Arguments of a queue: what they come to, and whether a redeclaration says the same. RabbitMQ, Queues; Policies. */
import type { DeclareQueue, HeaderTable, HeaderValue } from '../../../contract/broker.ts';
import type { Ground } from '../engine.ts';
import type { Queue, QueueSettings } from './model.ts';
import { channelError } from './refusals.ts';
import { isFrom, isMirrored, limitsOf } from './runtime.ts';

/** RabbitMQ 4.0: the default of quorum queues. */
const DELIVERY_LIMIT = 20;
const NONE = -1;

export interface QueueShape {
  readonly kind: 'classic' | 'quorum';
  readonly durable: boolean;
  readonly exclusive: boolean;
  readonly autoDelete: boolean;
  readonly arguments: HeaderTable;
}

/** What is declared, with the broker's defaults. Throws what RabbitMQ answers to what does not fit together. */
export function shapeOf({ broker }: Ground, declared: DeclareQueue, virtualHost: string): QueueShape {
  const { queue, durable = true, exclusive = false, autoDelete = false } = declared;
  const given = declared.arguments ?? {};
  const type = given['x-queue-type'];
  const plain = durable && !exclusive && !autoDelete;
  const kind = type ?? (isFrom(broker, '4.0') && plain ? 'quorum' : 'classic');
  const invalid = (what: string): never => {
    throw channelError('PRECONDITION_FAILED', `${what} for queue '${queue}' in vhost '${virtualHost}'`);
  };
  if (kind === 'stream') {
    throw channelError(
      'NOT_IMPLEMENTED',
      'queue type stream is not available',
      'not modelled: stream queues',
    );
  }
  if (kind !== 'classic' && kind !== 'quorum') return invalid(`invalid arg 'x-queue-type'`);
  if (kind === 'quorum') {
    if (!durable) invalid("invalid property 'non-durable'");
    if (exclusive) invalid("invalid property 'exclusive-owner'");
  }
  if (isFrom(broker, '4.3')) refuseDeprecated(queue, virtualHost, { durable, exclusive, arguments: given });
  return { kind, durable, exclusive, autoDelete, arguments: Object.freeze({ ...given }) };
}

/** RabbitMQ 4.3: what was deprecated is refused. UNSURE: the sentences. */
function refuseDeprecated(
  queue: string,
  virtualHost: string,
  given: { readonly durable: boolean; readonly exclusive: boolean; readonly arguments: HeaderTable },
): void {
  if (!given.durable && !given.exclusive) {
    throw channelError(
      'INTERNAL_ERROR',
      `Feature \`transient_nonexcl_queues\` is deprecated. Its use is not permitted: queue '${queue}' in vhost '${virtualHost}'`,
      'From 4.3 on a queue is durable, or exclusive to its connection.',
    );
  }
  if (given.arguments['x-queue-version'] === 1) {
    throw channelError(
      'PRECONDITION_FAILED',
      `invalid arg 'x-queue-version' for queue '${queue}' in vhost '${virtualHost}'`,
      'From 4.3 on there is version 2 only.',
    );
  }
}

const KNOWN_NUMBERS = {
  'x-message-ttl': [0, 4_294_967_295],
  'x-expires': [1, 4_294_967_295],
  'x-max-length': [0, Number.MAX_SAFE_INTEGER],
  'x-max-length-bytes': [0, Number.MAX_SAFE_INTEGER],
  'x-max-priority': [1, 255],
  'x-delivery-limit': [-1, Number.MAX_SAFE_INTEGER],
} as const;

function numberIn(given: HeaderTable, name: keyof typeof KNOWN_NUMBERS, place: string): number | undefined {
  const value = given[name];
  if (value === undefined) return undefined;
  const [min, max] = KNOWN_NUMBERS[name];
  const read = Number(value);
  if (typeof value !== 'boolean' && Number.isInteger(read) && read >= min && read <= max) return read;
  throw channelError(
    'PRECONDITION_FAILED',
    `invalid arg '${name}' for ${place}: ${JSON.stringify(value)}`,
    `A whole number from ${min} on is expected.`,
  );
}

function textIn(given: HeaderTable, name: string, place: string): string | undefined {
  const value = given[name];
  if (value === undefined || typeof value === 'string') return value;
  throw channelError('PRECONDITION_FAILED', `invalid arg '${name}' for ${place}: ${JSON.stringify(value)}`);
}

export function settingsOf(
  ground: Ground,
  shape: QueueShape,
  queue: string,
  virtualHost: string,
): QueueSettings {
  const { broker } = ground;
  const given = shape.arguments;
  const place = `queue '${queue}' in vhost '${virtualHost}'`;
  const overflow = textIn(given, 'x-overflow', place);
  if (overflow !== undefined && !isOverflow(overflow)) {
    throw channelError('PRECONDITION_FAILED', `invalid arg 'x-overflow' for ${place}: ${overflow}`);
  }
  if (overflow === 'reject-publish-dlx' && shape.kind === 'quorum') {
    throw channelError('PRECONDITION_FAILED', `invalid arg 'x-overflow' for ${place}: ${overflow}`);
  }
  const deadLetterRoutingKey = textIn(given, 'x-dead-letter-routing-key', place);
  const deadLetterExchange = textIn(given, 'x-dead-letter-exchange', place);
  if (deadLetterRoutingKey !== undefined && deadLetterExchange === undefined) {
    throw channelError(
      'PRECONDITION_FAILED',
      `invalid arg 'x-dead-letter-routing-key' for ${place}: routing_key_but_no_dlx_defined`,
    );
  }
  const policyLength = isMirrored(broker) ? limitsOf(broker).maxLength : NONE;
  const maxLength = numberIn(given, 'x-max-length', place) ?? policyLength;
  const byPolicy = given['x-max-length'] === undefined && policyLength >= 0;
  return Object.freeze({
    messageTtlMs: numberIn(given, 'x-message-ttl', place) ?? NONE,
    expiresMs: numberIn(given, 'x-expires', place) ?? NONE,
    maxLength,
    maxBytes: numberIn(given, 'x-max-length-bytes', place) ?? NONE,
    overflow: overflow ?? (byPolicy ? 'reject-publish' : 'drop-head'),
    deadLetterExchange,
    deadLetterRoutingKey,
    maxPriority: maxPriorityOf(ground, shape, numberIn(given, 'x-max-priority', place)),
    deliveryLimit: deliveryLimitOf(ground, shape, numberIn(given, 'x-delivery-limit', place)),
    singleActiveConsumer: given['x-single-active-consumer'] === true,
  });
}

const isOverflow = (text: string): text is QueueSettings['overflow'] =>
  text === 'drop-head' || text === 'reject-publish' || text === 'reject-publish-dlx';

/** Quorum queues: none in 3.13; two levels by ratio in 4.2 (1 stands for them); up to 31 in 4.3. */
function maxPriorityOf({ broker }: Ground, { kind }: QueueShape, asked: number | undefined): number {
  if (kind === 'classic') return asked ?? 0;
  if (isFrom(broker, '4.3')) return Math.min(31, asked ?? 0);
  return isFrom(broker, '4.0') ? 1 : 0;
}

function deliveryLimitOf({ broker }: Ground, { kind }: QueueShape, asked: number | undefined): number {
  if (kind === 'classic') return NONE;
  return asked ?? (isFrom(broker, '4.0') ? DELIVERY_LIMIT : NONE);
}

const valued = (value: HeaderValue): string => {
  const type = typeof value === 'number' ? 'signedint' : typeof value === 'boolean' ? 'bool' : 'longstr';
  return `the value '${typeof value === 'object' ? JSON.stringify(value) : value}' of type '${type}'`;
};

const COMPARED = [
  'x-queue-type',
  'x-message-ttl',
  'x-expires',
  'x-max-length',
  'x-max-length-bytes',
  'x-overflow',
  'x-dead-letter-exchange',
  'x-dead-letter-routing-key',
  'x-max-priority',
  'x-delivery-limit',
  'x-single-active-consumer',
] as const;

/** A second declaration must say what the first said. Throws PRECONDITION_FAILED. */
export function checkSame(queue: Queue, shape: QueueShape): void {
  const { name, virtualHost } = queue;
  const place = `for queue '${name}' in vhost '${virtualHost}'`;
  for (const [arg, received, current] of [
    ['durable', shape.durable, queue.durable],
    ['auto_delete', shape.autoDelete, queue.autoDelete],
  ] as const) {
    if (received === current) continue;
    throw channelError(
      'PRECONDITION_FAILED',
      `inequivalent arg '${arg}' ${place}: received '${received}' but current is '${current}'`,
    );
  }
  for (const arg of COMPARED) {
    const received = arg === 'x-queue-type' ? shape.kind : shape.arguments[arg];
    const current = arg === 'x-queue-type' ? queue.kind : queue.arguments[arg];
    if (received === current) continue;
    const is = received === undefined ? 'none' : valued(received);
    const was = current === undefined ? 'none' : valued(current);
    throw channelError(
      'PRECONDITION_FAILED',
      `inequivalent arg '${arg}' ${place}: received ${is} but current is ${was}`,
      'A queue keeps the arguments it was declared with: delete it, or declare it the same.',
    );
  }
}
