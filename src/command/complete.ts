/**
 * Completion of the prompt: what may stand at the cursor, the ghost text after it, and whether the line is complete.
 * It reads the same tables as the parser, so that nothing is offered that would not be taken.
 */
import type { ServiceDescription } from '../contract/operation.ts';
import { argumentTable, type Described } from './cliArguments.ts';
import {
  type CompletionItem,
  conditionItems,
  exampleOf,
  flagItems,
  globalValueItems,
  valueItems,
} from './completionItems.ts';
import { type Scan, scan, type Token } from './completionScan.ts';
import type { Surroundings } from './console.ts';
import { flagOf } from './kebab.ts';
import type { Catalog } from './lineContext.ts';
import {
  LINE_WORDS,
  PLAYGROUND_COMMANDS,
  PLAYGROUND_GROUPS,
  type PlaygroundCommand,
} from './playgroundCommands.ts';
import { s3Offer } from './s3Completion.ts';
import { operationsByWord, serviceByWord, wordOf } from './serviceCall.ts';

export type { CompletionItem } from './completionItems.ts';

export interface Completion {
  /** The part of the line that an item takes the place of. */
  readonly from: number;
  readonly to: number;
  readonly items: readonly CompletionItem[];
  /** What may be taken after the cursor, at the line's end; empty when nothing is missing. */
  readonly ghost: string;
  /** `complete: enter runs it`, or what is missing: `--queue-url is missing`; empty while that is unknown. */
  readonly status: string;
  /** Nothing required is missing. */
  readonly complete: boolean;
  /** What the items belong to: `sqs receive-message`. */
  readonly title: string;
}

interface Place {
  readonly line: Scan;
  readonly surroundings: Surroundings;
  readonly catalog: Catalog;
}

/** What a level of the line offers. `part`: how much of the current word is typed, where that is not all of it. */
interface Offer {
  readonly items: readonly CompletionItem[];
  readonly title: string;
  readonly part?: string;
  /** The command, as far as it is known, and the words behind it. */
  readonly command?: {
    readonly described: Described;
    readonly words: readonly Token[];
    readonly globals: boolean;
  };
  /** The line can be run as it is, without flags. */
  readonly runnable?: boolean;
}

const RUNS = 'complete: enter runs it';

