/**
 * Where everything stands, from the size of the terminal alone. Pure; rows and columns are counted from 0.
 *
 * Under 60×16 nothing is drawn but an apology. 60–79 columns show one pane under a row of tabs; 80–119 stack panes;
 * from 120 the lesson is a column; from 160 the resources stay open at the right.
 */
import type { PaneId } from './panesOf.ts';
import { ASKED_PANES, panesOf } from './panesOf.ts';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A frame on the screen: the pane it shows, and the panes that share it as tabs. */
export interface Slot {
  readonly pane: PaneId;
  readonly tabs: readonly PaneId[];
  readonly rect: Rect;
}

type LayoutKind = 'small' | 'tabs' | 'stacked' | 'wide';

export interface WorldLayout {
  readonly kind: LayoutKind;
  readonly slots: readonly Slot[];
  /** Only when `kind` is `tabs`: the row that names the panes. */
  readonly tabsRow: number | undefined;
  readonly promptRow: number;
  readonly footerRow: number;
  /** Where a question takes the place of what stands between stage and prompt. */
  readonly question: Rect;
}

export interface WorldSize {
  readonly columns: number;
  readonly rows: number;
  readonly lesson: boolean;
  /** Panes in the order they were last looked at, newest first: decides which tab is on top. */
  readonly recent: readonly PaneId[];
  /** A pane that has the whole body for itself. */
  readonly full?: PaneId | undefined;
  /** Rows the lesson's strip would like between its borders. */
  readonly lessonRows?: number | undefined;
}

export const SMALLEST = { columns: 60, rows: 16 };
export const isTooSmall = (columns: number, rows: number): boolean =>
  columns < SMALLEST.columns || rows < SMALLEST.rows;

const MIDDLE: readonly PaneId[] = ['messages', 'events', 'resources', 'timeline', ...ASKED_PANES];
const STACKED: readonly PaneId[] = ['stage', ...MIDDLE];

const onTop = (tabs: readonly PaneId[], recent: readonly PaneId[]): PaneId =>
  recent.find((pane) => tabs.includes(pane)) ?? tabs[0]!;

export function layoutWorld(size: WorldSize): WorldLayout {
  const { columns, rows } = size;
  const promptRow = rows - 2;
  const footerRow = rows - 1;
  const body: Rect = { x: 0, y: 1, width: columns, height: rows - 3 };
  const base = { promptRow, footerRow, tabsRow: undefined };
  if (isTooSmall(columns, rows)) return { ...base, kind: 'small', slots: [], question: body };
  if (columns < 80) return tabbed(size, base);
  const kind = columns < 120 ? 'stacked' : 'wide';
  if (size.full !== undefined && panesOf(size.lesson).includes(size.full)) {
    return { ...base, kind, slots: [{ pane: size.full, tabs: [], rect: body }], question: body };
  }
  return kind === 'stacked' ? stacked(size, body, base) : wide(size, body, base);
}

type Base = Pick<WorldLayout, 'promptRow' | 'footerRow' | 'tabsRow'>;

function tabbed(size: WorldSize, base: Base): WorldLayout {
  const tabs = panesOf(size.lesson);
  const rect: Rect = { x: 0, y: 3, width: size.columns, height: size.rows - 5 };
  const slot: Slot = { pane: onTop(tabs, size.recent), tabs, rect };
  return { ...base, kind: 'tabs', tabsRow: 1, slots: [slot], question: rect };
}

/** Stacks slots from the top of `area`; heights must add up to its height. */
function stack(
  area: Rect,
  parts: readonly (readonly [readonly PaneId[], number])[],
  recent: readonly PaneId[],
): Slot[] {
  let y = area.y;
  return parts.map(([tabs, height]) => {
    const rect: Rect = { x: area.x, y, width: area.width, height };
    y += height;
    return { pane: onTop(tabs, recent), tabs, rect };
  });
}

function stacked(size: WorldSize, body: Rect, base: Base): WorldLayout {
  const { recent, lesson } = size;
  const low = body.height < 18;
  const most = Math.min(16, Math.floor(body.height * 0.43));
  const strip = lesson ? Math.max(low ? 5 : 7, Math.min(most, (size.lessonRows ?? 5) + 2)) : 0;
  const rest = body.height - strip;
  const roomy = rest >= 26;
  const share = roomy ? 0.28 : lesson ? 0.34 : 0.3;
  const console = Math.max(low ? 3 : 5, Math.floor(rest * share));
  const parts: (readonly [readonly PaneId[], number])[] = [];
  if (lesson) parts.push([['lesson'], strip]);
  if (roomy) {
    const middle = Math.max(7, Math.floor(rest * 0.28));
    parts.push([['stage'], rest - middle - console], [MIDDLE, middle]);
  } else {
    parts.push([STACKED, rest - console]);
  }
  parts.push([['console'], console]);
  const slots = stack(body, parts, recent);
  const question: Rect = { ...body, y: body.y + strip, height: rest };
  return { ...base, kind: 'stacked', slots, question };
}

const LESSON_COLUMNS = 38;
const DETAIL_COLUMNS = 40;

