/**
 * Python's `argparse.parse_known_args` (3.11), as far as the AWS CLI uses it: long options, abbreviations of them,
 * `--flag=value`, lists, and one positional at most. Errors carry argparse's sentences.
 */
import { type Range, usageFailure } from '../cliFailure.ts';
import { closeMatches } from './closeMatches.ts';
import { pyFloat, pyInt, pyQuote } from './values.ts';

/** One word of the command line, and where it stands. */
export interface Argument extends Range {
  readonly value: string;
}

export interface OptionSpec {
  /** `--queue-url`. */
  readonly flag: string;
  /** Where the value goes; two flags may share one: `--x`, `--no-x`. */
  readonly dest: string;
  /** `one` value, `many` (none too), `optional`, or `none`: then `constant` is the value. */
  readonly takes: 'one' | 'many' | 'optional' | 'none';
  readonly type?: 'str' | 'int' | 'float';
  readonly choices?: readonly string[];
  readonly constant?: string | boolean;
  readonly required?: boolean;
}

export interface PositionalSpec {
  readonly name: string;
  readonly optional?: boolean;
  readonly choices?: readonly string[];
}

type ParsedValue = string | number | boolean | readonly string[];

export interface ParsedArguments {
  readonly values: ReadonlyMap<string, ParsedValue>;
  /** Where a value was given, by `dest`. */
  readonly places: ReadonlyMap<string, Range>;
  /** What this parser does not know. */
  readonly rest: readonly Argument[];
}

interface Candidate {
  /** Undefined: looks like an option, but none of ours. */
  readonly option: OptionSpec | undefined;
  readonly explicit: string | undefined;
}

/** Throws CliFailure. */
export function parseKnownArguments(
  options: readonly OptionSpec[],
  positional: PositionalSpec | undefined,
  words: readonly Argument[],
): ParsedArguments {
  return new Parse(options, positional, words).run();
}

class Parse {
  private readonly options: readonly OptionSpec[];
  private positional: PositionalSpec | undefined;
  private readonly words: readonly Argument[];
  private readonly candidates = new Map<number, Candidate>();
  /** `A` an argument, `O` an option, `-` the separator. */
  private pattern = '';
  private readonly values = new Map<string, ParsedValue>();
  private readonly places = new Map<string, Range>();
  private readonly seen = new Set<string>();
  private readonly rest: Argument[] = [];

  constructor(
    options: readonly OptionSpec[],
    positional: PositionalSpec | undefined,
    words: readonly Argument[],
  ) {
    this.options = options;
    this.positional = positional;
    this.words = words;
  }

  run(): ParsedArguments {
    this.classify();
    const last = Math.max(-1, ...this.candidates.keys());
    let index = 0;
    while (index <= last) {
      const next = Math.min(...[...this.candidates.keys()].filter((at) => at >= index));
      if (index !== next) {
        const end = this.takePositional(index);
        if (end > index) {
          index = end;
          continue;
        }
        this.rest.push(...this.words.slice(index, next));
        index = next;
      }
      index = this.takeOption(index);
    }
    this.rest.push(...this.words.slice(this.takePositional(index)));
    this.requireAll();
    return { values: this.values, places: this.places, rest: this.rest };
  }

  private classify(): void {
    let separated = false;
    for (const [index, word] of this.words.entries()) {
      const candidate = separated || word.value === '--' ? undefined : this.candidate(word);
      if (!separated && word.value === '--') {
        separated = true;
        this.pattern += '-';
      } else if (candidate) {
        this.candidates.set(index, candidate);
        this.pattern += 'O';
      } else {
        this.pattern += 'A';
      }
    }
  }

  /** Undefined: an argument. */
  private candidate(word: Argument): Candidate | undefined {
    const text = word.value;
    if (!text.startsWith('-')) return undefined;
    const exact = this.options.find((option) => option.flag === text);
    if (exact) return { option: exact, explicit: undefined };
    if (text.length === 1) return undefined;
    const equals = text.indexOf('=');
    const name = equals < 0 ? text : text.slice(0, equals);
    const explicit = equals < 0 ? undefined : text.slice(equals + 1);
    const named = this.options.find((option) => option.flag === name);
    if (named) return { option: named, explicit };
    const matches = text.startsWith('--')
      ? this.options.filter((option) => option.flag.startsWith(name))
      : [];
    if (matches.length > 1) {
      const flags = matches.map((option) => option.flag).join(', ');
      throw usageFailure(`ambiguous option: ${text} could match ${flags}`, { at: word });
    }
    if (matches[0]) return { option: matches[0], explicit };
    if (/^-\d+$|^-\d*\.\d+$/.test(text) || text.includes(' ')) return undefined;
    return { option: undefined, explicit: undefined };
  }