/** `variables`: names that are set, for `$NAME`. */
export function complete(
  text: string,
  cursor: number,
  surroundings: Surroundings,
  catalog: Catalog,
  variables: Iterable<string> = [],
): Completion {
  const line = scan(text, cursor);
  const nothing: Completion = {
    from: cursor,
    to: cursor,
    items: [],
    ghost: '',
    status: '',
    complete: false,
    title: '',
  };
  if (line.closed) return nothing;
  const offer = offered({ line, surroundings, catalog });
  const variable = /\$\{?([A-Za-z_][A-Za-z0-9_]*)?$/.exec(text.slice(line.current.from, cursor));
  if (variable) {
    const items = [...variables].map((name): CompletionItem => ({ text: `$${name}`, kind: 'variable' }));
    return {
      ...nothing,
      from: cursor - variable[0].length,
      items: items.filter((item) => item.text.startsWith(`$${variable[1] ?? ''}`)),
      title: 'variables',
      ...standing(offer),
    };
  }
  const part = offer.part ?? line.current.value;
  const items = matching(offer.items, part);
  const missing = missingOf(offer);
  const atEnd = text.slice(cursor).trim() === '';
  const ghost = atEnd ? ghostOf(offer, part, items, missing, line, surroundings) : '';
  return {
    from: offer.part === undefined ? line.current.from : cursor - offer.part.length,
    to: line.end,
    items,
    ghost,
    ...standing(offer),
    title: offer.title,
  };
}

/** Whether the line can be run, in words too. */
function standing(offer: Offer): Pick<Completion, 'status' | 'complete'> {
  const [first] = missingOf(offer);
  const done = offer.command ? first === undefined && !awaitsValue(offer) : (offer.runnable ?? false);
  return { status: done ? RUNS : first === undefined ? '' : `${first} is missing`, complete: done };
}

/** Items that go on from what is typed; else those that contain it, in text or meaning. */
function matching(items: readonly CompletionItem[], part: string): readonly CompletionItem[] {
  if (part === '') return items;
  const lower = part.toLowerCase();
  const starting = items.filter(({ text }) => plainText(text).toLowerCase().startsWith(lower));
  if (starting.length > 0) return starting;
  const bare = lower.replace(/^-+/, '');
  if (bare === '') return items;
  return items.filter(
    ({ text, label, kind, purpose }) =>
      text.toLowerCase().includes(bare) ||
      label?.toLowerCase().includes(bare) ||
      (kind === 'resource' && purpose?.toLowerCase().includes(bare)),
  );
}

const plainText = (text: string): string => text.replace(/^'/, '');

function offered(place: Place): Offer {
  const { line, catalog } = place;
  const words = line.before.map(({ value }) => value);
  const aws = words[0] === 'aws';
  const [first, second] = aws ? words.slice(1) : words;
  if (first === undefined) return { items: firstWords(place, aws), title: aws ? 'services' : 'commands' };
  const skipped = aws ? 1 : 0;
  const service = serviceByWord(catalog, first);
  if (service) return serviceOffer(place, service, second, skipped);
  if (first === 's3' && serviceByWord(catalog, 's3api')) {
    return s3Offer(words.slice(1 + skipped), line.current.value, place.surroundings);
  }
  if (aws) return { items: [], title: '' };
  if (first === 'help') return { items: helpWords(place, words.slice(1)), title: 'help', runnable: true };
  return playgroundOffer(place, first, second);
}

function firstWords({ line, catalog }: Place, aws: boolean): CompletionItem[] {
  const services = [...catalog.values()].filter(({ kind }) => kind === 'aws');
  const items = services.map(
    (service): CompletionItem => ({ text: wordOf(service), kind: 'service', purpose: service.summary }),
  );
  if (serviceByWord(catalog, 's3api')) {
    items.push({ text: 's3', kind: 'service', purpose: 'buckets and objects in a few short commands' });
  }
  if (aws) return items;
  const ours = [...catalog.values()].filter(({ kind }) => kind === 'playground');
  const singles = PLAYGROUND_COMMANDS.filter(({ verb }) => verb === '');
  const all: CompletionItem[] = [
    ...items,
    ...ours.map(({ name, summary }): CompletionItem => ({ text: name, kind: 'group', purpose: summary })),
    ...PLAYGROUND_GROUPS.map(
      ({ name, summary }): CompletionItem => ({ text: name, kind: 'group', purpose: summary }),
    ),
    ...singles.map(({ group, summary }): CompletionItem => ({ text: group, kind: 'word', purpose: summary })),
    ...LINE_WORDS.map(
      ({ name, summary }): CompletionItem => ({ text: name, kind: 'word', purpose: summary }),
    ),
    { text: 'aws', kind: 'word', purpose: 'the AWS CLI; may be left out' },
  ];
  // `rec` finds `sqs receive-message`.
  const typed = line.current.value;
  if (typed.length < 3 || all.some(({ text }) => text.startsWith(typed))) return all;
  return services.flatMap((service) =>
    [...operationsByWord(service)]
      .filter(([word]) => word.includes(typed))
      .map(
        ([word, { summary }]): CompletionItem => ({
          text: `${wordOf(service)} ${word}`,
          kind: 'operation',
          purpose: summary,
        }),
      ),
  );
}

function helpWords({ catalog }: Place, words: readonly string[]): CompletionItem[] {
  const service = catalog.get(words[0] ?? '');
  if (service) return words.length === 1 ? operationItems(service) : [];
  if (words.length > 0) return [];
  const names = [...catalog.keys(), ...PLAYGROUND_GROUPS.map(({ name }) => name)];
  return names.map((text) => ({ text, kind: 'word' }));
}

const operationItems = (service: ServiceDescription): CompletionItem[] =>
  [...operationsByWord(service)].map(([text, { summary }]) => ({
    text,
    kind: 'operation',
    purpose: summary,
  }));

function serviceOffer(
  place: Place,
  service: ServiceDescription,
  word: string | undefined,
  skipped: number,
): Offer {
  const whole = operationsByWord(service).get(place.line.current.value);
  if (word === undefined) {
    const command = whole && { described: whole, words: [], globals: true };
    return { items: operationItems(service), title: wordOf(service), ...(command ? { command } : {}) };
  }
  const operation = operationsByWord(service).get(word);
  if (!operation) return { items: [], title: wordOf(service) };
  const words = place.line.before.slice(2 + skipped);
  return commandOffer(place, `${wordOf(service)} ${word}`, operation, words, true);
}

function playgroundOffer(place: Place, group: string, verb: string | undefined): Offer {
  const commands = PLAYGROUND_COMMANDS.filter((command) => command.group === group);
  const single = commands.find((command) => command.verb === '');
  if (!single && verb === undefined) {
    const items = commands.map(
      ({ verb: text, summary }): CompletionItem => ({ text, kind: 'operation', purpose: summary }),
    );
    const whole = commands.find((candidate) => candidate.verb === place.line.current.value);
    const command = whole && { described: whole, words: [], globals: false };
    return { items, title: group, ...(command && !whole.condition ? { command } : {}) };
  }
  const command = single ?? commands.find((candidate) => candidate.verb === verb);
  if (!command) return { items: [], title: group };
  const words = place.line.before.slice(single ? 1 : 2);
  const title = `${group} ${command.verb}`.trim();
  if (command.condition) return conditionOffer(place, title, words);
  return commandOffer(place, title, command, withPositional(command, words), false);
}

/** A word without a flag counts as given. */
function withPositional(described: Described, words: readonly Token[]): readonly Token[] {
  const first = words[0];
  const positional = positionalOf(described);
  if (positional === undefined || !first || first.value.startsWith('-')) return words;
  return [{ ...first, value: flagOf(positional) }, ...words];
}

const positionalOf = (described: Described): string | undefined =>
  'positional' in described ? (described as PlaygroundCommand).positional : undefined;

function conditionOffer({ line, surroundings }: Place, title: string, words: readonly Token[]): Offer {
  const values = words.map(({ value }) => value);
  const items = conditionItems(values, surroundings);
  return { items, title, runnable: values.length > 0 || line.current.value.includes('/') };
}

function commandOffer(
  place: Place,
  title: string,
  described: Described,
  words: readonly Token[],
  globals: boolean,
): Offer {
  const { line, surroundings } = place;
  const all = [...words, ...line.after];
  const given = new Set(all.map(({ value }) => value.split('=')[0] ?? ''));
  const current = line.current.value;
  const typed = current === '' ? words : withPositional(described, [...words, line.current]);
  const command = { described, words: [...typed, ...line.after], globals };
  const flag = pendingFlag(described, words);
  if (flag !== undefined && !current.startsWith('--')) {
    return { ...valuesOf(flag, described, current, place), title, command };
  }
  const joined = /^(--[a-z-]+)=(.*)$/s.exec(current);
  if (joined) {
    const offer = valuesOf(joined[1] ?? '', described, joined[2] ?? '', place);
    return { ...offer, part: offer.part ?? joined[2] ?? '', title, command };
  }
  const positional = positionalOf(described);
  const open = positional !== undefined && words.length === 0 && current !== '' && !current.startsWith('-');
  const member = open ? described.input.members.find(({ name }) => name === positional) : undefined;
  const items = member
    ? valueItems(member.shape(), described.members[member.name], surroundings)
    : flagItems(described, given, globals && current.startsWith('-'));
  return { items, title, command };
}

/** The flag whose value comes next; undefined when a flag may come. */
function pendingFlag(described: Described, words: readonly Token[]): string | undefined {
  const { options } = argumentTable(described, []);
  for (let index = words.length - 1; index >= 0; index--) {
    const value = words[index]?.value ?? '';
    if (!value.startsWith('--')) continue;
    const option = options.find((candidate) => candidate.flag === value);
    const values = words.length - 1 - index;
    if (option?.takes === 'many') return value;
    if (option) return option.takes === 'one' && values === 0 ? value : undefined;
    return values === 0 && !value.includes('=') ? value : undefined;
  }
  return undefined;
}

/** Values for a flag; in a map or a list the part behind the last comma counts. */
function valuesOf(
  flag: string,
  described: Described,
  current: string,
  { surroundings }: Place,
): Pick<Offer, 'items' | 'part'> {
  const member = described.input.members.find(({ name }) => flagOf(name) === flag);
  if (!member) return { items: globalValueItems(flag, surroundings) ?? [] };
  const shape = member.shape();
  const items = valueItems(shape, described.members[member.name], surroundings);
  if (shape.type !== 'map') return { items };
  const part = current.slice(current.lastIndexOf(',') + 1);
  return { items: part.includes('=') ? [] : items, part };
}

/** Required flags that are not given. */
function missingOf({ command }: Offer): string[] {
  if (!command) return [];
  const given = new Set(command.words.map(({ value }) => value.split('=')[0]));
  if (['--cli-input-json', '--cli-input-yaml', '--generate-cli-skeleton'].some((flag) => given.has(flag)))
    return [];
  return command.described.input.members
    .filter(({ required, name }) => required && !given.has(flagOf(name)))
    .map(({ name }) => flagOf(name));
}

/** The last word is a flag that wants a value. */
function awaitsValue({ command }: Offer): boolean {
  const last = command?.words.at(-1)?.value;
  if (!command || last === undefined || !last.startsWith('--') || last.includes('=')) return false;
  const flag = pendingFlag(command.described, command.words);
  const member = command.described.input.members.find(({ name }) => flagOf(name) === flag);
  return flag !== undefined && member?.shape().type !== 'list';
}

function ghostOf(
  offer: Offer,
  part: string,
  items: readonly CompletionItem[],
  missing: readonly string[],
  line: Scan,
  surroundings: Surroundings,
): string {
  const first = items[0];
  if (part !== '' && first && first.kind !== 'flag' && first.text !== part && first.text.startsWith(part)) {
    return first.text.slice(part.length);
  }
  if (part !== '' && first?.kind === 'flag' && first.text !== part) {
    return first.text.startsWith(part) ? first.text.slice(part.length) : '';
  }
  const { command } = offer;
  if (!command) return '';
  const current = line.current.value;
  const flag = current === '' ? pendingFlag(command.described, command.words) : undefined;
  const awaited = flag === undefined ? undefined : memberOf(command.described, flag);
  if (awaited && command.words.at(-1)?.value === flag) {
    return exampleOf(awaited, command.described.members[awaited.name], surroundings);
  }
  const next = missing[0];
  if (next === undefined || (current.startsWith('--') && awaitsValue(offer))) return '';
  const member = memberOf(command.described, next);
  const example = member ? exampleOf(member, command.described.members[member.name], surroundings) : '';
  return `${current === '' ? '' : ' '}${next} ${example}`.trimEnd();
}

const memberOf = (described: Described, flag: string) =>
  described.input.members.find(({ name }) => flagOf(name) === flag);
