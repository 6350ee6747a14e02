/** Puts its children at a place of the screen; what comes later lies on top. */
import { Box } from 'ink';
import type { ReactElement, ReactNode } from 'react';
import type { Rect } from '../layout.ts';

export function At({ rect, children }: { readonly rect: Rect; readonly children: ReactNode }): ReactElement {
  return (
    <Box
      position="absolute"
      marginLeft={rect.x}
      marginTop={rect.y}
      width={rect.width}
      height={rect.height}
      flexDirection="column"
    >
      {children}
    </Box>
  );
}
