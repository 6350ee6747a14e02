/** The Story pane: the life of the message that is followed. */
import { duration } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { empty } from './messageRows.ts';
import { body, type Painter, paneKeyNow } from './painter.ts';
import { storyRows } from './storyRows.ts';

export const storyPane: Painter = (scene, session, size) => {
  const { theme } = scene;
  const { followed, focus, panes, unfoldedRounds } = scene.now.state;
  const story = followed === undefined ? undefined : session.insight.story(followed, session.moving);
  if (story === undefined) {
    const text =
      followed === undefined
        ? 'The story of one message is told here, from its send to its end.'
        : `Nothing is known of ${plain(followed).slice(0, 8)} at this instant.`;
    return body(
      empty(theme, text, size.columns, [
        [paneKeyNow(scene, 'm'), 'on a message, or on an answer of the Console, tells its story'],
        [focus === 'prompt' ? '$' : 'i', 'story 1a2b'],
      ]),
    );
  }
  const cursor = focus === 'story' ? panes.story.selected : undefined;
  const model = { story, cursor, unfolded: new Set(unfoldedRounds) };
  const first = story.items[0];
  const age = first === undefined ? '' : ` ${theme.marks.dot} ${duration(story.now - first.at)}`;
  const copies = story.copies.length === 1 ? '' : ` ${theme.marks.dot} ${story.copies.length} messages`;
  const scope = `${theme.key(story.messageId.slice(0, 8))}${copies}${age}`;
  return body(storyRows(theme, model, size.columns, size.rows), scope);
};
