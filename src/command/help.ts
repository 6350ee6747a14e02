/** Help at each level, from the catalog: short, at most 76 columns. */
import type { MemberRule, ServiceDescription } from '../contract/operation.ts';
import type { Member, Shape } from '../contract/shape.ts';
import type { Described } from './cliArguments.ts';
import { GLOBAL_OPTIONS } from './globalOptions.ts';
import { flagOf, kebab } from './kebab.ts';

const WIDTH = 76;

/** Two columns; the second is wrapped under itself. */
export function columns(rows: readonly (readonly [string, string])[], indent = 2): string {
  const longest = Math.max(0, ...rows.map(([left]) => left.length));
  const start = Math.min(longest + indent + 2, 34);
  const lines: string[] = [];
  for (const [left, right] of rows) {
    const wrapped = wrap(right, WIDTH - start);
    const head = ' '.repeat(indent) + left;
    if (head.length + 2 > start) {
      lines.push(head);
      for (const line of wrapped) lines.push(' '.repeat(start) + line);
    } else {
      lines.push((head.padEnd(start) + (wrapped[0] ?? '')).trimEnd());
      for (const line of wrapped.slice(1)) lines.push(' '.repeat(start) + line);
    }
  }
  return lines.join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** `aws help`. */
export function awsHelp(services: readonly ServiceDescription[]): string {
  const options = GLOBAL_OPTIONS.filter(({ refused }) => refused === undefined);
  return `${[
    'aws SERVICE OPERATION [flags]',
    '',
    'services',
    columns(services.map(({ name, word, summary }) => [word ?? name, summary])),
    '',
    'flags of every command',
    columns(options.map((option) => [`${option.flag}${valueWord(option)}`, option.purpose])),
    '',
    'aws SERVICE help    the operations of a service',
  ].join('\n')}\n`;
}

const valueWord = (option: (typeof GLOBAL_OPTIONS)[number]): string => {
  if (option.takes === 'none') return '';
  return option.choices ? ` ${option.choices.join('|')}` : ' VALUE';
};

/** `aws sqs help`. */
export function serviceHelp(service: ServiceDescription): string {
  const call = service.kind === 'aws' ? `aws ${service.word ?? service.name}` : service.name;
  const rows = [...service.operations.values()]
    .map((operation): [string, string] => [kebab(operation.name), operation.summary])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `${[
    ...wrap(`${service.title}: ${service.summary}`, WIDTH),
    '',
    columns(rows),
    '',
    `${call} OPERATION help    the flags of an operation`,
  ].join('\n')}\n`;
}

/** `aws sqs receive-message help`; `call` is `aws sqs` or `time`. */
export function operationHelp(call: string, operation: Described): string {
  const members = [...operation.input.members].sort((a, b) => Number(b.required) - Number(a.required));
  const lines = [
    `${call} ${kebab(operation.name)}`.trimEnd(),
    ...wrap(operation.summary, WIDTH - 2).map((line) => `  ${line}`),
  ];
  if (members.length > 0) {
    const rows = members.map((member): [string, string] => [
      `${flagWord(member)}${typeWord(member.shape())}`,
      memberWords(member, operation.members[member.name]),
    ]);
    lines.push('', columns(rows));
  }
  const output = operation.output.members.map(({ name }) => name);
  lines.push('', output.length > 0 ? `answers with ${output.join(', ')}` : 'answers with nothing');
  return `${lines.join('\n')}\n`;
}

/** A switch that can be put off, too, shows both: `--[no-]delete`. */
const flagWord = (member: Member): string =>
  member.shape().type === 'boolean' ? `--[no-]${kebab(member.name)}` : flagOf(member.name);

function memberWords(member: Member, rule: MemberRule | undefined): string {
  const words: string[] = [];
  if (rule?.notModelled !== undefined) words.push(`not modelled: ${rule.notModelled}`);
  else if (rule?.purpose !== undefined) words.push(rule.purpose);
  if (member.required) words.push('required');
  const range = rangeWord(rule);
  if (range !== undefined) words.push(range);
  if (rule?.default !== undefined) words.push(`${rule.default} if left out`);
  if (rule?.values) words.push(`one of ${rule.values.join(' ')}`);
  return words.join('; ');
}

/** `0–20 s`, `at most 10 messages`. */
export function rangeWord(rule: MemberRule | undefined): string | undefined {
  if (!rule || (rule.min === undefined && rule.max === undefined)) return undefined;
  const unit = rule.unit === undefined ? '' : rule.unit === '/s' ? '/s' : ` ${rule.unit}`;
  if (rule.min === undefined) return `at most ${figure(rule.max ?? 0)}${unit}`;
  if (rule.max === undefined) return `at least ${figure(rule.min)}${unit}`;
  return `${figure(rule.min)}–${figure(rule.max)}${unit}`;
}

const figure = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** What is typed behind a flag. */
export function typeWord(shape: Shape): string {
  switch (shape.type) {
    case 'boolean':
      return '';
    case 'integer':
    case 'long':
    case 'double':
      return ' N';
    case 'list':
      return shape.member.type === 'structure' ? ' A=…,B=… …' : ' A B …';
    case 'map':
      return ' KEY=VALUE,…';
    case 'structure':
      return ' A=…,B=…';
    case 'blob':
      return ' BASE64';
    case 'timestamp':
      return ' TIME';
    default:
      return ' TEXT';
  }
}
