/** Message attributes: which are allowed, how they count, and the digest that SDKs compare. */
import { md5Hex } from '../../../contract/md5.ts';
import { utf8Bytes, utf8Length } from '../../../contract/text.ts';
import { invalidMessageContents, invalidParameterValue } from '../errors.ts';
import { ATTRIBUTE_NAME_LENGTH_MAX, MESSAGE_ATTRIBUTES_MAX } from '../limits.ts';
import type { AttributeValue } from '../model.ts';

/** An attribute as a client sends it. */
export interface GivenAttribute {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}
export type GivenAttributes = Readonly<Partial<Record<string, GivenAttribute>>>;

/** SQS API Reference, SendMessage: the characters that a message can hold. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

export function checkCharacters(text: string, what: string): void {
  const found = FORBIDDEN.exec(text);
  if (found === null) return;
  const code = found[0].codePointAt(0)!.toString(16).toUpperCase();
  throw invalidMessageContents(`${what} holds #x${code} at position ${found.index}.`);
}

/**
 * Frozen attributes, checked. UNSURE: the sentences other than that for an empty value.
 *
 * SQS Developer Guide, Amazon SQS message metadata.
 */
export function readMessageAttributes(given: GivenAttributes): Readonly<Record<string, AttributeValue>> {
  const names = Object.keys(given);
  if (names.length > MESSAGE_ATTRIBUTES_MAX) {
    throw invalidParameterValue(
      `Number of message attributes [${names.length}] exceeds the allowed maximum [${MESSAGE_ATTRIBUTES_MAX}].`,
    );
  }
  const result: Record<string, AttributeValue> = {};
  for (const name of names) {
    checkName(name);
    result[name] = readValue('user', name, given[name] ?? {});
  }
  return Object.freeze(result);
}

function checkName(name: string): void {
  // Recorded: letters of any script are taken, whatever the sentence says.
  if (!/^[\p{L}\p{N}_.-]+$/u.test(name)) {
    throw invalidParameterValue(
      `The message attribute name '${name}' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.) characters.`,
    );
  }
  if (name.length > ATTRIBUTE_NAME_LENGTH_MAX) {
    throw invalidParameterValue(
      `The message attribute name '${name}' is invalid. Length of message attribute name must be less than 256 bytes.`,
    );
  }
  if (/^(aws|amazon)\./i.test(name)) {
    throw invalidParameterValue(
      `The message attribute name '${name}' is invalid. You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use.`,
    );
  }
  if (name.startsWith('.') || name.endsWith('.') || name.includes('..')) {
    throw invalidParameterValue(
      `The message attribute name '${name}' is invalid. Attribute name can not start or end with a period, nor have periods in succession.`,
    );
  }
}

export function readValue(kind: 'user' | 'system', name: string, given: GivenAttribute): AttributeValue {
  const { DataType, StringValue, BinaryValue } = given;
  if (!DataType) {
    throw invalidParameterValue(
      `The message attribute '${name}' must contain a non-empty message attribute type.`,
    );
  }
  const logical = DataType.split('.', 1)[0]!;
  if (logical !== 'String' && logical !== 'Number' && logical !== 'Binary') {
    throw invalidParameterValue(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const value = logical === 'Binary' ? BinaryValue : StringValue;
  if (value === undefined || value.length === 0) {
    throw invalidParameterValue(
      `Message (${kind}) attribute '${name}' must contain a non-empty value of type '${logical === 'Binary' ? 'Binary' : 'String'}'.`,
    );
  }
  if (DataType.length > ATTRIBUTE_NAME_LENGTH_MAX) {
    throw invalidParameterValue(
      `The message attribute '${name}' has an invalid message attribute type. Length of message attribute type must be less than 256 bytes.`,
    );
  }
  if (typeof value !== 'string') return Object.freeze({ DataType, BinaryValue: value.slice() });
  // UNSURE: the sentence. Recorded: the code is not that of a body, InvalidMessageContents.
  if (FORBIDDEN.test(value)) {
    throw invalidParameterValue(
      `Message (${kind}) attribute '${name}' holds characters that are not allowed.`,
    );
  }
  if (logical === 'Number' && !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value)) {
    throw invalidParameterValue(`Can't cast the value of message (${kind}) attribute '${name}' to a number.`);
  }
  return Object.freeze({ DataType, StringValue: value });
}

/** Bytes that these attributes add to a message: names, types and values. */
export function attributesSize(given: GivenAttributes): number {
  let size = 0;
  for (const [name, attribute] of Object.entries(given)) {
    const { DataType = '', StringValue, BinaryValue } = attribute ?? {};
    size += utf8Length(name) + utf8Length(DataType);
    size += StringValue === undefined ? 0 : utf8Length(StringValue);
    size += BinaryValue?.length ?? 0;
  }
  return size;
}

/** SQS Developer Guide, Calculating the MD5 message digest for message attributes. Undefined when there are none. */
export function attributesMd5(attributes: Readonly<Record<string, AttributeValue>>): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const parts: Uint8Array[] = [];
  const append = (bytes: Uint8Array): void => {
    const { length } = bytes;
    parts.push(
      Uint8Array.of(length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255),
      bytes,
    );
  };
  for (const name of names) {
    const { DataType, StringValue, BinaryValue } = attributes[name]!;
    append(utf8Bytes(name));
    append(utf8Bytes(DataType));
    parts.push(Uint8Array.of(BinaryValue === undefined ? 1 : 2));
    append(BinaryValue ?? utf8Bytes(StringValue!));
  }
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return md5Hex(all);
}

/** The attributes that a receive asked for: `All`, `*`, `.*`, `prefix.*`, or by name. Unknown names are ignored. */
export function selectAttributes(
  attributes: Readonly<Record<string, AttributeValue>> | undefined,
  names: readonly string[],
): Readonly<Record<string, AttributeValue>> | undefined {
  if (attributes === undefined || names.length === 0) return undefined;
  if (names.some((name) => name === 'All' || name === '*' || name === '.*')) return attributes;
  const wanted = (name: string): boolean =>
    names.some((asked) => asked === name || (asked.endsWith('.*') && name.startsWith(asked.slice(0, -2))));
  const selected = Object.entries(attributes).filter(([name]) => wanted(name));
  return selected.length === 0 ? undefined : Object.fromEntries(selected);
}