function wide(size: WorldSize, body: Rect, base: Base): WorldLayout {
  const { columns, lesson, recent } = size;
  const detail = columns >= 160 ? DETAIL_COLUMNS : 0;
  const left = lesson ? LESSON_COLUMNS + (columns >= 200 ? 8 : 0) : 0;
  const main: Rect = { ...body, x: left, width: columns - left - detail };
  const middleTabs = detail > 0 ? MIDDLE.filter((pane) => pane !== 'resources') : MIDDLE;
  const slots: Slot[] = [];
  if (lesson) slots.push({ pane: 'lesson', tabs: ['lesson'], rect: { ...body, width: left } });
  const question: Rect = lesson
    ? lessonMain(main, middleTabs, recent, slots)
    : sandboxMain(main, middleTabs, recent, slots);
  if (detail > 0) {
    slots.push({
      pane: 'resources',
      tabs: ['resources'],
      rect: { ...body, x: columns - detail, width: detail },
    });
  }
  return { ...base, kind: 'wide', slots, question };
}

/** Stage above, the middle pane, Console below. */
function lessonMain(main: Rect, tabs: readonly PaneId[], recent: readonly PaneId[], slots: Slot[]): Rect {
  if (main.height < 24) {
    const console = Math.max(4, Math.floor(main.height * 0.36));
    const above: readonly PaneId[] = ['stage', ...tabs];
    slots.push(
      ...stack(
        main,
        [
          [above, main.height - console],
          [['console'], console],
        ],
        recent,
      ),
    );
    return main;
  }
  const stage = Math.max(10, Math.floor(main.height * 0.36));
  const console = Math.max(7, Math.floor((main.height - stage) * 0.52));
  const middle = main.height - stage - console;
  slots.push(
    ...stack(
      main,
      [
        [['stage'], stage],
        [tabs, middle],
        [['console'], console],
      ],
      recent,
    ),
  );
  return { ...main, y: main.y + stage, height: middle + console };
}

/** Stage above; under it the middle pane and the Console side by side. */
function sandboxMain(main: Rect, tabs: readonly PaneId[], recent: readonly PaneId[], slots: Slot[]): Rect {
  const below = Math.max(6, Math.floor(main.height * 0.4));
  const stage = main.height - below;
  const middle = Math.max(56, Math.floor(main.width * 0.46));
  const y = main.y + stage;
  slots.push({ pane: 'stage', tabs: ['stage'], rect: { ...main, height: stage } });
  slots.push({ pane: onTop(tabs, recent), tabs, rect: { x: main.x, y, width: middle, height: below } });
  const rect: Rect = { x: main.x + middle, y, width: main.width - middle, height: below };
  slots.push({ pane: 'console', tabs: ['console'], rect });
  return { ...main, y, height: below };
}

export interface HomeLayout {
  readonly kind: LayoutKind;
  readonly learn: Rect;
  /** Undefined where there is no room. */
  readonly lesson: Rect | undefined;
  readonly continues: Rect | undefined;
  readonly facts: Rect | undefined;
  readonly footerRow: number;
}

export function layoutHome(columns: number, rows: number): HomeLayout {
  const footerRow = rows - 1;
  const body: Rect = { x: 0, y: 1, width: columns, height: rows - 2 };
  if (isTooSmall(columns, rows)) {
    return {
      kind: 'small',
      learn: body,
      lesson: undefined,
      continues: undefined,
      facts: undefined,
      footerRow,
    };
  }
  if (columns < 80) {
    const lesson = Math.min(9, Math.floor(body.height * 0.45));
    return {
      kind: 'tabs',
      learn: { ...body, height: body.height - lesson },
      lesson: { ...body, y: body.y + body.height - lesson, height: lesson },
      continues: undefined,
      facts: undefined,
      footerRow,
    };
  }
  const left = Math.max(42, Math.min(60, Math.floor(columns * 0.4)));
  const side: Rect = { ...body, x: left, width: columns - left };
  const learn: Rect = { ...body, width: left };
  if (rows < 34) {
    // What was begun last has its line wherever the squares of the facts leave room for it.
    const continues = body.height >= 22 ? 3 : 0;
    const facts = continues > 0 ? 9 : Math.max(3, Math.min(9, body.height - 11));
    const lesson = body.height - continues - facts;
    return {
      kind: columns < 120 ? 'stacked' : 'wide',
      learn,
      lesson: { ...side, height: lesson },
      continues: continues === 0 ? undefined : { ...side, y: side.y + lesson, height: continues },
      facts: { ...side, y: side.y + lesson + continues, height: facts },
      footerRow,
    };
  }
  const continues = 6;
  const facts = Math.min(14, Math.floor(body.height * 0.38));
  const lesson = body.height - continues - facts;
  return {
    kind: columns < 120 ? 'stacked' : 'wide',
    learn,
    lesson: { ...side, height: lesson },
    continues: { ...side, y: side.y + lesson, height: continues },
    facts: { ...side, y: side.y + lesson + continues, height: facts },
    footerRow,
  };
}
