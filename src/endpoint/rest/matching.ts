/** Which operation of a REST service a method, a path and a query name, by the patterns of AWS's model. */
import type { ServiceDescription } from '../../contract/operation.ts';
import { WireRefusal } from '../exchange.ts';
import { type WireOperation, wireOperation } from '../wire/shape.ts';

export interface Match {
  readonly operation: WireOperation;
  readonly labels: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly operation: WireOperation;
  readonly segments: readonly string[];
  /** What the query must have; an empty value: any. */
  readonly query: readonly (readonly [string, string])[];
  readonly literals: number;
}

const patterns = new WeakMap<ServiceDescription, readonly Pattern[]>();

function patternsOf(service: ServiceDescription): readonly Pattern[] {
  let made = patterns.get(service);
  if (made === undefined) {
    made = [...service.operations.values()]
      .flatMap(({ schema }) => (schema === undefined ? [] : [patternOf(wireOperation(schema))]))
      .sort((a, b) => b.query.length - a.query.length || b.literals - a.literals);
    patterns.set(service, made);
  }
  return made;
}

function patternOf(operation: WireOperation): Pattern {
  const [path = '/', query = ''] = operation.uri.split('?');
  const segments = segmentsOf(path);
  return {
    operation,
    segments,
    // `x-id` is a mark of the model, which not all clients send.
    query: query
      .split('&')
      .filter((part) => part !== '' && !part.startsWith('x-id='))
      .map((part) => [part.split('=')[0]!, part.split('=')[1] ?? ''] as const),
    literals: segments.filter((segment) => !segment.startsWith('{')).length,
  };
}

/** A slash at the end counts for nothing. */
const segmentsOf = (path: string): string[] => path.replace(/^\//u, '').replace(/\/$/u, '').split('/');

export interface Asked {
  readonly method: string;
  /** Still escaped. */
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
}

export function matchOperation(service: ServiceDescription, asked: Asked): Match | undefined {
  const parts = segmentsOf(asked.path);
  const tail = asked.path.length > 1 && asked.path.endsWith('/') ? '/' : '';
  for (const { operation, segments, query } of patternsOf(service)) {
    if (operation.method !== asked.method) continue;
    if (query.some(([name, value]) => !has(asked.query, name, value))) continue;
    const labels = labelsOf(segments, parts, tail);
    if (labels !== undefined) return { operation, labels };
  }
  return undefined;
}

function has(query: ReadonlyMap<string, string>, name: string, value: string): boolean {
  const given = query.get(name);
  return given !== undefined && (value === '' || given === value);
}

function labelsOf(
  segments: readonly string[],
  parts: readonly string[],
  tail: string,
): Readonly<Record<string, string>> | undefined {
  const labels: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index];
    if (segment.endsWith('+}')) {
      // All that follows, slashes too; the key of an object may begin and end with one.
      const rest = parts.slice(index).join('/') + tail;
      if (part === undefined || rest === '') return undefined;
      labels[segment.slice(1, -2)] = unescaped(rest);
      return labels;
    }
    if (part === undefined || part === '') {
      return segment === '' && part === '' && parts.length === segments.length ? labels : undefined;
    }
    if (segment.startsWith('{')) labels[segment.slice(1, -1)] = unescaped(part);
    else if (segment !== part) return undefined;
  }
  return parts.length === segments.length ? labels : undefined;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new WireRefusal('BadRequestException', 'The path holds escapes that are no UTF-8');
  }
}
