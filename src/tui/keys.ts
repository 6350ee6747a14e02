/**
 * From what the terminal sent to the names of keys, as the key table writes them: `a`, `A`, `space`, `enter`,
 * `ctrl-p`, `shift-tab`.
 */
import type { Key } from 'ink';

const SPECIAL: readonly (readonly [keyof Key, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/**
 * One chunk of input can hold several characters: each comes back as its own key. Function keys carry no text and no
 * flag; all of them mean help here.
 */
export function keyNames(input: string, key: Key): readonly string[] {
  if (key.eventType === 'release') return [];
  for (const [flag, name] of SPECIAL) {
    if (key[flag] === true) return [prefixed(name, key, flag === 'escape')];
  }
  if (input === '') return key.ctrl || key.shift || key.meta ? [] : ['f1'];
  if (key.ctrl) return [`ctrl-${input === ' ' ? 'space' : input.toLowerCase()}`];
  if (key.meta && input.length === 1) return [`alt-${input}`];
  const names: string[] = [];
  for (const character of input) {
    if (character === '\r' || character === '\n') names.push('enter');
    else if (character === '\t') names.push('tab');
    else if (character === ' ') names.push('space');
    else if (character === '\b' || character === '\u007F') names.push('backspace');
    else if (character >= '\u0001' && character <= '\u001A') names.push(`ctrl-${letterOf(character)}`);
    else if (character >= ' ') names.push(character);
  }
  return names;
}

/** The letter that is held with Ctrl for this control character: U+0001 is Ctrl+A. */
const letterOf = (character: string): string => String.fromCharCode(character.charCodeAt(0) + 0x60);

function prefixed(name: string, key: Key, isEscape: boolean): string {
  const alt = key.meta && !isEscape ? 'alt-' : '';
  return `${key.ctrl ? 'ctrl-' : ''}${alt}${key.shift ? 'shift-' : ''}${name}`;
}

/** What a key types into a text; undefined when it types nothing. */
export function typed(name: string): string | undefined {
  if (name === 'space') return ' ';
  return [...name].length === 1 ? name : undefined;
}
