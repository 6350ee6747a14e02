/**
 * From the words after `aws sqs send-message` to the input of SendMessage, as the AWS CLI reads them
 * (`awscli/clidriver.py`, `argprocess.py`, `paramfile.py`, `customizations/paginate.py`, `binaryformat.py`).
 */
import type { AnyOperation } from '../contract/operation.ts';
import type { Member, Shape } from '../contract/shape.ts';
import { CliFailure, notModelled, parameterFailure, USAGE, USAGE_EXIT } from './cliFailure.ts';
import type { Surroundings } from './console.ts';
import { didYouMean } from './didYouMean.ts';
import { GLOBAL_OPTIONS } from './globalOptions.ts';
import { flagOf, kebab } from './kebab.ts';
import { readParameterBytes, readParameterFile } from './parameterFile.ts';
import {
  type Argument,
  type OptionSpec,
  type ParsedArguments,
  parseKnownArguments,
} from './python/argparse.ts';
import { JsonError, parseJson } from './python/json.ts';
import { type Plain, pyFloat, pyInt, pyQuote } from './python/values.ts';
import { parseShorthand, ShorthandError, typed, valueError } from './shorthand.ts';

/** What reading a line and writing help need to know of an operation, AWS's or ours. */
export type Described = Omit<AnyOperation, 'handle' | 'service'>;

/** The flags of an operation's line. */
export interface ArgumentTable {
  readonly options: readonly OptionSpec[];
  /** By `dest`: the member that a flag fills. */
  readonly members: ReadonlyMap<string, Member>;
}

export interface ReadArguments {
  readonly parsed: ParsedArguments;
  readonly input: Record<string, Plain>;
  /** Members whose value was typed as JSON: Python shows their objects as OrderedDicts. */
  readonly ordered: ReadonlySet<string>;
}

const SKELETON_CHOICES: readonly string[] = ['input', 'output', 'yaml-input'];
const dest = (flag: string): string => flag.slice(2).replaceAll('-', '_');

/** The table of an operation, as its words allow: some flags take the need away from all others. */
export function argumentTable(operation: Described, words: readonly Argument[]): ArgumentTable {
  const optional = liftsRequirements(words);
  const options: OptionSpec[] = [];
  const members = new Map<string, Member>();
  const paging = new Set(pagingOptions(operation).map(({ flag }) => flag));
  for (const member of operation.input.members) {
    const flag = flagOf(member.name);
    if (paging.has(flag)) continue;
    const required = member.required && !optional;
    members.set(dest(flag), member);
    const type = member.shape().type;
    if (type === 'boolean') {
      options.push({ flag, dest: dest(flag), takes: 'none', constant: true });
      options.push({ flag: `--no-${flag.slice(2)}`, dest: dest(flag), takes: 'none', constant: false });
    } else {
      options.push({
        flag,
        dest: dest(flag),
        takes: type === 'list' ? 'many' : 'one',
        required,
        ...(type === 'long' ? { type: 'int' } : type === 'double' ? { type: 'float' } : {}),
      });
    }
  }
  for (const flag of ['--cli-input-json', '--cli-input-yaml'])
    options.push({ flag, dest: dest(flag), takes: 'one' });
  options.push(...pagingOptions(operation));
  options.push({
    flag: '--generate-cli-skeleton',
    dest: 'generate_cli_skeleton',
    takes: 'optional',
    constant: 'input',
    choices: SKELETON_CHOICES,
  });
  return { options, members };
}

/** Paged operations take the paging of the AWS CLI; a member of the same name (IAM's MaxItems) stands behind it. */
function pagingOptions(operation: Described): OptionSpec[] {
  if (!operation.pagination) return [];
  const options: OptionSpec[] = [{ flag: '--starting-token', dest: 'starting_token', takes: 'one' }];
  if (operation.pagination.limitKey !== undefined) {
    options.push({ flag: '--page-size', dest: 'page_size', takes: 'one', type: 'int' });
  }
  options.push({ flag: '--max-items', dest: 'max_items', takes: 'one', type: 'int' });
  return options;
}

function liftsRequirements(words: readonly Argument[]): boolean {
  return words.some(({ value }, index) => {
    if (value === '--cli-input-json' || value === '--cli-input-yaml') return true;
    return value === '--generate-cli-skeleton' && words[index + 1]?.value !== 'output';
  });
}

