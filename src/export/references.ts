/** ARNs, URLs and ids of a world's own resources, found in the properties of others. */
import type { Blueprint, Declared } from './declared.ts';

/** A resource that a text names, and by which of its attributes. */
export interface Reference {
  readonly resource: Declared;
  readonly attribute: string;
}

export type Piece = string | Reference;

/** Cuts texts at the names of resources; longer names are tried first. */
export class References {
  readonly #known: readonly (Reference & { readonly literal: string })[];

  constructor({ resources }: Blueprint) {
    this.#known = resources
      .flatMap((resource) => resource.names.map((known) => ({ resource, ...known })))
      .filter(({ literal }) => literal !== '')
      .sort((a, b) => b.literal.length - a.literal.length);
  }

  /** `may`: which resources a text of this place can name; not itself, for one. */
  pieces(text: string, may: (resource: Declared) => boolean): readonly Piece[] {
    let pieces: readonly Piece[] = [text];
    for (const { literal, resource, attribute } of this.#known) {
      if (!may(resource)) continue;
      pieces = pieces.flatMap((piece) =>
        typeof piece === 'string' ? between(cut(piece, literal), { resource, attribute }) : [piece],
      );
    }
    return pieces.filter((piece) => piece !== '');
  }
}

/** At places where the literal ends: a queue's ARN is not found in that of a queue with a longer name. */
function cut(text: string, literal: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf(literal); at !== -1; at = text.indexOf(literal, at + 1)) {
    const next = text[at + literal.length];
    if (next !== undefined && /[A-Za-z0-9_.-]/u.test(next)) continue;
    parts.push(text.slice(from, at));
    from = at + literal.length;
  }
  return [...parts, text.slice(from)];
}

const between = (parts: readonly string[], reference: Reference): readonly Piece[] =>
  parts.flatMap((part, index) => (index === 0 ? [part] : [reference, part]));

/** Every text in a value, replaced. */
export function mapTexts(value: unknown, map: (text: string) => unknown): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mapTexts(member, map)]));
}
