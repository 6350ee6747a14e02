/** The facts of the study guide as a list by service, and all that is known of the chosen one. */
import type { FactEntry, FactStep } from '../../lessons/factSheet.ts';
import type { FactList } from '../factList.ts';
import { count } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { cursorRow, windowOf } from '../paint/rows.ts';
import { cut, padEnd, spread, width, wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import type { PaneSize } from './painter.ts';

/** From this width on, the chosen fact stands beside the list. */
const BESIDE_FROM = 96;
const PROSE = 76;

export function factSheetRows(theme: Theme, list: FactList, size: PaneSize): string[] {
  const fact = list.facts[list.chosen];
  if (fact === undefined) return [];
  if (size.columns >= BESIDE_FROM) return beside(theme, list, fact, size);
  const detail = detailRows(theme, fact, size.columns - 1);
  const least = Math.min(4, size.rows);
  const room = Math.max(0, size.rows - least - 1);
  const shown = detail.slice(0, Math.min(room, Math.max(6, Math.floor(size.rows * 0.55))));
  const rows = listRows(theme, list, { columns: size.columns, rows: size.rows - shown.length - 1 });
  const rule = ` ${theme.faint(theme.marks.idleLine.repeat(Math.max(0, size.columns - 2)))}`;
  return shown.length === 0 ? rows : [...rows, rule, ...shown.map((row) => ` ${row}`)];
}

function beside(theme: Theme, list: FactList, fact: FactEntry, size: PaneSize): string[] {
  const left = Math.floor(size.columns * 0.54);
  const right = Math.min(PROSE + 2, size.columns - left - 4);
  const rows = listRows(theme, list, { columns: left, rows: size.rows });
  const detail = detailRows(theme, fact, right);
  const rule = theme.faint(theme.marks.column);
  return Array.from({ length: size.rows }, (_, index) =>
    `${padEnd(rows[index] ?? '', left)} ${rule} ${detail[index] ?? ''}`.trimEnd(),
  );
}

const shown = (theme: Theme, value: string): string => plain(value, { ascii: theme.marks.ascii, limit: 400 });

/** `■` seen, `▣` seen and missed when asked last, `□` not seen yet. */
function markOf(theme: Theme, { seen, missedLast }: FactEntry): string {
  const { marks } = theme;
  if (missedLast) return theme.flight(marks.slow);
  return seen === undefined ? theme.second(marks.idle) : theme.done(marks.working);
}

/** A heading a service, one row a fact; the chosen fact's service begins at the top while there is room. */
function listRows(theme: Theme, { groups, facts, chosen }: FactList, { columns, rows }: PaneSize): string[] {
  const lines: string[] = [];
  let cursor = 0;
  let top = 0;
  for (const group of groups) {
    const start = lines.length;
    lines.push(` ${heading(theme, group.service, group.facts, columns - 2)}`);
    for (const fact of group.facts) {
      const isChosen = fact === facts[chosen];
      if (isChosen) [cursor, top] = [lines.length, start];
      lines.push(cursorRow(theme, factRow(theme, fact, columns - 2), isChosen, columns));
    }
  }
  const { first, end } = windowOf(lines.length, rows, cursor, top);
  return lines.slice(first, end);
}

function heading(theme: Theme, service: string, facts: readonly FactEntry[], columns: number): string {
  const seen = facts.filter((fact) => fact.seen !== undefined).length;
  const asked = facts.filter((fact) => fact.asked > 0).length;
  const missed = facts.filter((fact) => fact.missedLast).length;
  const figure = (value: number, word: string): string =>
    `${value > 0 ? theme.strong(count(value)) : theme.second('0')} ${theme.second(word)}`;
  const all = [
    figure(seen, `of ${facts.length} seen`),
    figure(asked, 'asked'),
    missed > 0 ? theme.flight(`${count(missed)} missed`) : theme.second('0 missed'),
  ].join('  ');
  return spread(theme.bold(service), all, columns, theme.marks.more);
}

function factRow(theme: Theme, fact: FactEntry, columns: number): string {
  const { marks } = theme;
  const id = padEnd(fact.id, 7);
  const lead = `${markOf(theme, fact)} ${fact.seen === undefined ? theme.second(id) : theme.strong(id)} `;
  const asked = fact.missedLast
    ? theme.flight('missed')
    : fact.asked > 0
      ? theme.second(`asked ${fact.asked}${marks.times}`)
      : '';
  const room = columns - width(lead) - (asked === '' ? 0 : width(asked) + 1);
  const statement = cut(shown(theme, fact.statement), room, marks.more);
  return spread(
    lead + (fact.seen === undefined ? theme.second(statement) : statement),
    asked,
    columns,
    marks.more,
  );
}

/** The statement, then what is known, one matter a line; the most useful first, for there may be no room for all. */
function detailRows(theme: Theme, fact: FactEntry, columns: number): string[] {
  const prose = Math.min(PROSE, columns);
  const rows = wrap(shown(theme, fact.statement), prose).map((row) => theme.strong(row));
  const pair = (label: string, text: string, paint = theme.normal): void => {
    wrap(text, Math.max(10, prose - LABEL)).forEach((row, index) => {
      rows.push(`${theme.second(padEnd(index === 0 ? label : '', LABEL))}${paint(row)}`);
    });
  };
  for (const [index, figure] of fact.figures.entries()) {
    const name = figure.name === '' ? '' : `${figure.name} `;
    const today = figure.today === undefined ? theme.second('the same') : theme.flight(figure.today);
    const line = `${name}${theme.visible(figure.guide)}  ${theme.second('today')} ${today}`;
    rows.push(`${theme.second(padEnd(index === 0 ? 'guide' : '', LABEL))}${line}`);
  }
  const { seen } = fact;
  if (seen === undefined) pair('seen', 'not yet', theme.second);
  else
    pair(
      'seen',
      `${seen.when.slice(0, 10)}${seen.step === undefined ? '' : `, ${placeOf(theme, seen.step)}`}`,
    );
  for (const [index, step] of fact.steps.entries()) {
    pair(index === 0 ? 'shown in' : '', placeOf(theme, step));
  }
  if (fact.steps.length === 0) pair('shown in', 'no lesson yet', theme.second);
  pair('asked', askedWords(fact), fact.missedLast ? theme.flight : theme.second);
  if (fact.demonstrate !== '') pair('to see it', shown(theme, fact.demonstrate), theme.second);
  pair('kind', fact.kind, theme.second);
  return rows;
}

const LABEL = 10;

const placeOf = (theme: Theme, { lessonTitle, title, index }: FactStep): string =>
  shown(theme, `${lessonTitle}, step ${index + 1}: ${title}`);

function askedWords({ asked, missed, missedLast }: FactEntry): string {
  if (asked === 0) return 'never';
  const times = asked === 1 ? 'once' : `${asked} times`;
  if (missed === 0) return `${times}, right each time`;
  return `${times}, missed ${missed === 1 ? 'once' : `${missed} times`}${missedLast ? ', the last one too' : ''}`;
}
