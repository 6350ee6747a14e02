/** A pane: rounded border with the title in its top line. Its children get `width - 2` columns, `height - 2` rows. */
import { Box } from 'ink';
import type { ReactElement, ReactNode } from 'react';
import { borderPaint, type FrameProps, frameBottom, frameTop } from './frame.ts';
import { Line } from './Line.tsx';
import type { Theme } from './theme.ts';

export interface PaneProps extends FrameProps {
  readonly theme: Theme;
  readonly width: number;
  readonly height: number;
  /** Blank columns left and right of the children; a list with a cursor takes 0 and draws its own gutter. */
  readonly padding?: 0 | 1;
  readonly children?: ReactNode;
}

export function Pane(props: PaneProps): ReactElement {
  const { theme, width, height, padding = 1 } = props;
  const side = borderPaint(theme, props)(theme.marks.column);
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0}>
      <Line text={frameTop(theme, props, width)} />
      <Box
        flexDirection="column"
        width={width}
        height={Math.max(0, height - 2)}
        borderStyle={{
          topLeft: '',
          top: '',
          topRight: '',
          right: side,
          bottomRight: '',
          bottom: '',
          bottomLeft: '',
          left: side,
        }}
        borderTop={false}
        borderBottom={false}
        paddingX={padding}
        overflow="hidden"
      >
        {props.children}
      </Box>
      <Line text={frameBottom(theme, props, width)} />
    </Box>
  );
}
