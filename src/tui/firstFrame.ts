/**
 * The home screen's first frame as one text, without Ink: what draws and redraws takes longer to load than the
 * picture takes to make. Ink paints the same picture over it, and takes the keys.
 */
import './bindings/table.ts';
import type { Host } from './host.ts';
import { circumstancesOf } from './keymap.ts';
import { isTooSmall } from './layout.ts';
import { borderPaint, frameBottom, frameTop } from './paint/frame.ts';
import { harmlessRow } from './paint/plain.ts';
import type { Theme } from './paint/theme.ts';
import { type HomePane, homePicture } from './screens/homePicture.ts';
import { createShell } from './shell.ts';

/** For a cleared screen of this size; undefined where it is too small for a picture. */
export function firstFrame(host: Host, theme: Theme, columns: number, rows: number): string | undefined {
  if (isTooSmall(columns, rows)) return undefined;
  const shell = createShell(host, { size: () => ({ columns, rows }) });
  const scene = { shell, theme, bright: theme, now: circumstancesOf(shell), columns, rows };
  const { header, panes, footer, footerRow } = homePicture(scene);
  return [
    at(0, 0, header),
    ...panes.flatMap((pane) => paneTexts(theme, pane)),
    at(0, footerRow, footer),
  ].join('');
}

const at = (x: number, y: number, row: string): string => `\x1b[${y + 1};${x + 1}H${harmlessRow(row)}`;

function paneTexts(theme: Theme, { rect, frame, rows }: HomePane): string[] {
  const { x, y, width, height } = rect;
  const side = borderPaint(theme, frame)(theme.marks.column);
  const inside = Array.from({ length: height - 2 }, (_, index) => index);
  return [
    at(x, y, frameTop(theme, frame, width)),
    ...inside.map(
      (row) =>
        at(x, y + 1 + row, side) +
        at(x + 1, y + 1 + row, rows[row] ?? '') +
        at(x + width - 1, y + 1 + row, side),
    ),
    at(x, y + height - 1, frameBottom(theme, frame, width)),
  ];
}
