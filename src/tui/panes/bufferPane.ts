/** The Buffer pane: of one delivery stream, which comes first, size or time, and what was written before. */
import type { ResourceView } from '../../contract/view.ts';
import { rate } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { cursorRow, windowOf } from '../paint/rows.ts';
import type { Theme } from '../paint/theme.ts';
import type { Scene } from '../screens/scene.ts';
import type { Shell } from '../shell.ts';
import { NOT_CHOSEN } from '../store.ts';
import { bufferRows, type DeliveryFields } from './bufferRows.ts';
import { empty } from './messageRows.ts';
import { body, fieldsOf, type Painter, type PaneSize } from './painter.ts';

export const bufferPane: Painter = (scene, session, size) => {
  const { theme } = scene;
  const view = session.view();
  const found = view.resources.filter(({ kind }) => kind === 'delivery');
  if (found.length === 0) return body(nothing(scene, size));
  const chosen = bufferShown(scene.shell) ?? 0;
  const stream = found[chosen]!;
  const list = listRows(theme, found, chosen, size, ({ rates }) => rate(rates?.in ?? 0));
  const columns = size.columns - 2;
  const detail = bufferRows(theme, fieldsOf<DeliveryFields>(stream), view.now, columns);
  const name = plain(stream.name, { ascii: theme.marks.ascii });
  const scope = `${name} ${theme.marks.dot} ${stream.scope?.value ?? ''}`;
  return body([...list, ...detail.map((row) => ` ${row}`)].slice(0, size.rows), scope);
};

/** The place of the delivery stream that is shown: the chosen one, else the newest at work, else the newest. */
export function bufferShown({ world, store }: Pick<Shell, 'world' | 'store'>): number | undefined {
  const resources = world()?.session.view().resources ?? [];
  const found = resources.filter(({ kind }) => kind === 'delivery');
  const { selected } = store.get().panes.buffer;
  if (found.length === 0) return undefined;
  if (selected !== NOT_CHOSEN) return Math.min(selected, found.length - 1);
  const atWork = found.findLastIndex(
    (stream) => (stream.rates?.in ?? 0) > 0 || fieldsOf<DeliveryFields>(stream).bufferedRecords > 0,
  );
  return atWork < 0 ? found.length - 1 : atWork;
}

/** Where there are several, a short list to choose from. */
export function listRows(
  theme: Theme,
  found: readonly ResourceView[],
  chosen: number,
  { columns, rows }: PaneSize,
  about: (one: ResourceView) => string,
): string[] {
  if (found.length < 2) return [];
  const { first, end } = windowOf(found.length, Math.max(2, Math.floor(rows / 4)), chosen);
  const listed = found.slice(first, end).map((one, index) => {
    const name = theme.strong(plain(one.name, { ascii: theme.marks.ascii, limit: 64 }));
    return cursorRow(theme, `${name}  ${theme.second(about(one))}`, first + index === chosen, columns);
  });
  return [...listed, ` ${theme.faint(theme.marks.idleLine.repeat(columns - 2))}`];
}

function nothing({ theme, now }: Scene, { columns }: PaneSize): string[] {
  const key = now.state.focus === 'prompt' ? '$' : 'i';
  return empty(
    theme,
    'A delivery stream gathers records and delivers them together: when its buffer is full, or when its time is up.',
    columns,
    [[key, 'aws firehose create-delivery-stream --delivery-stream-name logs']],
  );
}
