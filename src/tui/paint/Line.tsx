/** One row of the screen from one ready string. Frame cost follows the characters painted, so rows come ready. */
import { Text } from 'ink';
import { memo, type ReactElement } from 'react';
import { harmlessRow } from './plain.ts';

export const Line = memo(function Line({ text }: { readonly text: string }): ReactElement {
  return <Text wrap="truncate">{text === '' ? ' ' : harmlessRow(text)}</Text>;
});

/** Rows under each other. */
export function Lines({ lines }: { readonly lines: readonly string[] }): ReactElement {
  return (
    <>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row's place on the screen is its identity.
        <Line key={index} text={line} />
      ))}
    </>
  );
}