/** Throws CliFailure. `words` begin behind the operation; global options are taken out already. */
export function readArguments(
  operation: Described,
  words: readonly Argument[],
  surroundings: Surroundings,
): ReadArguments {
  const table = argumentTable(operation, words);
  const parsed = parseKnownArguments(table.options, { name: 'help', optional: true }, words);
  refuseUnknown(operation, parsed, table);
  const outfile = parsed.values.get('help');
  if (operation.outfile !== undefined && outfile === undefined && !liftsRequirements(words)) {
    throw new CliFailure(
      `usage: ${USAGE}\n\naws: error: the following arguments are required: outfile`,
      USAGE_EXIT,
      { why: 'Behind the flags stands where the answer goes: - shows it here.' },
    );
  }
  const input: Record<string, Plain> = {};
  const ordered = new Set<string>();
  for (const [name, member] of table.members) {
    const given = parsed.values.get(name);
    if (given === undefined) continue;
    const rule = operation.members[member.name];
    const at = parsed.places.get(name);
    if (rule?.notModelled !== undefined)
      throw notModelled(`${flagOf(member.name)}: ${rule.notModelled}`, { at });
    if (typeof given === 'boolean' || typeof given === 'number') {
      input[member.name] = given;
      continue;
    }
    try {
      const bytes = readParameterBytes(flagOf(member.name), given, member.shape(), surroundings);
      if (bytes !== undefined) {
        input[member.name] = bytes;
        continue;
      }
      const loaded = readParameterFile(flagOf(member.name), given, surroundings);
      const unpacked = unpack(member.shape(), loaded, flagOf(member.name));
      input[member.name] = unpacked.value;
      if (unpacked.json) ordered.add(member.name);
    } catch (error) {
      if (!(error instanceof CliFailure)) throw error;
      throw new CliFailure(error.message, error.exit, { at, why: error.why, didYouMean: error.didYouMean });
    }
  }
  return { parsed, input, ordered };
}

function refuseUnknown(operation: Described, parsed: ParsedArguments, table: ArgumentTable): void {
  const stray = parsed.places.get('help');
  const help = parsed.values.get('help');
  const rest = [...parsed.rest];
  if (stray && typeof help === 'string' && operation.outfile === undefined) {
    rest.push({ ...stray, value: help });
  }
  const first = rest[0];
  if (!first) return;
  const known = [...table.options, ...GLOBAL_OPTIONS].map(({ flag }) => flag);
  const flag = first.value.split('=')[0] ?? '';
  const meant = flag.startsWith('--') ? didYouMean(flag, known) : undefined;
  const names = rest.map(({ value }) => value).join(', ');
  throw new CliFailure(`usage: ${USAGE}\nUnknown options: ${names}\n`, USAGE_EXIT, {
    at: first,
    didYouMean: meant,
    why: meant === undefined ? `flags of ${kebab(operation.name)}: ${ownFlags(table).join(' ')}` : undefined,
  });
}

const ownFlags = (table: ArgumentTable): string[] =>
  [...table.members.values()].map((member) => flagOf(member.name));

interface Unpacked {
  readonly value: Plain;
  readonly json: boolean;
}

const COMPLEX: readonly Shape['type'][] = ['structure', 'list', 'map'];

function takesShorthand(shape: Shape): boolean {
  return shape.type === 'list' ? COMPLEX.includes(shape.member.type) : COMPLEX.includes(shape.type);
}

/** A typed value as its shape wants it. */
function unpack(shape: Shape, given: string | readonly string[], flag: string): Unpacked {
  const first = typeof given === 'string' ? given : given[0];
  const looksLikeJson = first !== undefined && /^\s*[[{]/.test(first);
  if (takesShorthand(shape) && !looksLikeJson)
    return { value: unpackShorthand(shape, given, flag), json: false };
  return unpackJson(shape, given, flag);
}

function unpackShorthand(shape: Shape, given: string | readonly string[], flag: string): Plain {
  const members = shape.type === 'structure' ? shape.members : [];
  const only = members[0];
  if (typeof given === 'string' && members.length === 1 && only?.name === 'Value' && !given.includes('=')) {
    return { Value: given };
  }
  try {
    if (typeof given === 'string') return typed(parseShorthand(given), shape);
    return typed(given.map(parseShorthand), shape);
  } catch (error) {
    if (error instanceof ShorthandError) throw parameterFailure(flag, error.message);
    throw error;
  }
}

function unpackJson(shape: Shape, given: string | readonly string[], flag: string): Unpacked {
  if (shape.type === 'document') return { value: jsonOf(String(given), flag), json: true };
  if (shape.type === 'structure' || shape.type === 'map') {
    const text = String(given);
    if (text.trimStart() === '') throw new CliFailure('string index out of range', 255);
    if (text.trimStart().startsWith('{')) return { value: jsonOf(text, flag), json: true };
    throw parameterFailure(flag, `Invalid JSON:\n${text}`);
  }
  if (shape.type !== 'list') return { value: unpackScalar(shape.type, String(given), flag), json: false };
  const whole = typeof given === 'string' ? given : given.length === 1 ? given[0] : undefined;
  if (whole?.trimStart().startsWith('[')) return { value: jsonOf(whole, flag), json: true };
  const items = (typeof given === 'string' ? [...given] : given).map((item) =>
    unpackJson(shape.member, item, flag),
  );
  return { value: items.map(({ value }) => value), json: items.some(({ json }) => json) };
}

function jsonOf(text: string, flag: string): Plain {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw parameterFailure(flag, `Invalid JSON: ${error.message}\nJSON received: ${text}`);
  }
}

function unpackScalar(type: Shape['type'], text: string, _flag: string): Plain {
  if (type === 'integer' || type === 'long') {
    const number = pyInt(text);
    if (number === undefined) throw valueError('int() with base 10', text);
    return number;
  }
  if (type === 'double') {
    const number = pyFloat(text);
    if (number === undefined)
      throw new CliFailure(`could not convert string to float: ${pyQuote(text)}`, 255);
    return number;
  }
  if (type === 'boolean') return text.toLowerCase() !== 'false' && text !== '';
  return text;
}
