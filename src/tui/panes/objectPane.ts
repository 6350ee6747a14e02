/** The Object pane: what a bucket holds, newest first, and the chosen object opened below. */
import type { ObjectRow, ResourceView } from '../../contract/view.ts';
import type { Session } from '../../session/sessionTypes.ts';
import { count, exact, instantShort, size as sizeText } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { type Column, cursorRow, tableLines, windowOf } from '../paint/rows.ts';
import type { Theme } from '../paint/theme.ts';
import type { Scene } from '../screens/scene.ts';
import type { UiState } from '../store.ts';
import { empty } from './messageRows.ts';
import { objectRows } from './objectRows.ts';
import { body, type Painter, type PaneSize } from './painter.ts';
import { scrolled } from './scrolled.ts';

/** Objects of a bucket that are listed. */
const LISTED_MAX = 2_000;
/** Below this many rows the list stands alone, and Enter opens an object. */
const BOTH_FROM = 12;

export const objectPane: Painter = (scene, session, size) => {
  const { theme, now } = scene;
  const { state } = now;
  const bucket = shownBucket(session, state);
  if (bucket === undefined) return body(nothing(scene, size));
  const objects = objectsOf(session, bucket, state);
  const scope = `${plain(bucket.name, { ascii: theme.marks.ascii })} ${theme.marks.dot} ${count(objects.length)}`;
  const chosen = Math.min(state.panes.object.selected, objects.length - 1);
  const row = objects[chosen];
  if (row === undefined) return body(noObject(scene, size, bucket), scope);
  const opened = session.insight.object(bucket.id, state.object.open ?? row.key);
  const detail =
    opened === undefined ? [] : objectRows(theme, opened, size.columns - 2).map((line) => ` ${line}`);
  if (state.object.open === opened?.key) {
    return body(scrolled(theme, detail, size, state.panes.object.scroll), scope);
  }
  const both = size.rows >= BOTH_FROM;
  const height = both ? Math.min(objects.length + 1, Math.max(4, Math.floor(size.rows * 0.4))) : size.rows;
  const rows = listRows(theme, objects, chosen, { columns: size.columns, rows: height });
  if (!both) return body(rows, scope);
  const rule = ` ${theme.faint(theme.marks.idleLine.repeat(size.columns - 2))}`;
  const below = { columns: size.columns, rows: size.rows - rows.length - 1 };
  return body([...rows, rule, ...scrolled(theme, detail, below, 0)], scope);
};

/** The bucket that is selected, else the one that holds most objects, else the newest. */
export function shownBucket(session: Session, state: UiState): ResourceView | undefined {
  const buckets = session.view().resources.filter(({ kind }) => kind === 'bucket');
  return buckets.find(({ id }) => id === state.selected) ?? fullest(buckets);
}

const fullest = (buckets: readonly ResourceView[]): ResourceView | undefined =>
  [...buckets].reverse().sort((a, b) => Number(b.fields.objects) - Number(a.fields.objects))[0];

/** Newest first; with a text in the find field those whose key holds it. */
export function objectsOf(session: Session, bucket: ResourceView, state: UiState): readonly ObjectRow[] {
  const find = state.panes.object.find ?? '';
  return session.insight
    .objects(bucket.id, 0, LISTED_MAX)
    .filter(({ key }) => key.includes(find))
    .sort((a, b) => b.modified - a.modified);
}

const COLUMNS: readonly Column[] = [
  { title: 'key', flexible: true, least: 12, cutsMiddle: true },
  { title: 'size', align: 'right' },
  { title: 'when', align: 'right' },
  { title: 'type', least: 8 },
];

function listRows(theme: Theme, objects: readonly ObjectRow[], chosen: number, size: PaneSize): string[] {
  const { first, end } = windowOf(objects.length, size.rows - 1, chosen, 0);
  const ascii = theme.marks.ascii;
  const shown = objects.slice(first, end);
  const cells = shown.map(({ key, size: bytes, modified, contentType }) => [
    theme.strong(plain(key, { ascii, limit: 200 })),
    bytes < 1_024 ? `${exact(bytes)} B` : sizeText(bytes),
    theme.second(instantShort(modified)),
    theme.second(plain(contentType, { ascii, limit: 24 })),
  ]);
  const table = tableLines(theme, COLUMNS, cells, size.columns - 2);
  return [
    ` ${table.header}`,
    ...table.rows.map((row, index) => cursorRow(theme, row, first + index === chosen, size.columns)),
  ];
}

const typeKey = ({ now }: Scene): string => (now.state.focus === 'prompt' ? '$' : 'i');

const nothing = (scene: Scene, { columns }: PaneSize): string[] =>
  empty(
    scene.theme,
    'A bucket keeps objects. They are listed here, newest first, and can be looked into.',
    columns,
    [[typeKey(scene), 'aws s3api create-bucket --bucket photos']],
  );

function noObject(scene: Scene, { columns }: PaneSize, { name }: ResourceView): string[] {
  if ((scene.now.state.panes.object.find ?? '') !== '') {
    return empty(scene.theme, 'No key holds that text.', columns, [['esc', 'shows all']]);
  }
  const put = `aws s3api put-object --bucket ${plain(name)} --key hello.txt --body hello.txt`;
  return empty(scene.theme, 'This bucket is empty.', columns, [[typeKey(scene), put]]);
}
