/** What the keys of the Story pane do, and how it is opened from where a message is. */
import type { Session } from '../../session/sessionTypes.ts';
import { shownStream } from '../panes/shardsPane.ts';
import { storyEntries } from '../panes/storyRows.ts';
import type { Shell } from '../shell.ts';
import { openPane } from './panes.ts';
import { goTo } from './time.ts';
import { queueOf } from './worlds.ts';

const EVENTS_READ = 2_000;
/** Of a record, as answers of Kinesis write it. */
const SEQUENCE_NUMBER = /"SequenceNumber": "(\d{50,60})"/;
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
  if (focus === 'shards' && followed === undefined) return recordHere(session, shell);
  if (focus !== 'console') return followed;
  const entries = session.console();
  const entry = entries[entries.length - 1 - panes.console.selected];
  const output = entry?.result?.output ?? '';
  const id = MESSAGE_ID.exec(output)?.[0] ?? SEQUENCE_NUMBER.exec(output)?.[1];
  return id !== undefined && session.insight.findMessage(id).ok ? id : followed;
}

/** The newest record of the shard under the cursor. */
function recordHere(session: Session, shell: Shell): string | undefined {
  const state = shell.store.get();
  const view = shownStream(session, state);
  const shard = view?.shards[Math.min(state.panes.shards.selected, view.shards.length - 1)];
  const put = session
    .events(0, EVENTS_READ)
    .findLast(
      ({ type, fields }) =>
        type === 'kinesis/RecordPut' &&
        `stream/${fields.stream}` === view?.stream &&
        fields.shard === shard?.number,
    );
  return put === undefined ? undefined : String(put.fields.sequenceNumber);
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
