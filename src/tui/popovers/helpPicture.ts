/** Help: the keys that work where one is, from the key table, and what the marks mean. */
import {
  activeBindings,
  type Binding,
  type Circumstances,
  circumstancesOf,
  type HelpGroup,
  keyLabel,
  keyTable,
} from '../keymap.ts';
import { padEnd, width } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import { paneTitle } from '../panesOf.ts';
import type { Shell } from '../shell.ts';
import type { PopoverPicture, Room } from './drawing.ts';

const GROUPS: readonly HelpGroup[] = ['Here', 'Lesson', 'Time', 'Prompt', 'World', 'Panes', 'Program'];

/** As many pages as it takes; what the marks mean ends the last one. */
export function helpPages(theme: Theme, shell: Shell, room: Room): readonly (readonly string[])[] {
  const here = circumstancesOf(shell);
  const now: Circumstances = { ...here, state: { ...here.state, popover: undefined } };
  const inner = innerOf(room);
  const across = inner >= 96 ? 3 : inner >= 66 ? 2 : 1;
  const height = room.rows - 5;
  const pages = keyPages(theme, now, { across, each: Math.floor((inner - 3) / across), height });
  const legend = [theme.faint(theme.marks.idleLine.repeat(inner)), ...legendRows(theme, inner)];
  const last = pages.at(-1) ?? [];
  if (last.length + legend.length <= height) return [...pages.slice(0, -1), [...last, ...legend]];
  return [...pages, legend.slice(1)];
}

const innerOf = (room: Room): number => Math.min(room.columns - 4, 108) - 2;

export function helpPicture(theme: Theme, shell: Shell, page: number, room: Room): PopoverPicture {
  const { state, arena } = circumstancesOf(shell);
  const inner = innerOf(room);
  const pages = helpPages(theme, shell, room);
  const at = Math.min(page, pages.length - 1);
  const place =
    state.screen === 'home'
      ? 'the home screen'
      : state.focus === 'prompt'
        ? 'the prompt'
        : `the ${paneTitle(state.focus, arena !== undefined)} pane`;
  const hint = inner > 90 && state.screen === 'world' ? 'help NAME explains a command' : '';
  const scope = pages.length > 1 ? `page ${at + 1} of ${pages.length}` : hint;
  return {
    frame: { title: `Help: the keys of ${place}`, scope },
    rows: ['', ...(pages[at] ?? [])],
    columns: inner + 2,
  };
}

interface Grid {
  readonly across: number;
  readonly each: number;
  readonly height: number;
}

/** Groups go into columns side by side, evenly; those that find no room begin another page. */
function keyPages(theme: Theme, now: Circumstances, grid: Grid): string[][] {
  const waiting = groupsOf(theme, now, grid.each);
  const total = waiting.reduce((sum, block) => sum + block.length + 1, 0);
  const even = Math.max(...waiting.map((block) => block.length), Math.ceil(total / grid.across) + 1);
  const target = Math.min(grid.height, even);
  const pages: string[][][] = [];
  let column: string[] | undefined;
  for (const block of waiting) {
    if (column === undefined || (column.length > 0 && column.length + 1 + block.length > target)) {
      let page = pages.at(-1);
      if (page === undefined || page.length >= grid.across) {
        page = [];
        pages.push(page);
      }
      column = [];
      page.push(column);
    }
    if (column.length > 0) column.push('');
    column.push(...block);
  }
  return pages.map((columns) => {
    const height = Math.min(grid.height, Math.max(...columns.map((one) => one.length)));
    return Array.from({ length: height }, (_, row) =>
      `   ${columns.map((one) => padEnd(one[row] ?? '', grid.each)).join('')}`.replace(/ +$/, ''),
    );
  });
}

function groupsOf(theme: Theme, now: Circumstances, columns: number): readonly string[][] {
  const active = activeBindings(keyTable(), now);
  return GROUPS.flatMap((group) => {
    const bindings = active.filter((binding) => binding.group === group);
    if (bindings.length === 0) return [];
    return [[theme.strong(group), ...bindings.map((binding) => line(theme, binding, columns))]];
  });
}

function line(theme: Theme, binding: Binding, columns: number): string {
  const { marks } = theme;
  const label =
    binding.label?.(marks) ??
    binding.keys
      .slice(0, 2)
      .map((key) => keyLabel(key, marks))
      .join(' ');
  const keys = padEnd(theme.key(label), 9);
  return padEnd(`${keys} ${binding.about}`, columns - 1, marks.more);
}

function legendRows(theme: Theme, inner: number): string[] {
  const { marks } = theme;
  const entries: readonly (readonly [string, string])[] = [
    [theme.visible(marks.visible), 'visible'],
    [theme.flight(marks.inFlight), 'in flight, hidden'],
    [theme.delayed(marks.delayed), 'delayed, not yet'],
    [theme.bad(marks.dead), 'dead-lettered'],
    [theme.done(marks.done), 'done, deleted'],
    [theme.bad(marks.refused), 'refused or lost'],
    [theme.second(marks.open), 'nothing, not yet'],
    [theme.accent(marks.chosen), 'chosen'],
    [theme.done(marks.working), 'machine, working'],
    [theme.flight(marks.slow), 'slow'],
    [theme.second(marks.idle), 'idle, or closed'],
    [theme.bad(theme.bold('full')), 'a limit is reached'],
  ];
  const across = inner >= 96 ? 4 : inner >= 72 ? 3 : 2;
  const each = Math.floor((inner - 3) / across);
  const rows: string[] = [`   ${theme.strong('What the marks mean')}`];
  for (let at = 0; at < entries.length; at += across) {
    const cells = entries
      .slice(at, at + across)
      .map(([mark, says]) => padEnd(`${padEnd(mark, Math.max(2, width(mark) + 1))}${says}`, each));
    rows.push(`   ${cells.join('')}`.replace(/ +$/, ''));
  }
  return rows;
}
