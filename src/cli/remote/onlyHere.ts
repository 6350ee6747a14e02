/** Lines that only a world can do, found before the first one is sent. */

import type { LineContext } from '../../command/lineContext.ts';
import { isPlaygroundWord } from '../../command/playgroundCall.ts';
import { literal } from '../../command/shellValues.ts';
import { readShellLine } from '../../command/shellWords.ts';

/** The first such line: its number among the lines, its word. Lines that cannot be read fail when their turn comes. */
export function onlyInPlayground(
  lines: readonly string[],
  context: LineContext,
): { readonly at: number; readonly word: string } | undefined {
  for (const [index, line] of lines.entries()) {
    const word = wordOf(line);
    if (word !== undefined && word !== 'expect' && isPlaygroundWord(word, context)) {
      return { at: index + 1, word };
    }
  }
  return undefined;
}

function wordOf(text: string): string | undefined {
  try {
    const line = readShellLine(text.replaceAll('\r\n', '\n').trim());
    if (line.type === 'nothing' || line.type === 'assign') return undefined;
    const { words } = line.type === 'capture' ? line.line : line;
    const first = literal(words[0]);
    return first === 'repeat' ? literal(words[2]) : first;
  } catch {
    return undefined;
  }
}
