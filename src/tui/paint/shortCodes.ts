/** Colour codes as few bytes: what Ink writes for a changed row holds the codes of all that did not change before it. */

const RUN = /(?:\x1b\[[\d;]+m){2,}/g;

/** What a code sets; what sets the same thing later overrules it. */
function aspectOf(code: number): string | undefined {
  if ((code >= 30 && code <= 39) || (code >= 90 && code <= 97)) return 'letter';
  if ((code >= 40 && code <= 49) || (code >= 100 && code <= 107)) return 'ground';
  if (code === 1 || code === 2 || code === 22) return 'weight';
  if (code === 3 || code === 23) return 'italic';
  if (code === 4 || code === 24) return 'line below';
  if (code === 7 || code === 27) return 'inverse';
  return code === 9 || code === 29 ? 'line through' : undefined;
}

/** A code with several numbers is understood only as one colour: `38;5;N` or `38;2;R;G;B`. */
const isOneCode = (numbers: readonly string[]): boolean =>
  numbers.length === 1 ||
  (/^[34]8$/.test(numbers[0] ?? '') && numbers.length === (numbers[1] === '5' ? 3 : 5));

function oneCode(run: string): string {
  const last = new Map<string, string>();
  for (const code of run.slice(2, -1).split('m\x1b[')) {
    const numbers = code.split(';');
    const aspect = isOneCode(numbers) ? aspectOf(Number(numbers[0])) : undefined;
    if (aspect === undefined) return run;
    const before = last.get(aspect);
    // Bold and dim add up until 22 ends both.
    last.set(
      aspect,
      aspect === 'weight' && code !== '22' && before !== undefined ? `${before};${code}` : code,
    );
  }
  return `\x1b[${[...last.values()].join(';')}m`;
}

/** The same picture: codes that stand together become one, without those that the others overrule. */
export const shortCodes = (text: string): string => text.replace(RUN, oneCode);
