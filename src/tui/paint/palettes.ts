/** The colours behind the roles, per theme and colour depth. Six hues, six meanings; nothing is coloured for show. */

/** What a colour says; `normal` is the terminal's own text. */
export const ROLES = [
  'normal',
  'visible',
  'flight',
  'delayed',
  'bad',
  'done',
  'accent',
  'strong',
  'second',
  'faint',
  'visibleBody',
  'flightBody',
  'badBody',
  'doneBody',
  'secondBody',
] as const;
export type Role = (typeof ROLES)[number];

/** Coloured grounds: header and footer, popover, selected row, header while looking back, header of a real endpoint. */
export const GROUNDS = ['bar', 'pop', 'sel', 'past', 'alarm'] as const;
export type Ground = (typeof GROUNDS)[number];

export type ThemeName = 'dark' | 'light' | 'ansi' | 'high-contrast' | 'blue-orange';
export type ColourDepth = 'truecolor' | '256' | '16' | 'none';

export interface Palette {
  readonly roles: Readonly<Record<Exclude<Role, 'normal'>, string>>;
  readonly grounds: Readonly<Record<Ground, string>>;
}

const DARK: Palette = {
  roles: {
    visible: '#5cc8f5',
    flight: '#f5b83d',
    delayed: '#9fa8ff',
    bad: '#ff6f61',
    done: '#5fd39a',
    accent: '#f28ad6',
    strong: '#f3f5f9',
    second: '#a0a8b7',
    faint: '#6b7386',
    visibleBody: '#1d5a78',
    flightBody: '#7a5a1e',
    badBody: '#7d3a34',
    doneBody: '#2f6b4e',
    secondBody: '#454c5b',
  },
  grounds: { bar: '#1d212a', pop: '#1d212a', sel: '#343b4c', past: '#2d2350', alarm: '#7d3a34' },
};

const LIGHT: Palette = {
  roles: {
    visible: '#0a6ebd',
    flight: '#8a5a00',
    delayed: '#5b50c8',
    bad: '#c4242f',
    done: '#0f7a4a',
    accent: '#b0288f',
    strong: '#1b1f24',
    second: '#57606a',
    faint: '#858d97',
    visibleBody: '#9ecae9',
    flightBody: '#e3c68a',
    badBody: '#efa9ad',
    doneBody: '#9bd3b7',
    secondBody: '#c5cad1',
  },
  grounds: { bar: '#eef1f5', pop: '#eef1f5', sel: '#dbe4f0', past: '#ece6fb', alarm: '#f8d4d6' },
};

const HIGH_CONTRAST: Palette = {
  roles: {
    visible: '#7fdcff',
    flight: '#ffd24a',
    delayed: '#c3c8ff',
    bad: '#ff9389',
    done: '#7df5b6',
    accent: '#ffaae8',
    strong: '#ffffff',
    second: '#dfe3ea',
    faint: '#a9b0bf',
    visibleBody: '#2b7ba3',
    flightBody: '#a87a22',
    badBody: '#a94a42',
    doneBody: '#3d9069',
    secondBody: '#6b7386',
  },
  grounds: { bar: '#101318', pop: '#101318', sel: '#3b4560', past: '#3a2b72', alarm: '#8c3028' },
};

/** For eyes that do not tell red from green: healthy is blue, bad is orange, in-between is pale yellow. */
const BLUE_ORANGE: Palette = {
  roles: {
    visible: '#8fd3ff',
    flight: '#f4e08a',
    delayed: '#b9b4ff',
    bad: '#ff8f2b',
    done: '#4f9dff',
    accent: '#f4b0e4',
    strong: '#f3f5f9',
    second: '#a0a8b7',
    faint: '#6b7386',
    visibleBody: '#2c5f80',
    flightBody: '#7a7040',
    badBody: '#7d4a1c',
    doneBody: '#28508a',
    secondBody: '#454c5b',
  },
  grounds: { bar: '#1d212a', pop: '#1d212a', sel: '#343b4c', past: '#2d2350', alarm: '#7d4a1c' },
};

export const PALETTES: Readonly<Record<ThemeName, Palette>> = {
  dark: DARK,
  light: LIGHT,
  ansi: DARK,
  'high-contrast': HIGH_CONTRAST,
  'blue-orange': BLUE_ORANGE,
};

/** The dark theme's places in the 256 colours; the other themes take the nearest. */
export const DARK_256: Readonly<Record<string, number>> = {
  '#5cc8f5': 81,
  '#f5b83d': 214,
  '#9fa8ff': 147,
  '#ff6f61': 203,
  '#5fd39a': 78,
  '#f28ad6': 212,
  '#f3f5f9': 255,
  '#a0a8b7': 248,
  '#6b7386': 243,
  '#1d212a': 235,
  '#343b4c': 238,
  '#2d2350': 54,
};

type Sixteen = Readonly<Record<Exclude<Role, 'normal'>, number>>;

/** SGR numbers of the sixteen colours on a dark ground. */
export const DARK_16: Sixteen = {
  visible: 96,
  flight: 93,
  delayed: 94,
  bad: 91,
  done: 92,
  accent: 95,
  strong: 97,
  second: 37,
  faint: 90,
  visibleBody: 36,
  flightBody: 33,
  badBody: 31,
  doneBody: 32,
  secondBody: 37,
};

export const LIGHT_16: Sixteen = {
  visible: 36,
  flight: 33,
  delayed: 34,
  bad: 31,
  done: 32,
  accent: 35,
  strong: 30,
  second: 90,
  faint: 90,
  visibleBody: 96,
  flightBody: 93,
  badBody: 91,
  doneBody: 92,
  secondBody: 37,
};
