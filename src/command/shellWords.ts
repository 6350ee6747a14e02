/**
 * A line as bash reads it, as far as the prompt goes: quotes, backslash, `#`, variables, `NAME=value`,
 * `NAME=$(…)` and `|| true`. All else of a shell is refused by name.
 */
import { CliFailure, type Range } from './cliFailure.ts';
import { literal } from './shellValues.ts';

export type WordPart =
  | { readonly type: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly type: 'variable'; readonly name: string; readonly quoted: boolean; readonly at: Range };

/** A word before its variables have their values. */
export interface RawWord extends Range {
  readonly parts: readonly WordPart[];
}

export type ShellLine =
  | { readonly type: 'nothing' }
  | { readonly type: 'assign'; readonly name: string; readonly value: RawWord }
  /** `NAME=$(LINE)`. */
  | { readonly type: 'capture'; readonly name: string; readonly line: Command; readonly tolerated: boolean }
  | Command;

export interface Command {
  readonly type: 'command';
  readonly words: readonly RawWord[];
  readonly tolerated: boolean;
}

const refusal = (what: string, todo: string, from: number, to: number): CliFailure =>
  new CliFailure(`not part of the prompt: ${what}; ${todo}`, undefined, { at: { from, to } });

const RESERVED: Readonly<Record<string, string>> = {
  if: 'a script here is a list of lines; expect checks a condition',
  for: 'write repeat N LINE, where {n} counts',
  while: 'write repeat N LINE, or time until CONDITION',
  until: 'write time until CONDITION',
  case: 'a script here is a list of lines',
  function: 'a script here is a list of lines',
  select: 'a script here is a list of lines',
  '[[': 'expect checks a condition',
  '[': 'expect checks a condition',
  '!': 'end the line with || true if a refusal is expected',
  time: '',
};

/** Reads one logical line. Throws CliFailure with the place. */
export function readShellLine(text: string): ShellLine {
  const reader = new ShellReader(text, 0, text.length);
  return reader.line();
}

class ShellReader {
  private readonly text: string;
  private readonly end: number;
  private at: number;
  /** In a condition `<` and `>` compare; a condition in JSON needs no quotes. */
  private comparing = false;

  constructor(text: string, from: number, to: number) {
    this.text = text;
    this.at = from;
    this.end = to;
  }

  line(): ShellLine {
    this.blanks();
    if (this.finished()) return { type: 'nothing' };
    const assigned = /^([A-Za-z_][A-Za-z0-9_]*)=/.exec(this.text.slice(this.at, this.end))?.[1];
    if (assigned !== undefined) return this.assignment(assigned);
    return this.command();
  }

  private assignment(name: string): ShellLine {
    const start = this.at;
    this.at += name.length + 1;
    const capture = this.capture();
    if (capture) {
      const tolerated = this.tail();
      return { type: 'capture', name, line: capture, tolerated };
    }
    const value = this.word();
    this.blanks();
    if (!this.finished()) {
      throw refusal('a variable for one command only', 'set it on a line of its own', start, this.at);
    }
    return { type: 'assign', name, value };
  }

  /** `$(LINE)` or `"$(LINE)"`. */
  private capture(): Command | undefined {
    const quoted = this.text.startsWith('"$(', this.at);
    if (!quoted && !this.text.startsWith('$(', this.at)) return undefined;
    if (this.text.startsWith('((', this.at + (quoted ? 2 : 1))) return undefined;
    const from = this.at + (quoted ? 3 : 2);
    const close = this.closing(from);
    const inner = new ShellReader(this.text, from, close).line();
    if (inner.type !== 'command') {
      throw refusal(
        '$( ) without a command',
        'write NAME=$(aws … --query … --output text)',
        this.at,
        close + 1,
      );
    }
    this.at = close + 1;
    if (quoted) {
      if (this.text[this.at] !== '"') {
        throw refusal(
          '$( ) inside other text',
          'write NAME=$(aws …) on a line of its own',
          from - 3,
          this.at,
        );
      }
      this.at += 1;
    }
    if (!this.finished() && !/[\s]/.test(this.text[this.at] ?? '')) {
      throw refusal(
        '$( ) inside other text',
        'write NAME=$(aws …) on a line of its own',
        from - 2,
        this.at + 1,
      );
    }
    return inner;
  }

  /** The `)` that ends a `$(`, quotes considered. */
  private closing(from: number): number {
    let quote = '';
    for (let at = from; at < this.end; at++) {
      const character = this.text[at] ?? '';
      if (character === '\\' && quote !== "'") at += 1;
      else if (quote !== '') quote = character === quote ? '' : quote;
      else if (character === '"' || character === "'") quote = character;
      else if (character === ')') return at;
    }
    throw refusal('$( without its )', 'close it on the same line', from - 2, this.end);
  }

