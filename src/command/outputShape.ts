/** An answer as the AWS CLI shows it: members in the order of AWS's model, blobs in base64, times in ISO 8601. */
import type { Shape, StructureShape } from '../contract/shape.ts';
import { toBase64 } from './base64.ts';
import { parseJson } from './python/json.ts';
import { isPlainObject, type Plain, type PlainObject } from './python/values.ts';

/** The SDK's schemas put required members first; where AWS's model has another order, here it is. */
const MODEL_ORDER: Readonly<Record<string, readonly string[]>> = {
  PublishInput: [
    'TopicArn',
    'TargetArn',
    'PhoneNumber',
    'Message',
    'Subject',
    'MessageStructure',
    'MessageAttributes',
    'MessageDeduplicationId',
    'MessageGroupId',
  ],
  MessageAttributeValue: ['StringValue', 'BinaryValue', 'StringListValues', 'BinaryListValues', 'DataType'],
  MessageSystemAttributeValue: [
    'StringValue',
    'BinaryValue',
    'StringListValues',
    'BinaryListValues',
    'DataType',
  ],
};

/** The CLI shows these texts as the JSON they hold (`botocore/handlers.py`, json_decode_policies). */
const POLICY_DOCUMENTS: ReadonlySet<string> = new Set([
  'GetUserPolicyResponse.PolicyDocument',
  'PolicyVersion.Document',
]);

/** The members of a structure in the order of AWS's model. */
export function membersInOrder(shape: StructureShape): StructureShape['members'] {
  const order = MODEL_ORDER[shape.name];
  // Another service can have a shape of that name, with other members.
  if (order?.length !== shape.members.length) return shape.members;
  return [...shape.members].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

export function shown(value: unknown, shape: Shape): Plain {
  if (value === null || value === undefined) return null;
  if (shape.type === 'structure') return isPlainObject(value) ? shownStructure(value, shape) : null;
  if (shape.type === 'list')
    return Array.isArray(value) ? value.map((item) => shown(item, shape.member)) : null;
  if (shape.type === 'map' && isPlainObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(item, shape.value)]));
  }
  if (shape.type === 'timestamp' && typeof value === 'number') return isoTime(value);
  if (value instanceof Uint8Array) return toBase64(value);
  return value as Plain;
}

function shownStructure(object: PlainObject, shape: StructureShape): PlainObject {
  const result: Record<string, Plain> = {};
  for (const member of membersInOrder(shape)) {
    const value = object[member.name];
    if (value === undefined || value === null) continue;
    const isPolicy = POLICY_DOCUMENTS.has(`${shape.name}.${member.name}`) && typeof value === 'string';
    result[member.name] = isPolicy ? parseJson(value) : shown(value, member.shape());
  }
  return result;
}

/** Python's `isoformat` of a time in UTC, given in milliseconds. */
function isoTime(milliseconds: number): string {
  const text = new Date(milliseconds).toISOString();
  return text.endsWith('.000Z') ? text.replace('.000Z', '+00:00') : text.replace('Z', '000+00:00');
}
