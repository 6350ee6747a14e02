/** The AWS CLI's paging (`botocore/paginate.py`, `customizations/paginate.py`): it asks until all is there. */
import type { AnyOperation } from '../contract/operation.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { CliFailure, GENERAL_EXIT } from './cliFailure.ts';
import type { Answer as Pages } from './format/output.ts';
import { flagOf } from './kebab.ts';
import type { ParsedArguments } from './python/argparse.ts';
import { isPlainObject, type Plain, type PlainObject } from './python/values.ts';

export interface Paging {
  readonly inputToken: string;
  readonly outputToken: string;
  readonly result: string;
  readonly limitKey: string | undefined;
  readonly startingToken: string | undefined;
  readonly pageSize: number | undefined;
  readonly maxItems: number | undefined;
}

/** The CLI's own paging flags. */
const CLI_FLAGS: readonly string[] = ['starting_token', 'page_size', 'max_items'];

/** Undefined when the line asks for one page by itself. Throws CliFailure. */
export function pagingOf(
  operation: AnyOperation,
  parsed: ParsedArguments,
  input: PlainObject,
  wanted: boolean,
): Paging | undefined {
  const rule = operation.pagination;
  if (!rule) return undefined;
  const own = [rule.inputToken, ...(rule.limitKey === undefined ? [] : [rule.limitKey])];
  // A member that is called as one of the CLI's own flags cannot be typed.
  const typed = own.map((name) => flagOf(name).slice(2).replaceAll('-', '_'));
  const manual = typed.some((name) => !CLI_FLAGS.includes(name) && parsed.values.has(name));
  const enabled = wanted && !manual;
  const used = CLI_FLAGS.filter((name) => Boolean(parsed.values.get(name)));
  if (!enabled) {
    if (used.length === 0) return undefined;
    const flags = used.map((name) => `--${name.replaceAll('_', '-')}`).join(', ');
    throw new CliFailure(
      `Cannot specify --no-paginate along with pagination arguments: ${flags}`,
      undefined,
      {
        at: parsed.places.get(used[0] ?? ''),
      },
    );
  }
  if (own.some((name) => Object.hasOwn(input, name))) return undefined;
  const number = (name: string): number | undefined => {
    const value = parsed.values.get(name);
    return typeof value === 'number' ? value : undefined;
  };
  const token = parsed.values.get('starting_token');
  return {
    inputToken: rule.inputToken,
    outputToken: rule.outputToken,
    result: rule.result,
    limitKey: rule.limitKey,
    startingToken: typeof token === 'string' ? token : undefined,
    pageSize: number('page_size'),
    maxItems: number('max_items'),
  };
}

/** Asks for page after page. `ask` sends one call and gives its answer, shown as the CLI shows it. */
export function* paginate<Waiting, Given>(
  paging: Paging,
  input: PlainObject,
  ask: (input: PlainObject) => Generator<Waiting, PlainObject, Given>,
): Generator<Waiting, Pages, Given> {
  const start = paging.startingToken === undefined ? undefined : decodeToken(paging, paging.startingToken);
  const call: Record<string, Plain> = { ...input };
  if (start?.token) call[paging.inputToken] = start.token;
  if (paging.pageSize !== undefined && paging.limitKey !== undefined) call[paging.limitKey] = paging.pageSize;
  const pages: PlainObject[] = [];
  let resume: string | undefined;
  let total = 0;
  let skipped = start?.skip ?? 0;
  let previous = start?.token;
  for (;;) {
    let page = yield* ask(call);
    const first = pages.length === 0;
    if (first && start) page = { ...page, [paging.result]: listOf(page[paging.result]).slice(start.skip) };
    if (!first) skipped = 0;
    const items = listOf(page[paging.result]);
    const excess = paging.maxItems === undefined ? 0 : total + items.length - paging.maxItems;
    if (excess > 0) {
      const kept = items.length - excess;
      pages.push({ ...page, [paging.result]: items.slice(0, kept) });
      const given = call[paging.inputToken];
      resume = encodeToken({
        [paging.inputToken]: typeof given === 'string' ? given : null,
        boto_truncate_amount: kept + skipped,
      });
      break;
    }
    pages.push(page);
    total += items.length;
    const next = page[paging.outputToken];
    if (typeof next !== 'string' || next === '') break;
    if (total === paging.maxItems) {
      resume = encodeToken({ [paging.inputToken]: next });
      break;
    }
    if (next === previous) {
      throw new CliFailure(
        `Error during pagination: The same next token was received twice: {'${paging.inputToken}': '${next}'}`,
        GENERAL_EXIT,
      );
    }
    call[paging.inputToken] = next;
    previous = next;
  }
  return joined(paging, pages, resume);
}

function joined(paging: Paging, pages: readonly PlainObject[], resume: string | undefined): Pages {
  const whole: Record<string, Plain> = {};
  const found = pages
    .map((page) => page[paging.result])
    .filter((list) => list !== undefined && list !== null);
  if (found.length > 0) whole[paging.result] = found.flatMap(listOf);
  if (resume !== undefined) whole.NextToken = resume;
  const textPages: PlainObject[] = pages.map((page) => ({ [paging.result]: page[paging.result] ?? null }));
  if (resume !== undefined) textPages.push({ NextToken: { NextToken: resume } });
  return { paged: true, whole, pages, textPages };
}

const listOf = (value: Plain | undefined): readonly Plain[] => (Array.isArray(value) ? value : []);

/** Python's `json.dumps` in base64: what the CLI prints as NextToken. */
function encodeToken(token: Readonly<Record<string, string | number | null>>): string {
  const entries = Object.entries(token).map(
    ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  return toBase64(new TextEncoder().encode(`{${entries.join(', ')}}`));
}

function decodeToken(
  paging: Paging,
  text: string,
): { readonly token: string | undefined; readonly skip: number } {
  const bytes = fromBase64(text);
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (isPlainObject(value)) {
      const token = value[paging.inputToken];
      const skip = value.boto_truncate_amount;
      return {
        token: typeof token === 'string' ? token : undefined,
        skip: typeof skip === 'number' && skip > 0 ? Math.floor(skip) : 0,
      };
    }
  } catch {
    // Not one of the CLI's own: the service's token, perhaps with the old ___N behind it.
  }
  const old = /^(.*)___(\d+)$/s.exec(text);
  const token = old?.[1] ?? text;
  return { token: token === 'None' ? undefined : token, skip: Number(old?.[2] ?? 0) };
}
