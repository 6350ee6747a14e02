/**
 * What a world holds, as somebody would declare it: for each resource the calls that make it, and its properties in
 * CloudFormation's words. Scripts, templates and diagrams are printed from this.
 */

import type { Shape, StructureShape } from '../contract/shape.ts';

/** A read of the world through one of AWS's own operations, all pages of it. Undefined: it was refused. */
export type Ask = (service: string, operation: string, input?: object) => Answer | undefined;

/** A world to read, and the shapes of what its operations take. */
export interface Readable {
  readonly ask: Ask;
  readonly inputOf: (service: string, operation: string) => StructureShape;
}

/** An answer, member by member. */
export type Answer = Readonly<Record<string, unknown>>;

export interface ApiCall {
  readonly service: string;
  readonly operation: string;
  readonly input: object;
  /** The answer holds a name that AWS makes up: where, and what the resource was called in the world. */
  readonly gives?: { readonly query: string; readonly literal: string; readonly variable: string };
}

/** `aws kinesis wait stream-exists`: what follows needs the resource. */
export interface Wait {
  readonly service: string;
  readonly waiter: string;
  readonly input: object;
}

export type Line = ApiCall | Wait;

export interface Declared {
  /** CloudFormation's type: `AWS::SQS::Queue`. */
  readonly type: string;
  readonly name: string;
  /** Make it, in order. */
  readonly make: readonly Line[];
  /** What needs other resources to stand already. */
  readonly connect?: readonly Line[];
  /** CloudFormation's properties, with ARNs and URLs as the world gives them. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** How others name it in the world, and by which attribute a template finds it; `Ref` is CloudFormation's own. */
  readonly names: readonly { readonly literal: string; readonly attribute: string }[];
  /** Logical parts of it that CloudFormation keeps as resources of their own: a queue's policy, a topic's. */
  readonly parts?: readonly Part[];
}

/** A resource of a template that no call makes by itself. */
export interface Part {
  readonly type: string;
  /** Added to the name of the resource that it belongs to: `Policy`. */
  readonly suffix: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Blueprint {
  readonly account: string;
  readonly region: string;
  readonly resources: readonly Declared[];
  /** What cannot be taken along, each with the reason. */
  readonly leftOut: readonly string[];
}

export const isWait = (line: Line): line is Wait => 'waiter' in line;

/** Without members that are undefined. */
export function given<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}

/** The attributes of these names that say something. */
export function chosen(
  attributes: Readonly<Record<string, string>>,
  names: readonly string[],
): Partial<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = attributes[name];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
}

/** The tags of an answer as CloudFormation's list; undefined: none. */
export function tagList(
  tags: Readonly<Record<string, string>> | undefined,
): readonly { readonly Key: string; readonly Value: string }[] | undefined {
  const entries = Object.entries(tags ?? {});
  return entries.length === 0 ? undefined : entries.map(([Key, Value]) => ({ Key, Value }));
}

/** A policy or another document that travels as text. */
export function parsed(text: unknown): object | undefined {
  return typeof text === 'string' && text !== '' ? (JSON.parse(text) as object) : undefined;
}

/** A list in an answer. */
export function listIn<T>(answer: Answer | undefined, member: string): readonly T[] {
  const list = answer?.[member];
  return Array.isArray(list) ? (list as readonly T[]) : [];
}

/** A map in an answer. */
export function mapIn(answer: Answer | undefined, member: string): Readonly<Record<string, string>> {
  return (answer?.[member] ?? {}) as Readonly<Record<string, string>>;
}

/**
 * What an operation would take to make again what another one described: the members that both have, all the way
 * down. Empty texts and lists say nothing and are left out.
 */
export function picked(shape: Shape, value: unknown): unknown {
  if (value === null || value === undefined || value === '') return undefined;
  if (shape.type === 'list') {
    return Array.isArray(value) && value.length > 0
      ? value.map((item) => picked(shape.member, item))
      : undefined;
  }
  if (typeof value !== 'object' || value instanceof Uint8Array || value instanceof Date) return value;
  const entries = Object.entries(value);
  const kept =
    shape.type === 'structure'
      ? shape.members.flatMap(({ name, shape: member }) => {
          const found = picked(member(), (value as Answer)[name]);
          return found === undefined ? [] : [[name, found]];
        })
      : entries;
  // A structure that was empty from the start is a choice: `OpenXJsonSerDe: {}`.
  const isChoice = shape.type === 'structure' && entries.length === 0;
  return kept.length === 0 && !isChoice ? undefined : Object.fromEntries(kept);
}

/** `picked` for a whole operation, with members that are known better. */
export function inputFrom(
  { inputOf }: Readable,
  [service, operation]: readonly [string, string],
  described: Answer,
  better: Answer = {},
): Record<string, unknown> {
  const input = (picked(inputOf(service, operation), described) ?? {}) as Record<string, unknown>;
  return given({ ...input, ...better });
}
