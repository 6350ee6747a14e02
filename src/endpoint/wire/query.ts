/**
 * The form of the Query protocol: `Attribute.1.Name=…&Attribute.1.Value=…` as the input of an operation. Lists and
 * maps are read with the names of the model, with `member`/`entry` around them or flattened: old clients mix them.
 */
import { WireRefusal } from '../exchange.ts';
import type { WireMember, WireShape } from './shape.ts';
import { timeOfText } from './time.ts';

/** Names split at their dots, as a tree. */
interface Node {
  text: string | undefined;
  readonly children: Map<string, Node>;
}

const newNode = (): Node => ({ text: undefined, children: new Map() });
/** Dots in a name, and parameters of a request. */
const DEPTH_MAX = 20;
const PARAMETERS_MAX = 20_000;

const malformed = (message: string): WireRefusal => new WireRefusal('MalformedInput', message);

export function formOf(pairs: Iterable<readonly [string, string]>): Node {
  const root = newNode();
  let count = 0;
  for (const [name, value] of pairs) {
    if (++count > PARAMETERS_MAX) throw malformed('The request has too many parameters');
    let node = root;
    const words = name.split('.');
    if (words.length > DEPTH_MAX) throw malformed(`${name} is nested too deeply`);
    for (const word of words) {
      let next = node.children.get(word);
      if (next === undefined) {
        next = newNode();
        node.children.set(word, next);
      }
      node = next;
    }
    node.text = value;
  }
  return root;
}

/** Throws WireRefusal. */
export function readForm(node: Node, shape: WireShape): object {
  const result: Record<string, unknown> = {};
  for (const member of shape.members) {
    const value = readMember(node, member);
    if (value !== undefined) result[member.name] = value;
  }
  return result;
}

function readMember(parent: Node, { name, xmlName, shape }: WireMember): unknown {
  if (shape.type === 'list' || shape.type === 'map') {
    // `Entries` of SQS travels as `SendMessageBatchRequestEntry.1`, or with its own name.
    const node = parent.children.get(xmlName) ?? parent.children.get(name);
    return node === undefined ? undefined : readValue(node, shape, xmlName);
  }
  const node = parent.children.get(xmlName) ?? parent.children.get(name);
  return node === undefined ? undefined : readValue(node, shape, xmlName);
}

function readValue(node: Node, shape: WireShape, path: string): unknown {
  switch (shape.type) {
    case 'structure':
      return readForm(node, shape);
    case 'list': {
      // An empty list: `Tags=`.
      if (node.children.size === 0) return node.text === '' ? [] : undefined;
      const items = node.children.get(shape.itemName) ?? node.children.get('member') ?? node;
      return numbered(items).map((item) => readValue(item, shape.item, path));
    }
    case 'map': {
      const entries: [string, unknown][] = [];
      for (const entry of numbered(node.children.get('entry') ?? node)) {
        const key = (
          entry.children.get(shape.keyName) ??
          entry.children.get('key') ??
          entry.children.get('Name')
        )?.text;
        const value =
          entry.children.get(shape.itemName) ?? entry.children.get('value') ?? entry.children.get('Value');
        if (key !== undefined && value !== undefined) entries.push([key, readValue(value, shape.item, path)]);
      }
      return Object.fromEntries(entries);
    }
    default:
      return node.text === undefined ? undefined : readScalar(node.text, shape, path);
  }
}

/** By their numbers: `10` comes after `9`. */
function numbered(node: Node): Node[] {
  return [...node.children]
    .filter(([key]) => /^\d+$/u.test(key))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);
}

function readScalar(text: string, shape: WireShape, path: string): unknown {
  switch (shape.type) {
    case 'number': {
      if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/u.test(text)) {
        throw malformed(`Unable to parse ${path}: For input string: "${text}"`);
      }
      return Number(text);
    }
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true';
      throw malformed(`Unable to parse ${path}: For input string: "${text}"`);
    case 'timestamp': {
      const time = timeOfText(text, 'iso');
      if (Number.isNaN(time)) throw malformed(`Unable to parse ${path}: ${text} is not a time`);
      return time;
    }
    case 'blob':
      return bytesOf(text);
    default:
      return text;
  }
}

function bytesOf(text: string): Uint8Array {
  const decoded = atob(/^[A-Za-z0-9+/]*={0,2}$/u.test(text) && text.length % 4 === 0 ? text : '');
  return Uint8Array.from(decoded, (letter) => letter.charCodeAt(0));
}

/** The pairs of `a=1&b=2`, unescaped; `+` is a space. */
export function* pairsOf(text: string): Generator<readonly [string, string]> {
  if (text === '') return;
  for (const part of text.split('&')) {
    if (part === '') continue;
    const at = part.indexOf('=');
    yield at < 0 ? [unescaped(part), ''] : [unescaped(part.slice(0, at)), unescaped(part.slice(at + 1))];
  }
}

function unescaped(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    throw malformed('The request holds escapes that are no UTF-8');
  }
}
