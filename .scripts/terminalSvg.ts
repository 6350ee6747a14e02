/** Screens of a terminal as an SVG: one still, or several that follow each other in time. */
import type xterm from '@xterm/headless';

/** In pixels. Rows stand closer than the font asks, so that vertical lines meet. */
const COLUMN = 8.43;
const ROW = 17;
const FONT = 14;
const MARGIN = 12;
const INK = '#d8dae3';
const PAPER = '#16161d';
/** SVG draws several spaces as one, unless they are of this kind. */
const NO_BREAK = '\u00A0';

/** The sixteen colours of xterm, then its cube of 216 and its 24 greys. */
const SIXTEEN =
  '000000 cd3131 0dbc79 e5e510 2472c8 bc3fbc 11a8cd e5e5e5 666666 f14c4c 23d18b f5f543 3b8eea d670d6 29b8db ffffff'.split(
    ' ',
  );
const CUBE = [0, 95, 135, 175, 215, 255];

const hex = (value: number): string => value.toString(16).padStart(2, '0');

function palette(index: number): string {
  const named = SIXTEEN[index];
  if (named !== undefined) return `#${named}`;
  if (index >= 232) return `#${hex(8 + (index - 232) * 10).repeat(3)}`;
  const place = index - 16;
  return `#${[Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map((step) => hex(CUBE[step]!)).join('')}`;
}

type Cell = NonNullable<ReturnType<NonNullable<ReturnType<xterm.IBuffer['getLine']>>['getCell']>>;

interface Look {
  readonly ink: string;
  readonly paper: string;
  readonly bold: boolean;
}

function lookOf(cell: Cell): Look {
  const colour = (value: number, isRgb: boolean, isDefault: boolean, otherwise: string): string =>
    isDefault ? otherwise : isRgb ? `#${value.toString(16).padStart(6, '0')}` : palette(value);
  const ink = colour(cell.getFgColor(), cell.isFgRGB(), cell.isFgDefault(), INK);
  const paper = colour(cell.getBgColor(), cell.isBgRGB(), cell.isBgDefault(), PAPER);
  const bold = cell.isBold() !== 0;
  return cell.isInverse() !== 0 ? { ink: paper, paper: ink, bold } : { ink, paper, bold };
}

const escaped = (text: string): string =>
  text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;').replace(/"/gu, '&quot;');

const fixed = (value: number): string => String(Math.round(value * 100) / 100);

/** A row as SVG, its top at 0. */
function rowSvg(buffer: xterm.IBuffer, row: number, columns: number): string {
  const line = buffer.getLine(buffer.baseY + row);
  const runs: { from: number; to: number; text: string; look: Look }[] = [];
  for (let column = 0; column < columns; column++) {
    const cell = line?.getCell(column);
    if (cell === undefined || cell.getWidth() === 0) continue;
    const look = lookOf(cell);
    const text = cell.getChars() || ' ';
    const to = column + cell.getWidth();
    const last = runs.at(-1);
    const same =
      last?.look.ink === look.ink && last.look.paper === look.paper && last.look.bold === look.bold;
    if (last !== undefined && same) {
      last.text += text;
      last.to = to;
    } else runs.push({ from: column, to, text, look });
  }
  const papers = runs
    .filter(({ look }) => look.paper !== PAPER)
    .map(
      ({ from, to, look }) =>
        `<rect x="${fixed(from * COLUMN)}" width="${fixed((to - from) * COLUMN)}" height="${ROW}" fill="${look.paper}"/>`,
    );
  const texts = runs
    .filter(({ text }) => text.trim() !== '')
    .map(({ from, text, look }) => {
      const lead = text.length - text.trimStart().length;
      const shown = text.trim();
      const cells = [...shown].length;
      const weight = look.bold ? ' font-weight="bold"' : '';
      return `<text x="${fixed((from + lead) * COLUMN)}" y="${FONT - 1}" fill="${look.ink}"${weight} textLength="${fixed(cells * COLUMN)}">${escaped(shown).replace(/ /gu, NO_BREAK)}</text>`;
    });
  return [...papers, ...texts].join('');
}

/** What is on the screen now, a piece of SVG for each row. */
export const screenRows = (screen: xterm.Terminal): string[] =>
  Array.from({ length: screen.rows }, (_, row) => rowSvg(screen.buffer.active, row, screen.cols));

export interface Frame {
  readonly rows: readonly string[];
  /** For how long it stands, in milliseconds. */
  readonly stands: number;
}

/** Frames that follow each other for ever; a single one stands still. `title` is read out in its place. */
export function terminalSvg(frames: readonly Frame[], columns: number, title: string): string {
  const height = (frames[0]?.rows.length ?? 0) * ROW;
  const width = columns * COLUMN;
  const ids = new Map<string, number>();
  for (const { rows } of frames) {
    for (const row of rows) if (row !== '' && !ids.has(row)) ids.set(row, ids.size);
  }
  const places = frames.map(({ rows }, index) =>
    rows
      .map((row, at) => {
        const id = ids.get(row);
        return id === undefined ? '' : `<use href="#r${id}" y="${index * height + at * ROW}"/>`;
      })
      .join(''),
  );
  const box = `0 0 ${fixed(width + 2 * MARGIN)} ${height + 2 * MARGIN}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" role="img" aria-label="${escaped(title)}" font-family="'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace" font-size="${FONT}">`,
    `<title>${escaped(title)}</title>`,
    frames.length > 1 ? `<style>${motion(frames, height)}</style>` : '',
    `<defs>${[...ids].map(([row, id]) => `<g id="r${id}">${row}</g>`).join('\n')}</defs>`,
    `<rect width="100%" height="100%" rx="8" fill="${PAPER}"/>`,
    `<clipPath id="screen"><rect width="${fixed(width)}" height="${height}"/></clipPath>`,
    `<g transform="translate(${MARGIN} ${MARGIN})"><g clip-path="url(#screen)"><g class="film">${places.join('\n')}</g></g></g>`,
    '</svg>',
    '',
  ].join('\n');
}

/** Frames stand one above the other; the film jumps from one to the next. */
function motion(frames: readonly Frame[], height: number): string {
  const whole = frames.reduce((sum, { stands }) => sum + stands, 0);
  let at = 0;
  const steps = frames.map(({ stands }, index) => {
    const share = fixed((at / whole) * 100);
    at += stands;
    return `${share}%{transform:translateY(${-index * height}px)}`;
  });
  return (
    `@keyframes film{${steps.join('')}}` +
    `.film{animation:film ${fixed(whole / 1000)}s steps(1,end) infinite}` +
    '@media (prefers-reduced-motion:reduce){.film{animation:none}}'
  );
}
