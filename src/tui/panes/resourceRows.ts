/** The Resources pane: what there is, and the details of what is selected. */
import type { ResourceView } from '../../contract/view.ts';
import { cardCount, exact, instantShort, rate, span } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { cursorRow, windowOf } from '../paint/rows.ts';
import { cut, padEnd, padStart, spread, width, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import { empty } from './messageRows.ts';

export interface ResourcesModel {
  readonly resources: readonly ResourceView[];
  readonly selected: string | undefined;
  readonly find: string | undefined;
  readonly cursor: number | undefined;
  /** Letters type: keys of the panes need Tab first. */
  readonly typing: boolean;
}

export function resourceRows(theme: Theme, model: ResourcesModel, columns: number, height: number): string[] {
  const query = model.find?.toLowerCase() ?? '';
  const resources = model.resources.filter((resource) => resource.id.toLowerCase().includes(query));
  if (resources.length === 0) {
    return empty(theme, 'Queues and apps are listed here.', columns, [
      [model.typing ? 'tab n' : 'n', 'a new queue or app, from a form'],
    ]);
  }
  const details = height >= 12;
  const listHeight = details ? Math.min(resources.length, Math.max(3, Math.floor(height * 0.4))) : height;
  const chosen = Math.max(
    0,
    model.cursor ?? resources.findIndex((resource) => resource.id === model.selected),
  );
  const cursor = Math.min(chosen, resources.length - 1);
  const { first, end } = windowOf(resources.length, listHeight, cursor, 0);
  const shown = resources.slice(first, end);
  const kinds = Math.max(...resources.map((resource) => shortKind(resource).length));
  const kindWidth = Math.max(KIND.min, Math.min(kinds, KIND.max, Math.floor(columns / 3)));
  const rows = shown.map((resource, index) =>
    cursorRow(theme, listRow(theme, resource, kindWidth, columns - 1), first + index === cursor, columns),
  );
  if (!details) return rows;
  const rule = theme.faint(theme.marks.idleLine.repeat(columns - 1));
  return [...rows, ` ${rule}`, ...detailRows(theme, resources[cursor], columns)].slice(0, height);
}

/** Columns for what a resource is: a bus and its rule would look alike when cut short. */
const KIND = { min: 5, max: 16 };

function listRow(theme: Theme, resource: ResourceView, kindWidth: number, columns: number): string {
  const ascii = theme.marks.ascii;
  const kind = theme.second(padEnd(shortKind(resource), kindWidth));
  const name = theme.strong(plain(resource.name, { ascii, limit: 80 }));
  return spread(`${kind} ${name}`, stateOf(theme, resource), columns - 1, theme.marks.more);
}

/** Of an app what it does, for its kind is seen from that. */
const DOES: Readonly<Record<string, string>> = { producer: 'sends', consumer: 'takes', client: 'calls' };
const shortKind = ({ title }: ResourceView): string => DOES[title] ?? title;

function stateOf(theme: Theme, resource: ResourceView): string {
  const { marks } = theme;
  if (resource.full !== undefined) return theme.bad(theme.bold('full'));
  if (resource.stock !== undefined) {
    const { visible, inFlight, delayed } = resource.stock;
    const parts = [`${theme.visible(marks.visible)} ${cardCount(visible)}`];
    if (inFlight > 0) parts.push(`${theme.flight(marks.inFlight)} ${cardCount(inFlight)}`);
    if (delayed > 0) parts.push(`${theme.delayed(marks.delayed)} ${cardCount(delayed)}`);
    return parts.join('  ');
  }
  if (resource.stopped === true) return theme.second('stopped');
  const working = (resource.workers ?? []).filter((worker) => worker.state === 'working').length;
  if (resource.workers !== undefined && resource.workers.length > 0) {
    return theme.second(`${working} of ${resource.workers.length} at work`);
  }
  return theme.second((resource.notes ?? [])[0] ?? '');
}

function detailRows(theme: Theme, resource: ResourceView | undefined, columns: number): string[] {
  if (resource === undefined) return [];
  const { marks } = theme;
  const rows = [
    ` ${theme.second(resource.title)} ${theme.strong(plain(resource.name, { ascii: marks.ascii }))}`,
  ];
  const pair = (label: string, value: string): void => {
    const room = columns - 3 - width(label);
    if (width(value) <= room) rows.push(` ${theme.second(label)} ${padStart(value, room)}`);
    else
      rows.push(
        ` ${theme.second(cut(label, columns - 2))}`,
        ...wrap(value, columns - 4).map((row) => `   ${row}`),
      );
  };
  if (resource.scope !== undefined) pair(resource.scope.label, resource.scope.value);
  if (resource.rates !== undefined) {
    pair('in', rate(resource.rates.in));
    pair('out', rate(resource.rates.out));
    if (resource.rates.refused > 0) pair('refused', theme.bad(rate(resource.rates.refused)));
  }
  for (const note of resource.notes ?? []) pair('about', plain(note, { ascii: marks.ascii, limit: 100 }));
  for (const [name, value] of Object.entries(resource.fields)) {
    const shown = shownValue(name, value);
    if (shown !== undefined) pair(words(name), plain(shown, { ascii: marks.ascii, limit: 200 }));
  }
  const attributes = resource.fields.attributes;
  if (typeof attributes === 'object' && attributes !== null) {
    for (const [name, value] of Object.entries(attributes)) {
      if (SAID_ABOVE.test(name)) continue;
      pair(name, plain(typeof value === 'object' ? JSON.stringify(value) : String(value), { limit: 200 }));
    }
  }
  return rows;
}

/** Figures of AWS's that stand above in our words. */
const SAID_ABOVE = /^(Approximate|CreatedTimestamp|LastModifiedTimestamp)/;

function shownValue(name: string, value: unknown): string | undefined {
  if (typeof value === 'number' && name.endsWith('At')) return instantShort(value);
  if (typeof value === 'number')
    return name.endsWith('Ms') ? span(value) : exact(Math.round(value * 10) / 10);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : undefined;
}

/** `oldestAgeMs` as "oldest age". */
const words = (name: string): string =>
  name
    .replace(/Ms$/, '')
    .replace(/PerSecond$/, ' a second')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
