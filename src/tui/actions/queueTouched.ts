/** Which queue was spoken of last, as the lines of the Console tell. */
import type { ConsoleEntry } from '../../session/sessionTypes.ts';

const LINES_READ = 50;

/** The queue that the newest line names which names one of these; a refused line counts too. */
export function queueTouched(
  entries: readonly ConsoleEntry[],
  names: ReadonlySet<string>,
): string | undefined {
  for (const { line, result } of entries.slice(-LINES_READ).reverse()) {
    const name = queueIn(result?.echo || line, names);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** Behind a flag of SQS, as `queue/NAME`, or as the last word of a URL. An ARN in a policy names another queue. */
function queueIn(line: string, names: ReadonlySet<string>): string | undefined {
  const found = /(?:--queue-(?:url|name)[ =]+|\bqueue\/)["']?(\S+?)["']?(?:\s|$)/gu;
  for (const [, word = ''] of line.matchAll(found)) {
    const name = word.slice(word.lastIndexOf('/') + 1);
    if (names.has(name)) return name;
  }
  return undefined;
}
