/**
 * Patterns of permissions. RabbitMQ Access Control guide: regular expressions that are looked for in a name. SIMPLER THAN
 * AWS: a part of them, matched without going back: letters, `.`, `[…]`, `* + ?`, `^ $`, and `|` with or without one pair
 * of parentheses around all.
 */
interface Atom {
  readonly fits: (letter: string) => boolean;
  readonly quantity: '1' | '?' | '*' | '+';
}
interface Alternative {
  readonly atoms: readonly Atom[];
  readonly fromStart: boolean;
  readonly toEnd: boolean;
}

const PATTERN_LENGTH_MAX = 255;

/** Undefined: it holds something that is not modelled. */
function parse(pattern: string): readonly Alternative[] | undefined {
  const whole = /^(\^?)\((.*)\)(\$?)$/u.exec(pattern);
  const inner = whole === null ? pattern : whole[2]!;
  const alternatives: Alternative[] = [];
  for (const part of splitAlternatives(inner)) {
    const text = whole === null ? part : `${whole[1]}${part}${whole[3]}`;
    const read = parseOne(text);
    if (read === undefined) return undefined;
    alternatives.push(read);
  }
  return alternatives;
}

function splitAlternatives(text: string): string[] {
  const parts = [''];
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    if (letter === '\\') parts[parts.length - 1] += letter + (text[++at] ?? '');
    else if (letter === '|') parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

function parseOne(text: string): Alternative | undefined {
  const fromStart = text.startsWith('^');
  const toEnd = text.endsWith('$') && !text.endsWith('\\$');
  const body = text.slice(fromStart ? 1 : 0, toEnd ? -1 : undefined);
  const atoms: Atom[] = [];
  let at = 0;
  while (at < body.length) {
    const letter = body[at]!;
    let fits: Atom['fits'];
    if (letter === '[') {
      const end = body.indexOf(']', at + 2);
      if (end < 0) return undefined;
      fits = setOf(body.slice(at + 1, end));
      at = end;
    } else if (letter === '\\') {
      const escaped = body[++at];
      if (escaped === undefined) return undefined;
      fits =
        escaped === 'd'
          ? (one) => /\d/u.test(one)
          : escaped === 'w'
            ? (one) => /\w/u.test(one)
            : same(escaped);
    } else if ('(){}*+?^$'.includes(letter)) {
      return undefined;
    } else {
      fits = letter === '.' ? () => true : same(letter);
    }
    const next = body[at + 1] ?? '';
    const quantity = next === '*' || next === '+' || next === '?' ? next : '1';
    at += quantity === '1' ? 1 : 2;
    atoms.push({ fits, quantity });
  }
  return { atoms, fromStart, toEnd };
}

const same =
  (wanted: string) =>
  (letter: string): boolean =>
    letter === wanted;

function setOf(text: string): (letter: string) => boolean {
  const isNot = text.startsWith('^');
  const letters = isNot ? text.slice(1) : text;
  const has = (letter: string): boolean => {
    for (let at = 0; at < letters.length; at++) {
      if (letters[at + 1] === '-' && at + 2 < letters.length) {
        if (letter >= letters[at]! && letter <= letters[at + 2]!) return true;
        at += 2;
      } else if (letters[at] === letter) return true;
    }
    return false;
  };
  return (letter) => has(letter) !== isNot;
}

/** The states that are reached without a letter more. */
function closed(atoms: readonly Atom[], states: Set<number>): Set<number> {
  for (const state of states) {
    const atom = atoms[state];
    if (atom !== undefined && (atom.quantity === '?' || atom.quantity === '*')) states.add(state + 1);
  }
  return states;
}

function found({ atoms, fromStart, toEnd }: Alternative, name: string): boolean {
  let states = closed(atoms, new Set([0]));
  const end = atoms.length;
  if (!toEnd && states.has(end)) return true;
  for (let at = 0; at < name.length; at++) {
    const next = new Set<number>();
    for (const state of states) {
      const atom = atoms[state];
      if (atom === undefined || !atom.fits(name[at]!)) continue;
      if (atom.quantity === '*' || atom.quantity === '+') next.add(state);
      next.add(state + 1);
    }
    if (!fromStart) next.add(0);
    states = closed(atoms, next);
    if (!toEnd && states.has(end)) return true;
  }
  return states.has(end);
}

export const isPattern = (pattern: string): boolean =>
  pattern.length <= PATTERN_LENGTH_MAX && parse(pattern) !== undefined;

/** The empty pattern matches nothing but the empty name, as `^$` does. */
export function matches(pattern: string, name: string): boolean {
  if (pattern === '.*') return true;
  if (pattern === '' || pattern === '^$') return name === '';
  return parse(pattern)?.some((alternative) => found(alternative, name)) ?? false;
}
