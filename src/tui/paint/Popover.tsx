/**
 * A popover over the screen: accent border, its own ground, keys in its bottom line. It must be the last child of a
 * box that covers the screen; `theme.behind` paints the lines under it faint. A blank
 * column at each side keeps its border apart from those it stands on.
 */
import { Box } from 'ink';
import type { ReactElement } from 'react';
import { type FrameProps, popoverLines } from './frame.ts';
import { Lines } from './Line.tsx';
import type { Theme } from './theme.ts';

export interface PopoverProps extends FrameProps {
  readonly theme: Theme;
  /** Cells from the left and from the top of the screen. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  /** Painted rows, without border. */
  readonly rows: readonly string[];
}

export function Popover(props: PopoverProps): ReactElement {
  const { theme, left, top, width, rows } = props;
  return (
    <Box position="absolute" marginLeft={left - 1} marginTop={top} flexDirection="column" width={width + 2}>
      <Lines lines={popoverLines(theme, props, rows, width).map((line) => ` ${line} `)} />
    </Box>
  );
}