  private command(): Command {
    const words: RawWord[] = [];
    for (;;) {
      this.blanks();
      if (this.finished()) return { type: 'command', words, tolerated: false };
      this.comparing ||= startsCondition(words);
      if (this.comparing && this.text[this.at] === '{') {
        words.push(this.json());
        continue;
      }
      if (this.text.startsWith('||', this.at)) {
        return { type: 'command', words, tolerated: this.tail() };
      }
      const word = this.word();
      if (words.length === 0) refuseReserved(word);
      words.push(word);
    }
  }

  private json(): RawWord {
    const from = this.at;
    const rest = this.text.slice(from, this.end);
    const text = rest.replace(/[ \t]*\|\|[ \t]*true[ \t]*$/, '').trimEnd();
    this.at += text.length;
    return { from, to: this.at, parts: [{ type: 'text', text, quoted: true }] };
  }

  /** What may follow a command: nothing, a comment, or `|| true`. */
  private tail(): boolean {
    this.blanks();
    if (this.finished()) return false;
    const start = this.at;
    const found = /^\|\|[ \t]*true(?=[ \t]|$)/.exec(this.text.slice(this.at, this.end));
    if (!found) {
      const what = this.text.startsWith('||', this.at) ? 'the || operator' : this.operator(this.at);
      throw refusal(what, 'only || true is known: a refusal is expected', start, this.end);
    }
    this.at += found[0].length;
    this.blanks();
    if (!this.finished()) throw refusal('more after || true', 'end the line there', this.at, this.end);
    return true;
  }

  private finished(): boolean {
    return this.at >= this.end || this.text[this.at] === '#';
  }

  private blanks(): void {
    for (;;) {
      const character = this.at < this.end ? this.text[this.at] : undefined;
      if (character === '\\' && this.text[this.at + 1] === '\n') this.at += 2;
      else if (character === ' ' || character === '\t' || character === '\r') this.at += 1;
      else if (character === '\n') {
        // Only at the end: lines are split before.
        if (this.text.slice(this.at, this.end).trim() !== '') {
          throw refusal('two lines in one', 'enter them one by one', this.at, this.end);
        }
        this.at = this.end;
      } else return;
    }
  }

  word(): RawWord {
    const from = this.at;
    const parts: WordPart[] = [];
    const add = (text: string, quoted: boolean): void => {
      const last = parts.at(-1);
      if (last?.type === 'text' && last.quoted === quoted) {
        parts[parts.length - 1] = { ...last, text: last.text + text };
      } else parts.push({ type: 'text', text, quoted });
    };
    while (this.at < this.end) {
      const character = this.text[this.at] ?? '';
      if (/[ \t\r\n]/.test(character)) break;
      if (character === "'") this.singleQuoted(add);
      else if (character === '"') this.doubleQuoted(parts, add);
      else if (character === '\\') {
        const next = this.text[this.at + 1];
        if (next === undefined || this.at + 1 >= this.end)
          throw refusal('a lone \\ at the end', 'a line must follow it', this.at, this.end);
        if (next !== '\n') add(next, true);
        this.at += 2;
      } else if (character === '$') this.variable(parts, add, false);
      else if (this.comparing && '<>'.includes(character) && this.at > from) {
        add(character, false);
        this.at += 1;
      } else if ('|&;<>()`'.includes(character)) {
        if (character === '|' && this.text[this.at + 1] === '|') break;
        throw this.refuseOperator();
      } else {
        add(character, false);
        this.at += 1;
      }
    }
    this.refusePatterns(parts, from);
    return { from, to: this.at, parts };
  }

  private singleQuoted(add: (text: string, quoted: boolean) => void): void {
    const close = this.text.indexOf("'", this.at + 1);
    if (close < 0 || close >= this.end)
      throw refusal("a ' without its partner", 'close the quote', this.at, this.end);
    add(this.text.slice(this.at + 1, close), true);
    this.at = close + 1;
  }

