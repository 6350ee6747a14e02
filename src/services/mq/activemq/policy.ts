/**
 * What a broker's configuration says that changes what happens to messages; read from its XML, the rest is left alone.
 * Amazon MQ Developer Guide, Child Collection Elements; Apache ActiveMQ, Per Destination Policies.
 */
import { matches } from './names.ts';

/** Frozen. */
export interface DestinationPolicy {
  readonly kind: 'queue' | 'topic';
  readonly pattern: string;
  readonly prioritized: boolean;
  /** 0: the broker's. */
  readonly memoryLimit: number;
  /** `DLQ.` of an individual strategy; '': the shared queue. */
  readonly deadLetterPrefix: string;
  readonly deadLetterQueue: string;
  readonly processNonPersistent: boolean;
  readonly processExpired: boolean;
  /** For consumers that name none; undefined: as the protocol's client has it. */
  readonly prefetch: number | undefined;
}

/** Groups, or users, by what they may do. Frozen. */
export interface AuthorizationEntry {
  readonly kind: 'queue' | 'topic';
  readonly pattern: string;
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly admin: readonly string[];
}

export interface ActivePolicy {
  readonly destinations: readonly DestinationPolicy[];
  /** undefined: no map, every user may do everything. */
  readonly authorization: readonly AuthorizationEntry[] | undefined;
  /** In bytes, of the whole broker. */
  readonly memoryLimit: number;
  readonly storeLimit: number;
  readonly sendFailIfNoSpace: boolean;
  readonly scheduler: boolean;
  readonly maximumRedeliveries: number;
  readonly redeliveryDelayMs: number;
}

const UNITS: Readonly<Record<string, number>> = { b: 1, k: 1_024, m: 1_048_576, g: 1_073_741_824 };

function sizeOf(text: string | undefined): number {
  const [, amount, unit = 'b'] = /^\s*(\d+)\s*([bkmg])?b?\s*$/iu.exec(text ?? '') ?? [];
  return amount === undefined ? 0 : Number(amount) * UNITS[unit.toLowerCase()]!;
}

const countOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\s*\d+\s*$/u.test(text) ? Number(text) : undefined;

const attributesOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    [...text.matchAll(/([\w-]+)\s*=\s*"([^"]*)"/gu)].map(([, name, value]) => [
      name!,
      value!.replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&'),
    ]),
  );

/** Elements of one name: their attributes and what stands in them. */
function elements(xml: string, name: string): { attributes: ReadonlyMap<string, string>; inside: string }[] {
  const expression = new RegExp(
    `<${name}((?:\\s+[\\w:-]+\\s*=\\s*"[^"]*")*)\\s*(?:/>|>([\\s\\S]*?)</${name}>)`,
    'gu',
  );
  return [...xml.matchAll(expression)].map(([, attributes = '', inside = '']) => ({
    attributes: attributesOf(attributes),
    inside,
  }));
}

const list = (text: string | undefined): readonly string[] =>
  Object.freeze((text ?? '').split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()])));

function kindOf(attributes: ReadonlyMap<string, string>): Pick<AuthorizationEntry, 'kind' | 'pattern'> {
  const queue = attributes.get('queue');
  return queue === undefined
    ? { kind: 'topic', pattern: attributes.get('topic') ?? '>' }
    : { kind: 'queue', pattern: queue };
}

/** '' is the configuration that a broker has by itself; `own`: the limits that its instance sets. */
export function readPolicy(
  data: string,
  own: Pick<ActivePolicy, 'memoryLimit' | 'storeLimit'>,
): ActivePolicy {
  const xml = data.replace(/<!--[\s\S]*?-->/gu, '');
  const flag = (attributes: ReadonlyMap<string, string> | undefined, name: string, otherwise: boolean) =>
    attributes?.has(name) ? attributes.get(name) === 'true' : otherwise;
  const destinations = elements(xml, 'policyEntry').map(({ attributes, inside }): DestinationPolicy => {
    const own = elements(inside, 'individualDeadLetterStrategy')[0]?.attributes;
    const shared = elements(inside, 'sharedDeadLetterStrategy')[0]?.attributes;
    const one = kindOf(attributes);
    return Object.freeze({
      ...one,
      prioritized: flag(attributes, 'prioritizedMessages', false),
      memoryLimit: sizeOf(attributes.get('memoryLimit')),
      deadLetterPrefix:
        own === undefined
          ? ''
          : (own.get(`${one.kind}Prefix`) ?? `ActiveMQ.DLQ.${one.kind === 'queue' ? 'Queue' : 'Topic'}.`),
      deadLetterQueue: /queue[^>]*physicalName="([^"]+)"/u.exec(inside)?.[1] ?? 'ActiveMQ.DLQ',
      processNonPersistent: flag(own ?? shared, 'processNonPersistent', false),
      processExpired: flag(own ?? shared, 'processExpired', true),
      prefetch: countOf(attributes.get(`${one.kind}Prefetch`)),
    });
  });
  const entries = elements(xml, 'authorizationEntry').map(
    ({ attributes }): AuthorizationEntry =>
      Object.freeze({
        ...kindOf(attributes),
        read: list(attributes.get('read')),
        write: list(attributes.get('write')),
        admin: list(attributes.get('admin')),
      }),
  );
  /** `<storeUsage><storeUsage limit="…"/></storeUsage>`: ActiveMQ writes the name twice. */
  const limitOf = (name: string): number =>
    sizeOf(new RegExp(`<${name}\\b[^>]*\\blimit\\s*=\\s*"([^"]*)"`, 'u').exec(xml)?.[1]);
  const broker =
    elements(xml, 'broker')[0]?.attributes ?? attributesOf(/<broker\b([^>]*)>/u.exec(xml)?.[1] ?? '');
  const usage = attributesOf([...xml.matchAll(/<systemUsage\b([^>]*)>/gu)].map(([, one]) => one).join(' '));
  const redelivery = elements(xml, 'redeliveryPolicy')[0]?.attributes;
  return Object.freeze({
    destinations: Object.freeze(destinations),
    authorization: /<authorizationMap\b/u.test(xml) ? Object.freeze(entries) : undefined,
    memoryLimit: limitOf('memoryUsage') || own.memoryLimit,
    storeLimit: limitOf('storeUsage') || own.storeLimit,
    sendFailIfNoSpace: flag(usage, 'sendFailIfNoSpace', false),
    scheduler: flag(broker, 'schedulerSupport', true),
    maximumRedeliveries: Number(redelivery?.get('maximumRedeliveries') ?? 6),
    redeliveryDelayMs: Number(redelivery?.get('initialRedeliveryDelay') ?? 1_000),
  });
}

/** Of several that match, the one with most words; `>` holds for what nothing else does. */
export function policyFor(
  { destinations }: ActivePolicy,
  kind: 'queue' | 'topic',
  name: string,
): DestinationPolicy | undefined {
  let best: DestinationPolicy | undefined;
  const weight = ({ pattern }: DestinationPolicy) =>
    pattern.split('.').reduce((sum, word) => sum + (word === '>' ? 0 : word === '*' ? 1 : 2), 0);
  for (const one of destinations) {
    if (one.kind !== kind || !matches(one.pattern, name)) continue;
    if (best === undefined || weight(one) > weight(best)) best = one;
  }
  return best;
}
