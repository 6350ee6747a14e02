/** The Shards pane: the hash ring unrolled, the shards with their meters, where they come from, who reads them. */
import type { ShardsView } from '../../contract/shards.ts';
import type { Session } from '../../session/sessionTypes.ts';
import { count } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { cursorRow, windowOf } from '../paint/rows.ts';
import type { Scene } from '../screens/scene.ts';
import type { UiState } from '../store.ts';
import { empty } from './messageRows.ts';
import { body, type Painter, type PaneSize } from './painter.ts';
import { lineageRows, readerRows } from './shardReaders.ts';
import { ringRows } from './shardRing.ts';
import { shardTable } from './shardRows.ts';

/** Below this many rows the list stands alone. */
const RING_FROM = 12;

export const shardsPane: Painter = (scene, session, size) => {
  const view = shownStream(session, scene.now.state);
  if (view === undefined) return body(nothing(scene, size));
  const { theme, now } = scene;
  const open = view.shards.filter((shard) => shard.open).length;
  const mode = view.mode === 'ON_DEMAND' ? 'on demand' : 'provisioned';
  const name = plain(view.stream.slice('stream/'.length), { ascii: theme.marks.ascii });
  const dot = theme.marks.dot;
  const scope = `${name} ${dot} ${mode} ${dot} ${count(open)} open`;
  if (view.shards.length === 0) {
    const said = `The stream is ${view.status.toLowerCase()}. Its shards come when it is active.`;
    return body(empty(theme, said, size.columns, []), scope);
  }
  const chosen = Math.min(now.state.panes.shards.selected, view.shards.length - 1);
  const columns = size.columns - 2;
  const rule = ` ${theme.faint(theme.marks.idleLine.repeat(columns))}`;
  const ring =
    size.rows >= RING_FROM
      ? [...ringRows(theme, view, columns, size.rows >= 24 ? 5 : size.rows >= 16 ? 3 : 2)]
      : [];
  const room = size.rows - ring.length - 1;
  const below = [
    ...lineageRows(theme, view, view.shards[chosen]!, columns),
    ...readerRows(theme, view, columns),
  ];
  // What is below gets half of the room at most; what it does not need goes to the list.
  const kept = ring.length > 0 ? Math.min(below.length + 1, Math.floor(room / 2)) : 0;
  const height = Math.min(view.shards.length, Math.max(3, room - kept));
  const { header, rows } = shardTable(theme, view, columns);
  const { first, end } = windowOf(rows.length, height, chosen, 0);
  const listed = rows
    .slice(first, end)
    .map((row, index) => cursorRow(theme, row, first + index === chosen, size.columns));
  return body(
    [
      ...ring.map((row) => ` ${row}`),
      ` ${header}`,
      ...listed,
      ...(below.length > 0 ? [rule] : []),
      ...below.map((row) => ` ${row}`),
    ].slice(0, size.rows),
    scope,
  );
};

/** The stream that is selected, else the one that takes most, else the newest. */
export function shownStream(session: Session, state: UiState): ShardsView | undefined {
  const streams = session.view().resources.filter(({ kind }) => kind === 'stream');
  const busiest = [...streams].reverse().sort((a, b) => (b.rates?.in ?? 0) - (a.rates?.in ?? 0))[0];
  const stream = streams.find(({ id }) => id === state.selected) ?? busiest;
  return stream && session.insight.shards(stream.id);
}

function nothing({ theme, now }: Scene, { columns }: PaneSize): string[] {
  const key = now.state.focus === 'prompt' ? '$' : 'i';
  return empty(
    theme,
    'A stream keeps records in shards, each with a range of the hash ring and limits of its own. They are drawn here.',
    columns,
    [[key, 'aws kinesis create-stream --stream-name clicks --shard-count 2']],
  );
}
