/**
 * Filter policies the slow and plain way, written from the guide alone: spell out every way to pick one element of
 * each list, and ask whether one of these documents without lists satisfies the policy.
 */
type Json = null | boolean | number | string | Json[] | { readonly [name: string]: Json };
type Flat = ReadonlyMap<string, Json>;

export interface NaiveAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
}

/** The body, or the attributes, as one JSON document; undefined: nothing can match. */
function documentOf(body: string, attributes: Readonly<Record<string, NaiveAttribute>>, scope: string) {
  if (scope === 'MessageBody') {
    try {
      const value = JSON.parse(body) as Json;
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }
  const document: Record<string, Json> = {};
  for (const [name, { DataType, StringValue = '' }] of Object.entries(attributes)) {
    if (DataType === 'String') document[name] = StringValue;
    else if (DataType === 'String.Array') document[name] = JSON.parse(StringValue) as Json;
    else if (DataType === 'Number') document[name] = Number.parseFloat(StringValue);
  }
  return document;
}

/** Every document without lists that picking elements can give. */
function flats(value: Json, path: string): Map<string, Json>[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return [new Map()];
    return value.flatMap((item) => flats(item, path));
  }
  if (typeof value !== 'object' || value === null) return [new Map([[path, value]])];
  let all: Map<string, Json>[] = [new Map()];
  for (const [name, item] of Object.entries(value)) {
    const own = flats(item, path === '' ? name : `${path}.${name}`);
    all = all.flatMap((one) => own.map((other) => new Map([...one, ...other])));
  }
  return all;
}

export function naiveMatches(
  policy: Json,
  body: string,
  attributes: Readonly<Record<string, NaiveAttribute>>,
  scope: string,
): boolean {
  const document = documentOf(body, attributes, scope);
  if (document === undefined) return false;
  const all = flats(document, '');
  const present = new Set(all.flatMap((flat) => [...flat.keys()]));
  return all.some((flat) => objectHolds(policy as Record<string, Json>, '', flat, present));
}

function objectHolds(
  policy: Readonly<Record<string, Json>>,
  path: string,
  flat: Flat,
  present: ReadonlySet<string>,
): boolean {
  return Object.entries(policy).every(([name, wanted]) => {
    if (name === '$or') {
      return (wanted as Record<string, Json>[]).some((one) => objectHolds(one, path, flat, present));
    }
    const here = path === '' ? name : `${path}.${name}`;
    return Array.isArray(wanted)
      ? wanted.some((one) => elementHolds(one, flat.get(here), flat.has(here), present.has(here)))
      : objectHolds(wanted as Record<string, Json>, here, flat, present);
  });
}

function elementHolds(wanted: Json, value: Json | undefined, isHere: boolean, isAnywhere: boolean): boolean {
  if (typeof wanted !== 'object' || wanted === null) return isHere && value === wanted;
  const [operator, operand] = Object.entries(wanted as Record<string, Json>)[0]!;
  if (operator === 'exists') return operand === true ? isHere : !isAnywhere;
  if (!isHere) return false;
  const text = typeof value === 'string' ? value : undefined;
  switch (operator) {
    case 'prefix':
      return text?.slice(0, String(operand).length) === operand;
    case 'suffix':
      return text !== undefined && text.slice(text.length - String(operand).length) === operand;
    case 'equals-ignore-case':
      return text?.toUpperCase() === String(operand).toUpperCase();
    case 'anything-but':
      return anythingBut(operand!, value!);
    case 'numeric':
      return typeof value === 'number' && numeric(operand as Json[], value);
    case 'cidr':
      return text !== undefined && inside(String(operand), text);
    default:
      throw new Error(`unknown operator ${operator}`);
  }
}

function anythingBut(operand: Json, value: Json): boolean {
  if (Array.isArray(operand)) return operand.every((one) => one !== value);
  if (typeof operand === 'object' && operand !== null) {
    return typeof value === 'string' && !value.startsWith(String((operand as Record<string, Json>).prefix));
  }
  return operand !== value;
}

function numeric(terms: readonly Json[], value: number): boolean {
  for (let at = 0; at < terms.length; at += 2) {
    const bound = terms[at + 1] as number;
    const holds = {
      '=': value === bound,
      '<': value < bound,
      '<=': value <= bound,
      '>': value > bound,
      '>=': value >= bound,
    }[terms[at] as '='];
    if (!holds) return false;
  }
  return true;
}

/** Version 4 only, as one number. */
function inside(cidr: string, address: string): boolean {
  const [network = '', bits = ''] = cidr.split('/');
  const size = 2 ** (32 - Number(bits));
  const from = number(network);
  const at = number(address);
  return at !== undefined && from !== undefined && Math.floor(at / size) === Math.floor(from / size);
}

function number(address: string): number | undefined {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
