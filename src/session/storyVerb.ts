/** `story ID`: the life of one message, printed. */
import type { ControlAnswer } from '../command/console.ts';
import { storyText } from '../projection/storyText.ts';
import type { Session } from './sessionTypes.ts';

interface StoryInput {
  readonly id?: string;
  readonly output?: string;
}

export const usage = (text: string, why?: string): ControlAnswer => ({
  ok: false,
  error: { kind: 'usage', text, ...(why !== undefined && { why }) },
});

export function askStory(session: Session, { id = '', output }: StoryInput): ControlAnswer {
  const found = session.insight.findMessage(id);
  if (!found.ok) return usage(found.why, 'ids stand in the Messages pane and in the answers');
  const story = session.insight.story(found.messageId);
  if (story === undefined) {
    return usage(`nothing is known of ${found.messageId} here`, 'go to the present: it was made later');
  }
  return output === 'json' ? { ok: true, output: story } : { ok: true, text: storyText(story) };
}
