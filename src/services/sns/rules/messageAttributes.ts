/** Message attributes: which are allowed, and how they count. SNS Developer Guide, Amazon SNS message attributes. */
import { utf8Length } from '../../../contract/text.ts';
import { parameterValueInvalid, validationError } from '../errors.ts';
import type { MessageAttribute, MessageAttributes } from '../model.ts';

/** An attribute as a client sends it. */
interface GivenAttribute {
  readonly DataType?: string | undefined;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}
export type GivenAttributes = Readonly<Partial<Record<string, GivenAttribute>>>;

const NAME_BYTES_MAX = 256;

/** `at`: where the attributes stand in the call, for the framework's own sentence. */
export function readMessageAttributes(given: GivenAttributes, at: string): MessageAttributes {
  const result: Record<string, MessageAttribute> = {};
  for (const [name, attribute] of Object.entries(given)) {
    result[name] = readAttribute(name, attribute ?? {}, at);
  }
  return Object.freeze(result);
}

function readAttribute(name: string, given: GivenAttribute, at: string): MessageAttribute {
  const { DataType, StringValue, BinaryValue } = given;
  if (DataType === undefined) {
    throw validationError(
      `1 validation error detected: Value null at '${at}.${name}.member.dataType' failed to satisfy constraint: Member must not be null`,
    );
  }
  checkName(name);
  // Recorded: a dot with nothing behind it is no type.
  const [, logical] = /^([^.]+)(?:\..+)?$/su.exec(DataType) ?? [];
  if (logical !== 'String' && logical !== 'Number' && logical !== 'Binary') {
    throw parameterValueInvalid(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const binary = logical === 'Binary';
  if (binary ? StringValue !== undefined && BinaryValue === undefined : BinaryValue !== undefined) {
    const field = binary ? 'Binary' : 'String';
    throw parameterValueInvalid(
      `The message attribute '${name}' with type '${DataType}' must use field '${field}'.`,
    );
  }
  const value = binary ? BinaryValue : StringValue;
  if (value === undefined || value.length === 0) {
    throw parameterValueInvalid(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
    );
  }
  if (typeof value !== 'string') return Object.freeze({ DataType, BinaryValue: value.slice() });
  // UNSURE: the sentence.
  if (logical === 'Number' && !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/u.test(value)) {
    throw parameterValueInvalid(`Could not cast message attribute '${name}' value to number.`);
  }
  return Object.freeze({ DataType, StringValue: value });
}

function checkName(name: string): void {
  if (utf8Length(name) >= NAME_BYTES_MAX) {
    throw parameterValueInvalid('Length of message attribute name must be less than 256 bytes.');
  }
  if (name.startsWith('.')) {
    throw parameterValueInvalid("Invalid message attribute name starting with character '.' was found.");
  }
  if (name.endsWith('.')) {
    throw parameterValueInvalid("Invalid message attribute name ending with character '.' was found.");
  }
  if (name.includes('..')) {
    throw parameterValueInvalid("Message attribute name can not have successive '.' character.");
  }
  const foreign = /[^A-Za-z0-9_.-]/u.exec(name);
  if (foreign === null) return;
  const code = foreign[0].codePointAt(0)!.toString(16).toUpperCase();
  throw parameterValueInvalid(
    `Invalid non-alphanumeric character '#x${code}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`,
  );
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
