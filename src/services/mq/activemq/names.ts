/**
 * How each protocol names a destination, and how ActiveMQ's own names match. Apache ActiveMQ, MQTT, Stomp, AMQP,
 * Wildcards: `.` separates, `*` is one word, `>` the rest; MQTT writes `/`, `+` and `#` for them.
 */
import type { BrokerProtocol } from '../../../contract/broker.ts';

export interface Named {
  readonly kind: 'queue' | 'topic';
  readonly name: string;
}

/** `queue://orders,topic://prices` in the protocol's words to a list; undefined: it is none. */
export function readDestinations(protocol: BrokerProtocol, text: string): readonly Named[] | undefined {
  if (text === '') return undefined;
  if (protocol === 'mqtt') return [{ kind: 'topic', name: fromMqtt(text) }];
  const named = text.split(',').map((part) => readOne(protocol, part.trim()));
  return named.some((one) => one === undefined) ? undefined : (named as Named[]);
}

function readOne(protocol: BrokerProtocol, text: string): Named | undefined {
  const [, kind, name] =
    /^(queue|topic):\/\/(.+)$/u.exec(text) ?? /^\/(queue|topic)\/(.+)$/u.exec(text) ?? [];
  if (kind !== undefined && name !== undefined) return { kind: kind as Named['kind'], name };
  // Stomp, Working with Destinations: a name without /queue/ or /topic/ is refused.
  if (text === '' || protocol === 'stomp' || protocol === 'wss' || text.includes('://')) return undefined;
  return { kind: 'queue', name: text };
}

const swapped = (text: string, from: string, to: string): string =>
  [...text].map((letter) => (from.includes(letter) ? to[from.indexOf(letter)]! : letter)).join('');

const fromMqtt = (topic: string): string => swapped(topic, '/.+#', './*>');
const toMqtt = (name: string): string => swapped(name, './*>', '/.+#');

export const keyOf = ({ kind, name }: Named): string => `${kind}://${name}`;

export function namedOf(key: string): Named {
  const at = key.indexOf('://');
  return { kind: key.slice(0, at) === 'topic' ? 'topic' : 'queue', name: key.slice(at + 3) };
}

/** As a client of this protocol reads it. */
export function shownTo(protocol: BrokerProtocol, key: string): string {
  const { kind, name } = namedOf(key);
  if (protocol === 'mqtt') return toMqtt(name);
  return protocol === 'stomp' || protocol === 'wss' ? `/${kind}/${name}` : key;
}

export const isPattern = (name: string): boolean =>
  name.split('.').some((word) => word === '*' || word === '>');

export function matches(pattern: string, name: string): boolean {
  const words = pattern.split('.');
  const given = name.split('.');
  for (const [index, word] of words.entries()) {
    if (word === '>') return true;
    if (index >= given.length) return false;
    if (word !== '*' && word !== given[index]) return false;
  }
  return words.length === given.length;
}

/** Virtual Destinations: `Consumer.A.VirtualTopic.Orders` is a queue of the topic `VirtualTopic.Orders`. */
export const isVirtualTopic = (name: string): boolean => name.startsWith('VirtualTopic.');
export function virtualTopicOf(queue: string): string | undefined {
  return /^Consumer\.[^.]+\.(VirtualTopic\..+)$/u.exec(queue)?.[1];
}
