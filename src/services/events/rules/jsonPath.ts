/** The JSON paths of inputs and partition keys: `$.detail.items[0]['unit-price']`. */
import { validation } from '../errors.ts';

const STEP = /\.([^.[\]'"\s]+)|\[(\d{1,9})\]|\['([^']*)'\]|\["([^"]*)"\]/uy;

export type JsonPath = readonly (string | number)[];

/** Undefined: it is no path. */
export function parsePath(text: string): JsonPath | undefined {
  if (!text.startsWith('$')) return undefined;
  const steps: (string | number)[] = [];
  let at = 1;
  while (at < text.length) {
    STEP.lastIndex = at;
    const match = STEP.exec(text);
    if (match === null) return undefined;
    at = STEP.lastIndex;
    const [, name, index, single, double] = match;
    steps.push(index === undefined ? (name ?? single ?? double)! : Number(index));
  }
  return steps;
}

export function readPath(text: string, where: string): JsonPath {
  const path = parsePath(text);
  if (path === undefined) {
    throw validation(`Invalid JSON path: ${text}`, {
      why: `In ${where} expected is a path such as $.detail.order[0].id; filters and .. are not modelled.`,
    });
  }
  return path;
}

/** Undefined: there is nothing. */
export function valueAt(value: unknown, path: JsonPath): unknown {
  let found: unknown = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[step];
  }
  return found;
}
