/** What may stand at a place of the line: words, flags and values, with a few words about each. */
import type { MemberRule } from '../contract/operation.ts';
import type { Member, Shape } from '../contract/shape.ts';
import { eventTypes, stateNamed, VOCABULARY } from '../projection/vocabulary.ts';
import { argumentTable, type Described } from './cliArguments.ts';
import type { Surroundings } from './console.ts';
import { GLOBAL_OPTIONS } from './globalOptions.ts';
import { rangeWord, typeWord } from './help.ts';
import { flagOf } from './kebab.ts';
import { quoted } from './quoted.ts';

type CompletionKind = 'service' | 'group' | 'operation' | 'flag' | 'value' | 'resource' | 'variable' | 'word';

export interface CompletionItem {
  /** What is put in. */
  readonly text: string;
  /** What is shown instead where `text` is long: `a1f3 hello #1` for a receipt handle. */
  readonly label?: string;
  readonly kind: CompletionKind;
  /** Range or type: `0–20 s`, `TEXT`. */
  readonly range?: string;
  readonly purpose?: string;
  readonly required?: boolean;
}

/** Flags that are not given yet, required ones first; those of every command last. */
export function flagItems(
  operation: Described,
  given: ReadonlySet<string>,
  withGlobals: boolean,
): CompletionItem[] {
  const table = argumentTable(operation, []);
  const own = [...table.members.values()]
    .filter(
      (member) =>
        !given.has(flagOf(member.name)) && operation.members[member.name]?.notModelled === undefined,
    )
    .map((member) => memberItem(member, operation.members[member.name]))
    .sort((a, b) => rankOf(a) - rankOf(b));
  if (!withGlobals) return own;
  const named = new Set([...table.members.values()].map(({ name }) => flagOf(name)));
  const special = table.options
    .filter(({ flag }) => !named.has(flag) && !given.has(flag) && !flag.startsWith('--no-'))
    .map(({ flag }): CompletionItem => ({ text: flag, kind: 'flag', purpose: SPECIAL[flag] ?? 'paging' }));
  const globals = GLOBAL_OPTIONS.filter(({ flag, refused }) => refused === undefined && !given.has(flag)).map(
    (option): CompletionItem => ({
      text: option.flag,
      kind: 'flag',
      purpose: option.purpose,
      ...(option.choices ? { range: option.choices.join(' ') } : {}),
    }),
  );
  return [...own, ...special, ...globals];
}

/** Required ones first, names that are only kept for old programs last. */
const rankOf = (item: CompletionItem): number =>
  item.required === true ? 0 : /^older name/i.test(item.purpose ?? '') ? 2 : 1;

const SPECIAL: Readonly<Record<string, string>> = {
  '--cli-input-json': 'the whole input as JSON',
  '--cli-input-yaml': 'the whole input as YAML',
  '--generate-cli-skeleton': 'an example of the input',
  '--starting-token': 'go on from a NextToken',
  '--page-size': 'how many a call',
  '--max-items': 'how many at most',
};

function memberItem(member: Member, rule: MemberRule | undefined): CompletionItem {
  const range = rangeWord(rule) ?? typeWord(member.shape()).trim();
  return {
    text: flagOf(member.name),
    kind: 'flag',
    ...(range === '' ? {} : { range }),
    ...(rule?.purpose === undefined ? {} : { purpose: rule.purpose }),
    ...(member.required ? { required: true } : {}),
  };
}

/** Values of a member: names of the world, AWS's own words. */
export function valueItems(
  shape: Shape,
  rule: MemberRule | undefined,
  surroundings: Surroundings,
): CompletionItem[] {
  if (rule?.refersTo !== undefined) {
    return surroundings.candidates(rule.refersTo).map(({ value, about }) => ({
      text: quoted(value),
      kind: 'resource',
      ...(rule.refersTo === 'receiptHandle' || rule.refersTo === 'taskHandle' ? { label: about } : {}),
      purpose: about,
    }));
  }
  const values = rule?.values ?? (shape.type === 'string' ? shape.values : undefined) ?? [];
  return values.map((value) => ({ text: shape.type === 'map' ? `${value}=` : quoted(value), kind: 'value' }));
}

/** Values of a flag of every command. */
export function globalValueItems(flag: string, surroundings: Surroundings): CompletionItem[] | undefined {
  const option = GLOBAL_OPTIONS.find((candidate) => candidate.flag === flag);
  if (!option || option.takes === 'none') return undefined;
  const own = { '--region': [surroundings.region], '--profile': [...surroundings.profiles.keys()] }[flag];
  return (option.choices ?? own ?? []).map((text) => ({ text, kind: 'value' }));
}

/** The next word of a condition: a resource or an event, then its fields. */
export function conditionItems(words: readonly string[], surroundings: Surroundings): CompletionItem[] {
  const first = words[0];
  if (first === undefined) {
    return [
      ...surroundings
        .candidates('resource')
        .map(
          ({ value, about }): CompletionItem => ({ text: quoted(value), kind: 'resource', purpose: about }),
        ),
      ...eventTypes().map((text): CompletionItem => ({ text, kind: 'word', purpose: aboutEvent(text) })),
    ];
  }
  const event = VOCABULARY.events.find(({ name }) => name === first);
  const fields = event?.fields ?? stateNamed(first)?.fields ?? {};
  const items = Object.entries(fields)
    .filter(([name]) => !name.includes('*'))
    .map(([name, field]): CompletionItem => ({ text: `${name}=`, kind: 'word', purpose: field.about }));
  const rest: CompletionItem[] = event
    ? [
        { text: 'count>=', kind: 'word', purpose: 'how often' },
        { text: 'within', kind: 'word', purpose: 'so soon: within 60s' },
      ]
    : [
        { text: 'exists', kind: 'word', purpose: 'it is there' },
        { text: 'gone', kind: 'word', purpose: 'it is not' },
        { text: 'for', kind: 'word', purpose: 'so long without a break: for 60s' },
      ];
  return [...items, ...rest];
}

const aboutEvent = (name: string): string =>
  VOCABULARY.events.find((event) => event.name === name)?.about ?? '';

/** An example of a value, for the ghost text; empty when there is none worth taking. */
export function exampleOf(member: Member, rule: MemberRule | undefined, surroundings: Surroundings): string {
  const shape = member.shape();
  if (rule?.refersTo !== undefined) {
    const first = surroundings.candidates(rule.refersTo)[0]?.value;
    return first === undefined ? (EXAMPLES[rule.refersTo] ?? '') : quoted(first);
  }
  const value = rule?.values?.[0];
  if (value !== undefined) return shape.type === 'map' ? '' : quoted(value);
  if (shape.type === 'integer' || shape.type === 'long') return String(rule?.default ?? rule?.min ?? 1);
  return EXAMPLES[member.name] ?? '';
}

const EXAMPLES: Readonly<Record<string, string>> = {
  MessageBody: "'hello'",
  QueueName: 'orders',
  queueUrl: 'orders',
  queueName: 'orders',
  Entries: "Id=1,MessageBody='hello'",
  name: 'web',
  rate: '12/s',
  to: 'queue/orders',
  from: 'queue/orders',
  resource: 'queue/orders',
  app: 'web',
  for: '30s',
  factor: '10',
};
