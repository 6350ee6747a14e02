/** Help: the keys that work where one is, from the key table, and what the marks mean. */
import { keyTable } from '../bindings/table.ts';
import {
  activeBindings,
  type Binding,
  type Circumstances,
  circumstancesOf,
  type HelpGroup,
  keyLabel,
} from '../keymap.ts';
import { padEnd, width } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';
import { PANE_TITLES } from '../panesOf.ts';
import type { Shell } from '../shell.ts';
import type { PopoverPicture, Room } from './drawing.ts';

const GROUPS: readonly HelpGroup[] = ['Here', 'Lesson', 'Time', 'Prompt', 'World', 'Panes', 'Program'];

export function helpPicture(theme: Theme, shell: Shell, room: Room): PopoverPicture {
  const { state, session, lesson } = circumstancesOf(shell);
  const now: Circumstances = { state: { ...state, popover: undefined }, session, lesson };
  const columns = Math.min(room.columns - 4, 108);
  const inner = columns - 2;
  const across = inner >= 96 ? 3 : inner >= 66 ? 2 : 1;
  const each = Math.floor((inner - 3) / across);
  const legend = legendRows(theme, inner);
  const height = room.rows - 4;
  const roomy = height >= 20;
  const bodyHeight = roomy ? height - legend.length - 3 : height - 1;
  const body = columnsOf(theme, now, { across, each, height: Math.min(bodyHeight, 17) });
  const place =
    state.screen === 'home'
      ? 'the home screen'
      : state.focus === 'prompt'
        ? 'the prompt'
        : `the ${PANE_TITLES[state.focus]} pane`;
  const rule = theme.faint(theme.marks.idleLine.repeat(inner));
  const rows = roomy ? ['', ...body, rule, ...legend] : ['', ...body];
  const scope = inner > 90 && state.screen === 'world' ? 'help NAME explains a command' : '';
  return { frame: { title: `Help: the keys of ${place}`, scope }, rows, columns };
}

interface Grid {
  readonly across: number;
  readonly each: number;
  readonly height: number;
}

function columnsOf(theme: Theme, now: Circumstances, grid: Grid): string[] {
  const blocks = groupsOf(theme, now, grid.each);
  const columns: string[][] = Array.from({ length: grid.across }, () => []);
  const total = blocks.reduce((sum, block) => sum + block.length + 1, 0);
  const target = Math.min(grid.height, Math.ceil(total / grid.across) + 1);
  let at = 0;
  for (const block of blocks) {
    const column = columns[at]!;
    if (column.length > 0 && column.length + block.length > target && at < grid.across - 1) at++;
    const into = columns[at]!;
    if (into.length > 0) into.push('');
    into.push(...block);
  }
  const height = Math.min(grid.height, Math.max(...columns.map((column) => column.length)));
  return Array.from({ length: height }, (_, row) =>
    `   ${columns.map((column) => padEnd(column[row] ?? '', grid.each)).join('')}`.replace(/ +$/, ''),
  );
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
