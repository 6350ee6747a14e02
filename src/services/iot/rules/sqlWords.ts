/** The words of a rule's SQL: names, texts in single quotes, numbers, signs. */
import { sqlFault } from '../errors.ts';

export interface Word {
  readonly type: 'name' | 'text' | 'number' | 'sign' | 'end';
  readonly value: string;
  readonly at: number;
}

const WORD =
  /\s*(?:(?<text>'(?:[^']|'')*'|"(?:[^"]|"")*")|(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<sign><>|!=|<=|>=|\|\||[-+*/%=<>(),.[\]]))/uy;

export const SUBSET =
  'Here: SELECT *, values AS names, FROM one topic filter, WHERE with =, <>, <, <=, >, >=, AND, OR, NOT, IN, IS [NOT] UNDEFINED, + - * / %, and the functions of the help.';

export function wordsOf(sql: string): readonly Word[] {
  const words: Word[] = [];
  let at = 0;
  const end = sql.trimEnd().length;
  while (at < end) {
    WORD.lastIndex = at;
    const found = WORD.exec(sql);
    if (found === null) {
      throw sqlFault(
        `Unexpected character at column ${at + 1}`,
        `At ${JSON.stringify(sql.slice(at, at + 12))}. ${SUBSET}`,
      );
    }
    at = WORD.lastIndex;
    const { text, number, name, sign } = found.groups!;
    if (text !== undefined) {
      const quote = text[0]!;
      const value = text.slice(1, -1).replaceAll(quote + quote, quote);
      words.push({ type: quote === "'" ? 'text' : 'name', value, at });
    } else if (number !== undefined) words.push({ type: 'number', value: number, at });
    else if (name !== undefined) words.push({ type: 'name', value: name, at });
    else words.push({ type: 'sign', value: sign!, at });
  }
  words.push({ type: 'end', value: 'the end', at: end });
  return words;
}