  private takePositional(start: number): number {
    const positional = this.positional;
    if (!positional) return start;
    const pattern = positional.optional ? /^-*A?-*/ : /^-*A-*/;
    const matched = pattern.exec(this.pattern.slice(start))?.[0];
    if (matched === undefined) return start;
    this.positional = undefined;
    const word = this.words.slice(start, start + matched.length).find(({ value }) => value !== '--');
    if (word) {
      checkChoice(positional.name, positional.choices, word);
      this.values.set(positional.name, word.value);
      this.places.set(positional.name, word);
    }
    return start + matched.length;
  }

  private takeOption(index: number): number {
    const candidate = this.candidates.get(index);
    const word = this.words[index] as Argument;
    const option = candidate?.option;
    if (!candidate || !option) {
      this.rest.push(word);
      return index + 1;
    }
    if (candidate.explicit !== undefined) {
      if (option.takes === 'none') {
        throw argumentFailure(option.flag, `ignored explicit argument ${pyQuote(candidate.explicit)}`, word);
      }
      this.store(option, [{ ...word, value: candidate.explicit }], word);
      return index + 1;
    }
    const following = this.pattern.slice(index + 1);
    const available = /^A*/.exec(following)?.[0].length ?? 0;
    if (option.takes === 'one' && available === 0)
      throw argumentFailure(option.flag, 'expected one argument', word);
    const count = option.takes === 'none' ? 0 : option.takes === 'many' ? available : Math.min(1, available);
    this.store(option, this.words.slice(index + 1, index + 1 + count), word);
    return index + 1 + count;
  }

  private store(option: OptionSpec, words: readonly Argument[], flag: Argument): void {
    this.seen.add(option.flag);
    const end = words.at(-1)?.to ?? flag.to;
    this.places.set(option.dest, { from: words[0]?.from ?? flag.from, to: end });
    if (option.takes === 'many') {
      this.values.set(
        option.dest,
        words.map(({ value }) => value),
      );
      return;
    }
    const word = words[0];
    if (option.takes === 'none' || !word) {
      if (option.constant !== undefined) this.values.set(option.dest, option.constant);
      return;
    }
    const value = converted(option, word);
    checkChoice(option.flag, option.choices, word);
    this.values.set(option.dest, value);
  }

  private requireAll(): void {
    const missing = this.options.filter((option) => option.required && !this.seen.has(option.flag));
    const names = missing.map(({ flag }) => flag);
    if (this.positional && !this.positional.optional) names.push(this.positional.name);
    if (names.length === 0) return;
    // A flag that nobody knows, and one that is missing: perhaps one meant the other.
    const stray = this.rest.find(({ value }) => value.startsWith('--'));
    const meant = stray && closeMatches(stray.value, names, 0.6)[0];
    throw usageFailure(
      `the following arguments are required: ${names.join(', ')}`,
      meant === undefined ? {} : { at: stray, didYouMean: meant },
    );
  }
}

function converted(option: OptionSpec, word: Argument): ParsedValue {
  if (option.type !== 'int' && option.type !== 'float') return word.value;
  const number = option.type === 'int' ? pyInt(word.value) : pyFloat(word.value);
  if (number === undefined) {
    throw argumentFailure(option.flag, `invalid ${option.type} value: ${pyQuote(word.value)}`, word);
  }
  return number;
}

const argumentFailure = (name: string, message: string, at: Range) =>
  usageFailure(`argument ${name}: ${message}`, { at });

/** How the AWS CLI lists choices: two a line, and what was perhaps meant. */
function checkChoice(name: string, choices: readonly string[] | undefined, word: Argument): void {
  if (!choices || choices.includes(word.value)) return;
  const lines = ['Invalid choice, valid choices are:\n'];
  for (let index = 0; index < choices.length; index += 2) {
    lines.push(
      choices
        .slice(index, index + 2)
        .map((choice) => choice.padEnd(40))
        .join(' | '),
    );
  }
  const close = closeMatches(word.value, choices, 0.8);
  if (close.length > 0) {
    lines.push(`\n\nInvalid choice: ${pyQuote(word.value)}, maybe you meant:\n`);
    for (const choice of close) lines.push(`  * ${choice}`);
  }
  throw usageFailure(`argument ${name}: ${lines.join('\n')}`, {
    at: word,
    didYouMean: close[0] ?? closeMatches(word.value, choices, 0.6)[0],
  });
}
