/**
 * Marks of the screen: each is one cell wide in both sets and never an emoji. Circles are messages, squares are
 * machines, boxes hold things, lines carry them.
 */
export interface Marks {
  readonly ascii: boolean;
  /** Messages. */
  readonly visible: string;
  readonly inFlight: string;
  readonly delayed: string;
  readonly dead: string;
  readonly done: string;
  readonly refused: string;
  /** Machines, facts, shards. */
  readonly working: string;
  readonly slow: string;
  readonly idle: string;
  readonly chosen: string;
  readonly open: string;
  readonly cursor: string;
  readonly right: string;
  readonly left: string;
  readonly up: string;
  readonly down: string;
  readonly paused: string;
  /** Borders and wires. */
  readonly line: string;
  readonly column: string;
  readonly topLeft: string;
  readonly topRight: string;
  readonly bottomLeft: string;
  readonly bottomRight: string;
  /** `├ ┤ ┬ ┴ ┼`: to the right, to the left, downwards, upwards, all four. */
  readonly teeRight: string;
  readonly teeLeft: string;
  readonly teeDown: string;
  readonly teeUp: string;
  readonly cross: string;
  readonly focusLeft: string;
  readonly focusRight: string;
  readonly idleLine: string;
  readonly lifeline: string;
  readonly future: string;
  readonly cursorLine: string;
  /** Meters. */
  readonly full: string;
  readonly half: string;
  readonly track: string;
  readonly limit: string;
  /** Eight heights of a chart's cell, lowest first. */
  readonly heights: readonly string[];
  readonly dot: string;
  readonly more: string;
  readonly times: string;
  readonly crumb: string;
  readonly dash: string;
  /** Names of keys. */
  readonly enter: string;
  readonly upDown: string;
  readonly leftRight: string;
  readonly arrows: string;
  readonly toRight: string;
  readonly toLeft: string;
}

export const UNICODE: Marks = {
  ascii: false,
  visible: '●',
  inFlight: '◐',
  delayed: '◌',
  dead: '✗',
  done: '✓',
  refused: '╳',
  working: '■',
  slow: '▣',
  idle: '□',
  chosen: '◆',
  open: '○',
  cursor: '▸',
  right: '►',
  left: '◄',
  up: '▲',
  down: '▼',
  paused: '║',
  line: '─',
  column: '│',
  topLeft: '╭',
  topRight: '╮',
  bottomLeft: '╰',
  bottomRight: '╯',
  teeRight: '├',
  teeLeft: '┤',
  teeDown: '┬',
  teeUp: '┴',
  cross: '┼',
  focusLeft: '┤',
  focusRight: '├',
  idleLine: '┄',
  lifeline: '┆',
  future: '╌',
  cursorLine: '┊',
  full: '━',
  half: '╾',
  track: '─',
  limit: '┃',
  heights: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  dot: '·',
  more: '…',
  times: '×',
  crumb: '›',
  dash: '–',
  enter: '⏎',
  upDown: '↑↓',
  leftRight: '←→',
  arrows: '↑↓←→',
  toRight: '→',
  toLeft: '←',
};

export const ASCII: Marks = {
  ascii: true,
  visible: '*',
  inFlight: 'o',
  delayed: ':',
  dead: 'x',
  done: 'v',
  refused: 'X',
  working: '#',
  slow: '+',
  idle: '.',
  chosen: '#',
  open: '-',
  cursor: '>',
  right: '>',
  left: '<',
  up: '^',
  down: 'v',
  paused: '"',
  line: '-',
  column: '|',
  topLeft: '+',
  topRight: '+',
  bottomLeft: '+',
  bottomRight: '+',
  teeRight: '+',
  teeLeft: '+',
  teeDown: '+',
  teeUp: '+',
  cross: '+',
  focusLeft: '[',
  focusRight: ']',
  idleLine: '.',
  lifeline: ':',
  future: '.',
  cursorLine: ':',
  full: '=',
  half: '-',
  track: '-',
  limit: '|',
  heights: ['_', '-', '-', '=', '=', '#', '#', '#'],
  dot: '.',
  more: '~',
  times: 'x',
  crumb: '>',
  dash: '-',
  enter: 'enter',
  upDown: 'up/dn',
  leftRight: 'lf/rt',
  arrows: 'arrows',
  toRight: 'right',
  toLeft: 'left',
};
