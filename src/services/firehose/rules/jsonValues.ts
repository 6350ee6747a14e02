/** JSON values in a row, with or without space between them: how records of several objects come. */

/** Undefined: there is something else. */
export function jsonValues(text: string): unknown[] | undefined {
  const values: unknown[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/u.test(text[at]!)) {
      at++;
      continue;
    }
    const end = endOfValue(text, at);
    if (end === undefined) return undefined;
    try {
      values.push(JSON.parse(text.slice(at, end)));
    } catch {
      return undefined;
    }
    at = end;
  }
  return values.length === 0 ? undefined : values;
}

/** Of an object or a list: where its brackets close; of anything else: the next space. */
function endOfValue(text: string, start: number): number | undefined {
  const first = text[start]!;
  if (first !== '{' && first !== '[') {
    const space = /[\s{[]/u.exec(text.slice(start + 1));
    return space === null ? text.length : start + 1 + space.index;
  }
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at]!;
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}
