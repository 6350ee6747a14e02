/** From an exchange and a routing key to queues. RabbitMQ, AMQP 0-9-1 Model Explained; Exchanges. */
import type { HeaderTable, HeaderValue } from '../../../contract/broker.ts';
import { hashText } from '../../../engine/random.ts';
import type { Binding, Exchange, Queue, VirtualHost } from './model.ts';

/** Words by dots: `*` is exactly one, `#` any number. */
export function matchesTopic(pattern: string, key: string): boolean {
  const wanted = pattern.split('.');
  const words = key === '' ? [] : key.split('.');
  // reached[n]: the pattern until now can have taken the first n words.
  let reached = [true, ...words.map(() => false)];
  for (const part of pattern === '' ? [] : wanted) {
    const next = reached.map(() => false);
    for (let at = 0; at < reached.length; at++) {
      if (part === '#') next[at] = reached[at]! || (at > 0 && next[at - 1]!);
      else if (at > 0 && reached[at - 1]!) next[at] = part === '*' || part === words[at - 1];
    }
    reached = next;
  }
  return reached.at(-1)!;
}

const isSame = (one: HeaderValue | undefined, other: HeaderValue): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

/** `x-match`: all (default), any; with `-with-x` also headers whose name begins with x-. */
export function matchesHeaders(wanted: HeaderTable, headers: HeaderTable): boolean {
  const mode = wanted['x-match'] ?? 'all';
  const withX = mode === 'all-with-x' || mode === 'any-with-x';
  const names = Object.keys(wanted).filter((name) => name !== 'x-match' && (withX || !name.startsWith('x-')));
  const fits = (name: string): boolean => isSame(headers[name], wanted[name]!);
  if (mode === 'any' || mode === 'any-with-x') return names.some(fits);
  return names.every(fits);
}

function matchesBinding(
  exchange: Pick<Exchange, 'type'>,
  binding: Binding,
  routingKey: string,
  headers: HeaderTable,
): boolean {
  switch (exchange.type) {
    case 'fanout':
      return true;
    case 'direct':
      return binding.routingKey === routingKey;
    case 'topic':
      return matchesTopic(binding.routingKey, routingKey);
    case 'headers':
      return matchesHeaders(binding.arguments, headers);
    case 'x-consistent-hash':
      return false;
  }
}

/** The binding key is a weight: the key's hash falls into one binding's part of the ring. */
function hashedBinding(exchange: Exchange, routingKey: string, headers: HeaderTable): Binding | undefined {
  const header = exchange.arguments['hash-header'];
  const hashed = header === undefined ? routingKey : String(headers[String(header)] ?? '');
  const weights = exchange.bindings.map((binding) => Math.max(0, Number(binding.routingKey) || 0));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum === 0) return undefined;
  let place = hashText(hashed) % sum;
  return exchange.bindings.find((_, index) => {
    place -= weights[index]!;
    return place < 0;
  });
}

const bindingsFor = (exchange: Exchange, routingKey: string, headers: HeaderTable): readonly Binding[] => {
  if (exchange.type !== 'x-consistent-hash') {
    return exchange.bindings.filter((binding) => matchesBinding(exchange, binding, routingKey, headers));
  }
  const hashed = hashedBinding(exchange, routingKey, headers);
  return hashed === undefined ? [] : [hashed];
};

/** Each queue once, however many bindings lead to it. With nothing reached, the alternate exchange is asked. */
export function route(
  host: VirtualHost,
  exchangeName: string,
  routingKey: string,
  headers: HeaderTable = {},
): Set<Queue> {
  const reached = new Set<Queue>();
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    if (name === '') {
      const queue = host.queues.get(routingKey);
      if (queue !== undefined && isReachable(queue)) reached.add(queue);
      return;
    }
    const exchange = host.exchanges.get(name);
    if (exchange === undefined) return;
    const before = reached.size;
    const bindings = bindingsFor(exchange, routingKey, headers);
    for (const { to, destination } of bindings) {
      if (to === 'exchange') visit(destination);
      else {
        const queue = host.queues.get(destination);
        if (queue !== undefined && isReachable(queue)) reached.add(queue);
      }
    }
    const alternate = exchange.arguments['alternate-exchange'];
    if (reached.size === before && bindings.length === 0 && typeof alternate === 'string') visit(alternate);
  };
  visit(exchangeName);
  return reached;
}

/** A classic queue whose node is down is out of the routing table; publishes to a quorum queue wait. */
const isReachable = ({ kind, leader }: Queue): boolean => kind === 'quorum' || leader !== 0;