  private doubleQuoted(parts: WordPart[], add: (text: string, quoted: boolean) => void): void {
    const open = this.at;
    this.at += 1;
    add('', true);
    for (;;) {
      const character = this.at < this.end ? this.text[this.at] : undefined;
      if (character === undefined)
        throw refusal('a " without its partner', 'close the quote', open, this.end);
      if (character === '"') break;
      if (character === '`') throw this.refuseOperator();
      if (character === '$') {
        this.variable(parts, add, true);
        continue;
      }
      const next = this.text[this.at + 1] ?? '';
      if (character === '\\' && '$`"\\\n'.includes(next) && next !== '') {
        if (next !== '\n') add(next, true);
        this.at += 2;
        continue;
      }
      add(character, true);
      this.at += 1;
    }
    this.at += 1;
  }

  private variable(parts: WordPart[], add: (text: string, quoted: boolean) => void, quoted: boolean): void {
    const from = this.at;
    const rest = this.text.slice(from, this.end);
    const found = /^\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})/.exec(rest);
    if (found) {
      this.at += found[0].length;
      parts.push({ type: 'variable', name: found[1] ?? found[2] ?? '', quoted, at: { from, to: this.at } });
      return;
    }
    if (rest.startsWith('$((')) throw refusal('arithmetic, $(( ))', 'write the number', from, from + 3);
    if (rest.startsWith('$['))
      throw refusal('arithmetic, $[ ]', "write the number, or put '…' around it", from, from + 2);
    if (rest.startsWith('$(')) {
      throw refusal(
        '$( ) inside a command',
        'write NAME=$(aws …) on a line of its own, then $NAME',
        from,
        from + 2,
      );
    }
    if (rest.startsWith('${')) throw refusal('more than a name after a $', 'write $NAME', from, from + 2);
    if (!quoted && (rest.startsWith("$'") || rest.startsWith('$"'))) {
      throw refusal('$\'…\' and $"…"', 'leave the $ out', from, from + 2);
    }
    if (/^\$[0-9@*#?$!_-]/.test(rest)) {
      throw refusal(
        `${rest.slice(0, 2)}, a variable of the shell itself`,
        'only your own names are known',
        from,
        from + 2,
      );
    }
    add('$', quoted);
    this.at += 1;
  }

  private operator(at: number): string {
    const rest = this.text.slice(at, this.end);
    if (rest.startsWith('&&')) return '&& between commands';
    if (rest.startsWith('||')) return 'the || operator';
    if (rest.startsWith('|')) return 'a pipe ( | )';
    if (rest.startsWith('<<')) return 'a here-document ( << )';
    if (/^\d*[<>]/.test(rest)) return 'redirection ( < > )';
    if (rest.startsWith(';')) return 'several commands in a line ( ; )';
    if (rest.startsWith('&')) return 'a command in the background ( & )';
    if (rest.startsWith('`')) return 'backquotes';
    if (/^[()]/.test(rest)) return 'a subshell or function ( )';
    return 'more after the command';
  }

  private refuseOperator(): CliFailure {
    const character = this.text[this.at] ?? '';
    const todo: Readonly<Record<string, string>> = {
      '|': 'pick from an answer with --query',
      '&': 'enter one command a line',
      ';': 'enter one command a line',
      '<': 'give a file with file://NAME',
      '>': 'y copies an answer',
      '`': 'write NAME=$(aws …), or \\` for the sign itself',
      '(': "put '…' around it if it belongs to a value",
      ')': "put '…' around it if it belongs to a value",
    };
    return refusal(this.operator(this.at), todo[character] ?? '', this.at, this.at + 1);
  }

  /** What bash would expand to file names or several words. */
  private refusePatterns(parts: readonly WordPart[], from: number): void {
    const bare = parts.map((part) => (part.type === 'text' && !part.quoted ? part.text : '\0')).join('');
    const quote = "put '…' around it";
    if (/[*?]/.test(bare)) throw refusal('file name patterns ( * ? )', quote, from, this.at);
    if (/\{[^{}]*(,|\.\.)[^{}]*\}/.test(bare)) {
      throw refusal('braces, which bash takes apart', quote, from, this.at);
    }
    if (/^~/.test(bare)) throw refusal('~ for the home folder', 'write the path', from, this.at);
  }
}

/** `expect …`, `time until …`. */
function startsCondition(words: readonly RawWord[]): boolean {
  const first = literal(words[0]);
  return (
    (words.length === 1 && first === 'expect') ||
    (words.length === 2 && first === 'time' && literal(words[1]) === 'until')
  );
}

function refuseReserved(word: RawWord): void {
  const part = word.parts[0];
  if (word.parts.length !== 1 || part?.type !== 'text' || part.quoted) return;
  const todo = Object.hasOwn(RESERVED, part.text) ? RESERVED[part.text] : undefined;
  if (todo) throw refusal(`"${part.text}" of the shell`, todo, word.from, word.to);
}
