/**
 * Roles to terminal colours. A `Theme` carries one painter per role, the coloured grounds and the marks, so that a
 * row painter needs nothing else. Painters nest: what is painted inside keeps its colour, what follows it returns to
 * the outer one.
 */
import { ASCII, type Marks, UNICODE } from './marks.ts';
import {
  type ColourDepth,
  DARK_16,
  DARK_256,
  GROUNDS,
  type Ground,
  LIGHT_16,
  PALETTES,
  ROLES,
  type Role,
  type ThemeName,
} from './palettes.ts';
import { stripAnsi } from './text.ts';

export type { ColourDepth, Ground, Role, ThemeName } from './palettes.ts';

/** Gives the text with the terminal's codes around it. */
export type Paint = (text: string) => string;

export interface ThemeOptions {
  readonly name?: ThemeName;
  /** What the terminal can show; the caller finds out. `none` keeps bold, dim and inverse. */
  readonly depth?: ColourDepth;
  readonly ascii?: boolean;
}

export interface Theme extends Readonly<Record<Role, Paint>> {
  readonly name: ThemeName;
  readonly depth: ColourDepth;
  readonly marks: Marks;
  readonly bold: Paint;
  readonly inverse: Paint;
  readonly underline: Paint;
  /** A key's name: bold accent. */
  readonly key: Paint;
  /** The ground under a whole piece of row; on `sel` what is faint becomes second, to stay readable. */
  readonly on: Readonly<Record<Ground, Paint>>;
  /** A line behind a popover: its own colours are taken away and it is painted faint. */
  readonly behind: Paint;
  /** The opening codes of a role, with the ground and weight wanted: for painters that work cell by cell. */
  readonly codes: (role: Role, bold: boolean, ground?: Ground) => string;
}

const ESC = '\u001b[';

/** Paints between two codes; every inner closing is followed by the opening again. */
function between(open: string, close: string): Paint {
  if (open === '') return (text) => text;
  const opening = `${ESC}${open}m`;
  const closing = `${ESC}${close}m`;
  return (text) => {
    if (text === '') return '';
    const inner = text.includes(closing) ? text.replaceAll(closing, opening) : text;
    return opening + inner + closing;
  };
}

const channel = (hex: string, at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);

const CUBE = [0, 95, 135, 175, 215, 255];

function nearestStep(value: number): number {
  let best = 0;
  CUBE.forEach((step, index) => {
    if (Math.abs(step - value) < Math.abs((CUBE[best] ?? 0) - value)) best = index;
  });
  return best;
}

/** The nearest of the 256 colours: the cube or the grey ramp, whichever is closer. */
function nearest256(hex: string): number {
  const rgb = [channel(hex, 1), channel(hex, 3), channel(hex, 5)];
  const steps = rgb.map(nearestStep);
  const grey = Math.min(
    23,
    Math.max(0, Math.round(((rgb[0] ?? 0) + (rgb[1] ?? 0) + (rgb[2] ?? 0)) / 30 - 0.8)),
  );
  const distance = (of: (index: number) => number): number =>
    rgb.reduce((sum, value, index) => sum + (value - of(index)) * (value - of(index)), 0);
  const toCube = distance((index) => CUBE[steps[index] ?? 0] ?? 0);
  const toGrey = distance(() => 8 + 10 * grey);
  if (toGrey < toCube) return 232 + grey;
  return 16 + 36 * (steps[0] ?? 0) + 6 * (steps[1] ?? 0) + (steps[2] ?? 0);
}

function colourCode(hex: string, depth: 'truecolor' | '256', layer: 38 | 48): string {
  if (depth === '256') return `${layer};5;${DARK_256[hex] ?? nearest256(hex)}`;
  return `${layer};2;${channel(hex, 1)};${channel(hex, 3)};${channel(hex, 5)}`;
}

/** The SGR parameters that switch a role on, without weight; empty where the role is the terminal's own text. */
function foreground(role: Role, name: ThemeName, depth: ColourDepth): string {
  if (role === 'normal') return '';
  if (depth === 'none') return '';
  if (depth === '16') return String((name === 'light' ? LIGHT_16 : DARK_16)[role]);
  return colourCode(PALETTES[name].roles[role], depth, 38);
}

function background(ground: Ground, name: ThemeName, depth: ColourDepth): string {
  if (depth === 'none') return ground === 'sel' || ground === 'past' || ground === 'alarm' ? '7' : '';
  if (depth === '16') {
    if (ground === 'sel') return '7';
    if (ground === 'past') return name === 'light' ? '104' : '44';
    return ground === 'alarm' ? (name === 'light' ? '101' : '41') : '';
  }
  return colourCode(PALETTES[name].grounds[ground], depth, 48);
}

