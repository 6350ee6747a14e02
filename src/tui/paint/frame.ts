/** The lines of a pane's frame, as text: top with number, title, tabs and scope; bottom with keys. */
import { plain } from './plain.ts';
import { cut, spread, width } from './text.ts';
import type { Paint, Theme } from './theme.ts';

export interface PaneTab {
  /** The key that jumps to it. */
  readonly jump?: string;
  readonly title: string;
}

export interface FrameProps {
  /** The key that jumps to it. */
  readonly jump?: string;
  readonly title: string;
  /** The other panes that stand behind this one. */
  readonly tabs?: readonly PaneTab[];
  /** The one figure or name that scopes the pane, at the right end; may be painted already. */
  readonly scope?: string;
  /** The scope tells of what is out of view: tabs lose their names before it goes. */
  readonly scopeStays?: boolean;
  readonly focused?: boolean;
  /** A refusal is shown here: the border is bad. */
  readonly bad?: boolean;
  /** A popover: accent border whatever has the keys. */
  readonly popover?: boolean;
  /** Keys in the bottom line, painted already. */
  readonly keys?: string;
}

export function borderPaint(theme: Theme, props: Pick<FrameProps, 'focused' | 'bad' | 'popover'>): Paint {
  if (props.bad === true) return theme.bad;
  return props.focused === true || props.popover === true ? theme.accent : theme.faint;
}

function titlePart(theme: Theme, props: FrameProps, border: Paint): string {
  const { marks } = theme;
  const jump = props.jump === undefined ? '' : `${props.jump} `;
  const title = plain(props.title, { ascii: marks.ascii });
  if (props.focused === true) {
    return border(marks.focusLeft) + theme.key(jump + title) + border(marks.focusRight);
  }
  return ` ${theme.faint(jump)}${props.popover === true ? theme.key(title) : theme.normal(title)} `;
}

/** What may stand at the right end, the fullest first: a shorter scope, none, then tabs that are keys alone. */
function rightParts(theme: Theme, props: FrameProps): string[] {
  const all = props.tabs ?? [];
  const tabs = all.map((tab) => tabPart(theme, tab, true));
  const scope = props.scope === undefined || props.scope === '' ? [] : [theme.second(props.scope)];
  const brief = (props.scope ?? '').split(', ')[0] ?? '';
  const folded = all.map((_, lost) =>
    all.map((tab, index) => tabPart(theme, tab, index < all.length - 1 - lost)),
  );
  const choices = [
    [...tabs, ...scope],
    ...(props.scopeStays === true ? folded.map((few) => [...few, ...scope]) : []),
    [...tabs, ...(brief === '' ? [] : [theme.second(brief)])],
    tabs,
    ...folded,
    ...(all.length > 0 ? [] : [scope]),
  ];
  return choices.filter((parts) => parts.length > 0).map((parts) => ` ${parts.join('  ')} `);
}

function tabPart(theme: Theme, tab: PaneTab, named: boolean): string {
  if (tab.jump === undefined) return theme.second(tab.title);
  return named ? `${theme.faint(tab.jump)} ${theme.second(tab.title)}` : theme.second(tab.jump);
}

/** `╭ 2 Stage ───────── path of a1f3 ╮`, exactly `columns` wide; the right part gives way first. */
export function frameTop(theme: Theme, props: FrameProps, columns: number): string {
  const { marks } = theme;
  const border = borderPaint(theme, props);
  const room = columns - 2;
  const title = cut(titlePart(theme, props, border), room, marks.more);
  const left = room - width(title);
  const choices = rightParts(theme, props);
  const fitting = choices.find((right) => width(right) + 1 <= left);
  const narrowed =
    choices.length > 0 && left > 8 ? ` ${cut((choices[0] ?? '').trim(), left - 3, marks.more)} ` : '';
  const shown = fitting ?? narrowed;
  const line = marks.line.repeat(Math.max(0, left - width(shown)));
  return border(marks.topLeft) + title + border(line) + shown + border(marks.topRight);
}

/** `╰──────── ↑↓ choose  esc close ─╯`, exactly `columns` wide. */
export function frameBottom(theme: Theme, props: FrameProps, columns: number): string {
  const { marks } = theme;
  const border = borderPaint(theme, props);
  const room = columns - 2;
  const keys = props.keys === undefined || width(props.keys) + 3 > room ? '' : ` ${props.keys} `;
  if (keys === '') return border(marks.bottomLeft + marks.line.repeat(Math.max(0, room)) + marks.bottomRight);
  const line = marks.line.repeat(Math.max(0, room - width(keys) - 1));
  return border(marks.bottomLeft + line) + keys + border(marks.line + marks.bottomRight);
}

export interface KeyHint {
  readonly key: string;
  readonly label: string;
}

/** Keys in one row, most useful first, cut from the right; `last` always stays, at the right end. */
export function keyRow(theme: Theme, keys: readonly KeyHint[], columns: number, last?: KeyHint): string {
  const paint = (hint: KeyHint): string => `${theme.key(hint.key)} ${theme.second(hint.label)}`;
  const cells = (hint: KeyHint): number => width(hint.key) + 1 + width(hint.label);
  const gap = columns < 100 ? 2 : 3;
  const end = last === undefined ? '' : paint(last);
  let room = columns - (last === undefined ? 0 : cells(last) + gap);
  const shown: string[] = [];
  for (const hint of keys) {
    const needs = cells(hint) + (shown.length === 0 ? 0 : gap);
    if (needs > room) break;
    room -= needs;
    shown.push(paint(hint));
  }
  return spread(shown.join(' '.repeat(gap)), end, columns);
}

/** A whole popover as rows of exactly `columns` cells on its own ground. */
export function popoverLines(
  theme: Theme,
  props: FrameProps,
  rows: readonly string[],
  columns: number,
): string[] {
  const frame: FrameProps = { ...props, popover: true };
  const border = borderPaint(theme, frame);
  const { marks } = theme;
  const inside = columns - 2;
  const body = rows.map((row) => {
    const text = cut(row, inside, marks.more);
    return border(marks.column) + text + ' '.repeat(Math.max(0, inside - width(text))) + border(marks.column);
  });
  return [frameTop(theme, frame, columns), ...body, frameBottom(theme, frame, columns)].map((line) =>
    theme.on.pop(line),
  );
}
