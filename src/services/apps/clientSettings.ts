/** From what was typed to a client's settings: each value is read once, and each protocol has its limits. */
import { milliseconds } from '../../engine/units.ts';
import { ACKS, CLIENT_PROTOCOLS, type ClientProtocol, type ClientSettings, ROLES } from './clientModel.ts';
import { invalidValue } from './errors.ts';
import type { Given } from './model.ts';
import { PATTERNS } from './pattern.ts';
import { readTemplate } from './template.ts';
import { readChance, readCount, readDuration, readRate, readSpan } from './values.ts';

export function clientSettings(given: Given): ClientSettings {
  const text = (flag: string): string | undefined =>
    given[flag] === undefined ? undefined : String(given[flag]);
  const typed = oneOf('protocol', String(given.protocol), Object.keys(CLIENT_PROTOCOLS)) as ClientProtocol;
  const protocol = CLIENT_PROTOCOLS[typed];
  refuseForeign(given, typed);
  const role = oneOf('role', text('role') ?? 'both', ROLES);
  const qos = given.qos === undefined ? 0 : (readCount('qos', Number(given.qos), 0, 2) as 0 | 1 | 2);
  const prefetch =
    given.prefetch === undefined ? undefined : readCount('prefetch', Number(given.prefetch), 1, 65_535);
  const group = text('group');
  const ttl = text('ttl');
  const durable = given.durable === true;
  const clientId = text('clientId') ?? (durable || protocol === 'mqtt' ? String(given.name) : '');
  const concurrency =
    given.concurrency === undefined ? 1 : readCount('concurrency', Number(given.concurrency), 1, 2_000);
  if (durable && concurrency > 1) {
    throw invalidValue('concurrency', concurrency, 'a durable subscription has one connection at a time');
  }
  return Object.freeze({
    broker: readBroker(String(given.broker)),
    protocol,
    role,
    destination: readDestination(String(given.destination)),
    exchange: text('exchange') ?? '',
    routingKey: text('routingKey'),
    user: text('user') ?? 'app',
    concurrency,
    rate: readRate('rate', text('rate') ?? '1/s'),
    pattern: oneOf('pattern', text('pattern') ?? 'constant', PATTERNS),
    body: readTemplate('body', text('body') ?? 'message {n}'),
    group: group === undefined ? undefined : readTemplate('group', group),
    headers: readHeaders(text('headers')),
    priority:
      given.priority === undefined ? undefined : readCount('priority', Number(given.priority), 0, 255),
    ttl: ttl === undefined ? undefined : readDuration('ttl', ttl),
    qos,
    retained: given.retained === true,
    persistent: given.persistent as boolean | undefined,
    lastWill: readWill(text('lastWill')),
    durable,
    clientId,
    selector: text('selector'),
    prefetch,
    ack: oneOf('ack', text('ack') ?? 'auto', ACKS),
    time: readSpan('time', text('time') ?? '100ms'),
    fail: readChance('fail', text('fail') ?? '0'),
    // The clients of AMQP 0-9-1 recover by themselves; the others connect once unless told otherwise.
    failover: (given.failover as boolean | undefined) ?? protocol === 'amqp-0-9-1',
    reconnect: milliseconds(
      given.reconnect === undefined ? 0 : readDuration('reconnect', String(given.reconnect)),
    ),
    endpoint: given.endpoint === undefined ? undefined : readCount('endpoint', Number(given.endpoint), 1, 3),
    count: given.count === undefined ? undefined : readCount('count', Number(given.count), 1, 1_000_000_000),
  });
}

function oneOf<Value extends string>(flag: string, text: string, values: readonly Value[]): Value {
  const found = values.find((value) => value === text);
  if (found === undefined) throw invalidValue(flag, text, `one of ${values.join(', ')}`);
  return found;
}

/** Which flags are whose: what a protocol does not know is refused, not taken and forgotten. */
const ONLY: Readonly<
  Record<string, { readonly protocols: readonly ClientProtocol[]; readonly why: string }>
> = {
  qos: { protocols: ['mqtt'], why: 'QoS is a word of MQTT' },
  retained: { protocols: ['mqtt'], why: 'retained messages are MQTT’s' },
  lastWill: { protocols: ['mqtt'], why: 'a last will is MQTT’s' },
  exchange: { protocols: ['amqp091'], why: 'exchanges are RabbitMQ’s: amqp091' },
  routingKey: { protocols: ['amqp091'], why: 'routing keys are RabbitMQ’s: amqp091' },
  selector: { protocols: ['openwire', 'amqp10', 'stomp', 'wss'], why: 'this protocol has no selectors' },
  group: { protocols: ['openwire', 'amqp10', 'stomp', 'wss'], why: 'message groups are ActiveMQ’s' },
  headers: { protocols: ['openwire', 'amqp10', 'amqp091', 'stomp', 'wss'], why: 'MQTT has no headers' },
  persistent: {
    protocols: ['openwire', 'amqp10', 'amqp091', 'stomp', 'wss'],
    why: 'in MQTT the QoS decides: 1 and 2 are kept',
  },
};

function refuseForeign(given: Given, protocol: ClientProtocol): void {
  for (const [flag, { protocols, why }] of Object.entries(ONLY)) {
    if (given[flag] === undefined || protocols.includes(protocol)) continue;
    throw invalidValue(flag, String(given[flag]), `${why}; it goes with ${protocols.join(', ')}`);
  }
}

/** Amazon SQS has no wire protocol of messaging: nothing listens there for these clients. */
function readBroker(text: string): string {
  if (/^(?:queue\/|topic\/|https?:\/\/|arn:aws:(?:sqs|sns))|^(?:sqs|sns)\b/u.test(text)) {
    throw invalidValue(
      'broker',
      text,
      'SQS and SNS speak HTTPS with AWS’s own API, and none of AMQP, MQTT, STOMP, OpenWire; name a broker, or use app create-producer --to queue/NAME',
    );
  }
  return text.replace(/^broker\//u, '');
}

function readDestination(text: string): string {
  if (text.trim() === '') throw invalidValue('destination', text, 'a queue or a topic, like queue://orders');
  return text;
}

/** `color=red,price=6,urgent=true`. */
function readHeaders(text: string | undefined): ClientSettings['headers'] {
  if (text === undefined) return undefined;
  const pairs = text.split(',').map((part): [string, string | number | boolean] => {
    const at = part.indexOf('=');
    const value = part.slice(at + 1);
    if (at < 1) throw invalidValue('headers', text, 'NAME=VALUE, with commas between: color=red,price=6');
    if (value === 'true' || value === 'false') return [part.slice(0, at).trim(), value === 'true'];
    return [part.slice(0, at).trim(), /^-?\d+(?:\.\d+)?$/u.test(value) ? Number(value) : value];
  });
  return Object.freeze(Object.fromEntries(pairs));
}

/** `tills/1/state=offline`. */
function readWill(text: string | undefined): ClientSettings['lastWill'] {
  if (text === undefined) return undefined;
  const at = text.indexOf('=');
  if (at < 1) throw invalidValue('last-will', text, 'TOPIC=TEXT, like tills/1=offline');
  return Object.freeze({ destination: text.slice(0, at), body: text.slice(at + 1) });
}
