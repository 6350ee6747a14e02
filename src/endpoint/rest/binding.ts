/** Members of a REST call that travel in path, query and headers; those in the body are the protocol's. */

import type { Headers } from '../exchange.ts';
import { WireRefusal } from '../exchange.ts';
import type { WireMember, WireShape } from '../wire/shape.ts';
import { timeOfText, timeText } from '../wire/time.ts';

export interface Bound {
  readonly labels: Readonly<Record<string, string>>;
  /** In the order sent; a name may come again. */
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Headers;
}

/** All members but those of the body. Throws WireRefusal. */
export function readBound(shape: WireShape, bound: Bound): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const member of shape.members) {
    const value = readMember(member, bound);
    if (value !== undefined) input[member.name] = value;
  }
  return input;
}

function readMember(member: WireMember, { labels, query, headers }: Bound): unknown {
  const { place, shape, name } = member;
  switch (place.in) {
    case 'label':
      return scalar(labels[name], shape, name);
    case 'query': {
      const values = query.filter(([key]) => key === place.name).map(([, value]) => value);
      if (values.length === 0) return undefined;
      if (shape.type === 'list') return values.map((value) => scalar(value, shape.item, name));
      return scalar(values[0], shape, name);
    }
    case 'header': {
      const text = headers[place.name];
      if (text === undefined) return undefined;
      if (shape.type !== 'list') return scalar(text, shape, name);
      return text.split(',').map((value) => scalar(value.trim(), shape.item, name));
    }
    case 'prefix': {
      const found = Object.entries(headers).filter(([key]) => key.startsWith(place.name));
      if (found.length === 0) return undefined;
      return Object.fromEntries(found.map(([key, value]) => [key.slice(place.name.length), value ?? '']));
    }
    default:
      return undefined;
  }
}

function scalar(text: string | undefined, shape: WireShape, name: string): unknown {
  if (text === undefined) return undefined;
  switch (shape.type) {
    case 'number': {
      const value = Number(text);
      if (text.trim() === '' || Number.isNaN(value)) throw notA(name, 'a number', text);
      return value;
    }
    case 'boolean':
      if (/^(true|false)$/iu.test(text)) return text.toLowerCase() === 'true';
      throw notA(name, 'true or false', text);
    case 'timestamp': {
      const time = timeOfText(text, shape.time ?? 'http');
      if (Number.isNaN(time)) throw notA(name, 'a time', text);
      return time;
    }
    default:
      return text;
  }
}

const notA = (name: string, what: string, text: string): WireRefusal =>
  new WireRefusal('SerializationException', `${name} must be ${what}, not ${text}`);

/** What of an output travels in headers; and the status, where a member says it. */
export function writeBound(
  shape: WireShape,
  output: Readonly<Record<string, unknown>>,
): { readonly headers: Record<string, string>; readonly status: number | undefined } {
  const headers: Record<string, string> = {};
  let status: number | undefined;
  for (const { place, name, shape: inner } of shape.members) {
    const value = output[name];
    if (value === undefined || value === null) continue;
    if (place.in === 'status') status = value as number;
    if (place.in === 'header') headers[place.name] = headerText(value, inner);
    if (place.in === 'prefix') {
      for (const [key, item] of Object.entries(value))
        headers[`${place.name}${key}`] = sendable(String(item));
    }
  }
  return { headers, status };
}

function headerText(value: unknown, shape: WireShape): string {
  if (shape.type === 'timestamp') return timeText(value as number, shape.time ?? 'http');
  if (Array.isArray(value)) return value.map(String).map(sendable).join(', ');
  return sendable(String(value));
}

/** A header carries no line breaks, and only Latin letters. */
const sendable = (text: string): string =>
  /[^\t\x20-\x7e]/u.test(text)
    ? [...text].map((letter) => (/[\t\x20-\x7e]/u.test(letter) ? letter : '?')).join('')
    : text;

/** The member that is the whole body, if one is. */
export const payloadOf = (shape: WireShape): WireMember | undefined =>
  shape.members.find(({ place }) => place.in === 'payload');
