/** What the keys of the Object pane do. */
import { objectsOf, shownBucket } from '../panes/objectPane.ts';
import type { Shell } from '../shell.ts';

/** Through the list; through the object once one is open. */
export function moveObject(shell: Shell, by: number): void {
  const session = shell.world()?.session;
  const state = shell.store.get();
  const bucket = session && shownBucket(session, state);
  if (session === undefined || bucket === undefined) return;
  const last = Math.max(0, objectsOf(session, bucket, state).length - 1);
  shell.store.update((draft) => {
    const pane = draft.panes.object;
    if (draft.object.open !== undefined) pane.scroll = Math.max(0, pane.scroll + by);
    else pane.selected = Math.max(0, Math.min(last, pane.selected + by));
  });
}

/** Over the whole pane, from its first row; and back to the list. */
export function openObject(shell: Shell): void {
  const session = shell.world()?.session;
  const state = shell.store.get();
  const bucket = session && shownBucket(session, state);
  if (session === undefined || bucket === undefined) return;
  const objects = objectsOf(session, bucket, state);
  const row = objects[Math.min(state.panes.object.selected, objects.length - 1)];
  shell.store.update((draft) => {
    draft.object.open = draft.object.open === undefined ? row?.key : undefined;
    draft.panes.object.scroll = 0;
  });
}

/** The next stream or bucket, from its first row. */
export function otherOfKind(shell: Shell, kind: 'stream' | 'bucket', by: 1 | -1): void {
  const ids = (shell.world()?.session.view().resources ?? [])
    .filter((resource) => resource.kind === kind)
    .map(({ id }) => id as string);
  if (ids.length === 0) return;
  shell.store.update((draft) => {
    const at = draft.selected === undefined ? -1 : ids.indexOf(draft.selected);
    draft.selected = at < 0 ? ids[by === 1 ? 0 : ids.length - 1] : ids[(at + by + ids.length) % ids.length];
    draft.object.open = undefined;
    draft.panes[kind === 'stream' ? 'shards' : 'object'].selected = 0;
  });
}
