/** The panes of a world's screen: their order, their numbers and their names. */
export type PaneId = 'lesson' | 'stage' | 'messages' | 'events' | 'resources' | 'timeline' | 'console';

export const PANE_TITLES: Readonly<Record<PaneId, string>> = {
  lesson: 'Lesson',
  stage: 'Stage',
  messages: 'Messages',
  events: 'Events',
  resources: 'Resources',
  timeline: 'Timeline',
  console: 'Console',
};

const SANDBOX_PANES: readonly PaneId[] = ['stage', 'messages', 'events', 'resources', 'timeline', 'console'];
const LESSON_PANES: readonly PaneId[] = ['lesson', ...SANDBOX_PANES];

/** In the order of their numbers. */
export const panesOf = (lesson: boolean): readonly PaneId[] => (lesson ? LESSON_PANES : SANDBOX_PANES);

/** The digit that jumps to a pane. */
export const paneNumber = (pane: PaneId, lesson: boolean): number => panesOf(lesson).indexOf(pane) + 1;
