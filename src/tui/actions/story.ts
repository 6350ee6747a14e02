/** What the keys of the Story pane do, and how it is opened from where a message is. */
import { storyEntries } from '../panes/storyRows.ts';
import type { Shell } from '../shell.ts';
import { openPane } from './panes.ts';
import { goTo } from './time.ts';
import { queueOf } from './worlds.ts';

const MESSAGE_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** The message under the cursor of Messages, or the first that the chosen answer of the Console names. */
function messageHere(shell: Shell): string | undefined {
  const session = shell.world()?.session;
  const { focus, followed, panes } = shell.store.get();
  if (session === undefined) return followed;
  if (focus === 'messages' && followed === undefined) {
    const queue = queueOf(shell);
    if (queue === undefined) return undefined;
    return session.messages(`queue/${queue}`, panes.messages.selected, 1)[0]?.messageId;
  }
  if (focus !== 'console') return followed;
  const entries = session.console();
  const entry = entries[entries.length - 1 - panes.console.selected];
  const id = MESSAGE_ID.exec(entry?.result?.output ?? '')?.[0];
  return id !== undefined && session.insight.findMessage(id).ok ? id : followed;
}

export function openStory(shell: Shell): void {
  const messageId = messageHere(shell);
  shell.store.update((state) => {
    if (state.followed !== messageId) {
      state.panes.story.selected = 0;
      state.unfoldedRounds = [];
    }
    state.followed = messageId;
  });
  openPane(shell, 'story');
}

/** Enter: to the instant of the chosen line, or its folded rounds unfold. */
export function chooseLine(shell: Shell): void {
  const session = shell.world()?.session;
  const { followed, panes, unfoldedRounds } = shell.store.get();
  const story = followed === undefined ? undefined : session?.insight.story(followed);
  if (story === undefined) return;
  const entry = storyEntries(story, new Set(unfoldedRounds))[panes.story.selected];
  if (entry === undefined) return;
  if (entry.type === 'item') {
    goTo(shell, entry.item.at);
    return;
  }
  shell.store.update((state) => {
    state.unfoldedRounds.push(entry.id);
  });
}

/** The cursor walks the chart, and on through what stands below it. */
export function moveLine(shell: Shell, by: number): void {
  const session = shell.world()?.session;
  const { followed, unfoldedRounds } = shell.store.get();
  const story = followed === undefined ? undefined : session?.insight.story(followed);
  if (story === undefined) return;
  const below = story.next.length * 2 + BELOW;
  const last = storyEntries(story, new Set(unfoldedRounds)).length - 1 + below;
  shell.store.update(({ panes }) => {
    panes.story.selected = Math.max(0, Math.min(last, panes.story.selected + by));
  });
}

/** Rows below the chart beside what can still happen, about. */
const BELOW = 8;