/** Roles whose meaning needs weight when there is no colour to carry it. */
const HEAVY: ReadonlySet<Role> = new Set<Role>(['strong', 'accent']);

/** The SGR parameters of one theme at one depth, by role and by ground. */
interface Codes {
  readonly colourless: boolean;
  readonly role: (role: Role) => string;
  readonly ground: (ground: Ground) => string;
}

function codesOf(name: ThemeName, depth: ColourDepth): Codes {
  const roles = new Map<Role, string>(ROLES.map((role) => [role, foreground(role, name, depth)]));
  const grounds = new Map<Ground, string>(GROUNDS.map((ground) => [ground, background(ground, name, depth)]));
  return {
    colourless: depth === 'none',
    role: (role) => roles.get(role) ?? '',
    ground: (ground) => grounds.get(ground) ?? '',
  };
}

const bold = between('1', '22');
const inverse = between('7', '27');

const colourPaint = (role: Role, codes: Codes): Paint =>
  codes.colourless && role === 'faint' ? between('2', '22') : between(codes.role(role), '39');

function rolePaint(role: Role, codes: Codes): Paint {
  const colour = colourPaint(role, codes);
  const heavy = role === 'strong' || (codes.colourless && HEAVY.has(role));
  return heavy ? (text) => bold(colour(text)) : colour;
}

function groundPaint(ground: Ground, codes: Codes): Paint {
  const code = codes.ground(ground);
  if (code === '') return (text) => text;
  // Inverse swaps text and ground, so colours inside would become patches: only weight stays.
  if (code === '7') return (text) => inverse(withoutColour(text));
  const paint = between(code, '49');
  if (ground !== 'sel') return paint;
  const faint = `${ESC}${codes.role('faint')}m`;
  const second = `${ESC}${codes.role('second')}m`;
  return (text) => paint(text.replaceAll(faint, second));
}

/** Opening codes cell by cell, each made once. */
function openingCodes(codes: Codes): Theme['codes'] {
  const cache = new Map<string, string>();
  return (role, weight, ground) => {
    const key = `${role}${weight ? '+' : '-'}${ground ?? ''}`;
    const known = cache.get(key);
    if (known !== undefined) return known;
    const under = ground === undefined ? '' : codes.ground(ground);
    const shown: Role = ground === 'sel' && role === 'faint' ? 'second' : role;
    const heavy = weight || role === 'strong' || (codes.colourless && HEAVY.has(role));
    const dim = !heavy && codes.colourless && shown === 'faint';
    const colour = under === '7' ? '' : codes.role(shown);
    const parts = [heavy ? '1' : dim ? '2' : '', colour, under].filter((part) => part !== '');
    const made = parts.map((part) => `${ESC}${part}m`).join('');
    cache.set(key, made);
    return made;
  };
}

export function makeTheme(options: ThemeOptions = {}): Theme {
  const name = options.name ?? 'dark';
  const asked = options.depth ?? 'truecolor';
  const depth = name === 'ansi' && asked !== 'none' ? '16' : asked;
  const codes = codesOf(name, depth);
  const roles = Object.fromEntries(ROLES.map((role) => [role, rolePaint(role, codes)])) as Record<
    Role,
    Paint
  >;
  const on = Object.fromEntries(GROUNDS.map((ground) => [ground, groundPaint(ground, codes)])) as Record<
    Ground,
    Paint
  >;
  const accent = colourPaint('accent', codes);
  return {
    ...roles,
    name,
    depth,
    marks: options.ascii === true ? ASCII : UNICODE,
    bold,
    inverse,
    underline: between('4', '24'),
    key: (text) => bold(accent(text)),
    on,
    behind: (text) => roles.faint(stripAnsi(text)),
    codes: openingCodes(codes),
  };
}

/** Takes colours and dimness out of painted text and leaves bold and underline. */
function withoutColour(text: string): string {
  return text.replace(/\u001b\[([0-9;]*)m/g, (code, parameters: string) =>
    parameters === '1' || parameters === '22' || parameters === '4' || parameters === '24' ? code : '',
  );
}

export interface ColourSigns {
  readonly NO_COLOR?: string | undefined;
  readonly COLORTERM?: string | undefined;
  readonly TERM?: string | undefined;
}

/** Colour depth from what a terminal says of itself. */
export function depthFrom(signs: ColourSigns): ColourDepth {
  if (signs.NO_COLOR !== undefined && signs.NO_COLOR !== '') return 'none';
  if (signs.TERM === 'dumb') return 'none';
  if (/truecolor|24bit/i.test(signs.COLORTERM ?? '')) return 'truecolor';
  if (/256/.test(signs.TERM ?? '')) return '256';
  return '16';
}
