/** All states and events that conditions may name, to look up, to check against and to print. */

import { EVENTS } from './vocabularyEvents.ts';
import type { Entry, Field, Fields } from './vocabularyFields.ts';
import { STATES } from './vocabularyStates.ts';

export interface Vocabulary {
  readonly states: readonly Entry[];
  readonly events: readonly Entry[];
}

export const VOCABULARY: Vocabulary = { states: STATES, events: EVENTS };

const stateByKind = new Map(STATES.map((state) => [state.name.split('/')[0]!, state]));
const eventByType = new Map(EVENTS.map((event) => [event.name, event]));

/** The state that `queue/orders` is an example of, if its form fits. */
export function stateNamed(name: string): Entry | undefined {
  const [kind, ...after] = name.split('/');
  // Names of log groups begin with a slash: `loggroup//aws/lambda/work`.
  const rest = kind === 'loggroup' && after[0] === '' ? after.slice(1) : after;
  const state = stateByKind.get(kind!);
  if (state === undefined) return undefined;
  const parts = state.name.split('/').length - 1;
  if (parts === 0) return rest.length === 0 ? state : undefined;
  // What goes on after the last part belongs to it: an account's queue, the URL of an endpoint.
  const named = rest.length >= parts && rest.slice(0, parts).every((part) => part !== '');
  return named && (parts > 1 || rest.at(-1) !== '') ? state : undefined;
}

export const eventNamed = (type: string): Entry | undefined => eventByType.get(type);
export const stateKinds = (): readonly string[] => [...stateByKind.keys()];
export const stateOfKind = (kind: string): Entry | undefined => stateByKind.get(kind);
export const eventTypes = (): readonly string[] => [...eventByType.keys()];

/** The field that a path leads to: itself, or one that stands for all below it. */
export function fieldAt(fields: Fields, path: string): Field | undefined {
  if (Object.hasOwn(fields, path)) return fields[path];
  const first = path.split(/[.[]/, 1)[0]!;
  if (Object.hasOwn(fields, first) && fields[first]!.type === 'list') return fields[first];
  return path === first ? undefined : fields[`${first}.*`];
}

const TYPE_WORDS: Readonly<Record<Field['type'], string>> = {
  number: 'number',
  milliseconds: 'milliseconds',
  bytes: 'bytes',
  text: 'text',
  flag: 'true or false',
  list: 'list',
  object: 'paths below',
};

/** `lessons vocabulary`: everything in a plain page. */
export function vocabularyText(vocabulary: Vocabulary = VOCABULARY): string {
  const lines: string[] = [];
  const section = (title: string, entries: readonly Entry[]): void => {
    lines.push(title, '');
    for (const { name, about, fields } of entries) {
      lines.push(`${name} — ${about}`);
      for (const [path, field] of Object.entries(fields)) {
        const kind = field.values === undefined ? TYPE_WORDS[field.type] : field.values.join(' | ');
        lines.push(`  ${path.padEnd(20)} ${kind} — ${field.about}`);
      }
      lines.push('');
    }
  };
  section('STATES', vocabulary.states);
  section('EVENTS', vocabulary.events);
  return lines.join('\n');
}
