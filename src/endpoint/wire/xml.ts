/** XML as AWS's services write it: answers of the Query protocol and of S3. */
import { toBase64 } from '@smithy/core/serde';
import type { TimeFormat, WireMember, WireShape } from './shape.ts';
import { timeText } from './time.ts';

export interface XmlStyle {
  readonly time: TimeFormat;
  /** Milliseconds are always written: S3 and SNS do. */
  readonly millis?: boolean;
  /** Only what travels in the body: REST. */
  readonly bodyOnly?: boolean;
}

/** The members of a structure, as elements. */
export function xmlMembers(value: object, shape: WireShape, style: XmlStyle): string {
  let text = '';
  const object = value as Readonly<Record<string, unknown>>;
  for (const member of shape.members) {
    const item = object[member.name];
    if (item === undefined || item === null || member.attribute) continue;
    if (style.bodyOnly === true && member.place.in !== 'body') continue;
    text += memberText(item, member, style);
  }
  return text;
}

function memberText(value: unknown, { xmlName, shape, flattened }: WireMember, style: XmlStyle): string {
  if (!flattened) return xmlElement(xmlName, value, shape, style);
  if (shape.type === 'list') {
    return (value as readonly unknown[]).map((item) => xmlElement(xmlName, item, shape.item, style)).join('');
  }
  return Object.entries(value as object)
    .map(([key, item]) => element(xmlName, entryText(key, item, shape, style)))
    .join('');
}

function entryText(key: string, value: unknown, shape: WireShape, style: XmlStyle): string {
  return element(shape.keyName, xmlEscaped(key)) + xmlElement(shape.itemName, value, shape.item, style);
}

function xmlElement(name: string, value: unknown, shape: WireShape, style: XmlStyle): string {
  return element(name, inside(value, shape, style), attributesOf(value, shape));
}

function inside(value: unknown, shape: WireShape, style: XmlStyle): string {
  if (value === null || value === undefined) return '';
  switch (shape.type) {
    case 'structure':
      return xmlMembers(value as object, shape, style);
    case 'list':
      return (value as readonly unknown[])
        .map((item) => xmlElement(shape.itemName, item, shape.item, style))
        .join('');
    case 'map':
      return Object.entries(value as object)
        .map(([key, item]) => element('entry', entryText(key, item, shape, style)))
        .join('');
    case 'timestamp': {
      const text = timeText(value as number, shape.time ?? style.time);
      return style.millis === true && /:\d\dZ$/u.test(text) ? text.replace(/Z$/u, '.000Z') : text;
    }
    case 'blob':
      return typeof value === 'string' ? value : toBase64(value as Uint8Array);
    default:
      return xmlEscaped(String(value));
  }
}

function attributesOf(value: unknown, shape: WireShape): string {
  if (shape.type !== 'structure') return '';
  let text = '';
  for (const { attribute, name, xmlName } of shape.members) {
    const item = (value as Readonly<Record<string, unknown>>)[name];
    if (attribute && item !== undefined) text += ` ${xmlName}="${xmlEscaped(String(item))}"`;
  }
  const { namespace } = shape;
  if (text !== '' && namespace !== undefined) text = ` xmlns:${namespace[0]}="${namespace[1]}"${text}`;
  return text;
}

export const element = (name: string, content: string, attributes = ''): string =>
  content === '' && attributes === '' ? `<${name}/>` : `<${name}${attributes}>${content}</${name}>`;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
  '\u0085': '&#x85;',
  '\u2028': '&#x2028;',
};

export const xmlEscaped = (text: string): string =>
  /[&<>"\r\u0085\u2028]/u.test(text)
    ? text.replace(/[&<>"\r\u0085\u2028]/gu, (mark) => ESCAPES[mark]!)
    : text;
