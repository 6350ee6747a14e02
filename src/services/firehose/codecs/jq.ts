/// <reference path="./jqjs.d.ts" />
/**
 * JQ 1.6 over one JSON value. Firehose Developer Guide, Partitioning keys: an inline parsing query. The library's types
 * come from './jqjs.d.ts', because it brings none.
 */
import jq from '@michaelhomer/jqjs';

type Program = (input: unknown) => Iterable<unknown>;
export type Compiled = { readonly run: Program } | { readonly problem: string };

const compiled = new Map<string, Compiled>();
/** What differs from run to run, or reaches out. */
const BANNED =
  /\b(?:now|input|inputs|input_line_number|debug|stderr|env|\$ENV|localtime|mktime|strflocaltime)\b/u;

export function compileQuery(query: string): Compiled {
  let known = compiled.get(query);
  if (known === undefined) {
    known = made(query);
    if (compiled.size > 100) compiled.clear();
    compiled.set(query, known);
  }
  return known;
}

function made(query: string): Compiled {
  const banned = BANNED.exec(query)?.[0];
  if (banned !== undefined) return { problem: `${banned} is not known to an inline query` };
  try {
    return { run: jq.compile(query) as Program };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}
