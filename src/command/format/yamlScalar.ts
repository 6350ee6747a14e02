/** How a text is written in YAML: plain, in single or in double quotes, as libyaml chooses. */

export interface ScalarStyle {
  readonly style: 'plain' | 'single' | 'double';
  readonly multiline: boolean;
}

/** Texts that would be read as something else (YAML 1.2, as ruamel.yaml reads it). */
const OTHER_TYPES: readonly RegExp[] = [
  /^$/,
  /^(?:~|null|Null|NULL)$/,
  /^(?:true|True|TRUE|false|False|FALSE)$/,
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+|[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  /^(?:[-+]?0b[0-1_]+|[-+]?0o?[0-7_]+|[-+0-9][0-9_]*|[-+]?0x[0-9a-fA-F_]+)$/,
  /^<<$/,
  /^=$/,
  /^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{2}?-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)$/,
];

const isBreak = (character: string): boolean => /[\r\n\u0085\u2028\u2029]/.test(character);
const isBlank = (character: string | undefined): boolean =>
  character === undefined || character === ' ' || character === '\t' || isBreak(character);

/** libyaml's IS_PRINTABLE: no control characters, nothing beyond the first plane. */
export const isPrintable = (character: string): boolean =>
  /^[\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/.test(character);

/** `asKey`: on one line, before a colon. */
export function scalarStyle(text: string, asKey: boolean): ScalarStyle {
  const found = analysed([...text]);
  const plain = found.plain && !OTHER_TYPES.some((pattern) => pattern.test(text));
  if (asKey && found.multiline) return { style: 'double', multiline: true };
  if (plain) return { style: 'plain', multiline: found.multiline };
  return { style: found.single ? 'single' : 'double', multiline: found.multiline };
}

function analysed(characters: readonly string[]): {
  readonly plain: boolean;
  readonly single: boolean;
  readonly multiline: boolean;
} {
  const text = characters.join('');
  let indicators = text.startsWith('---') || text.startsWith('...');
  let special = false;
  let multiline = false;
  let breakSpace = false;
  let spaceBreak = false;
  let previous = '';
  for (const [index, character] of characters.entries()) {
    const followedByBlank = isBlank(characters[index + 1]);
    if (index === 0) {
      if ('#,[]{}&*!|>\'"%@`'.includes(character)) indicators = true;
      if ('?:-'.includes(character) && followedByBlank) indicators = true;
    } else if ((character === ':' && followedByBlank) || (character === '#' && isBlank(previous))) {
      indicators = true;
    }
    if (!isPrintable(character)) special = true;
    if (isBreak(character)) {
      multiline = true;
      if (previous === ' ') spaceBreak = true;
    } else if (character === ' ' && previous !== '' && isBreak(previous)) {
      breakSpace = true;
    }
    previous = character;
  }
  const first = characters[0] ?? '';
  const outer = first === ' ' || isBreak(first) || previous === ' ' || isBreak(previous);
  const single = !breakSpace && !spaceBreak && !special;
  return { plain: single && !outer && !multiline && !indicators, single, multiline };
}
