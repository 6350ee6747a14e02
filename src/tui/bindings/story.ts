/** Keys of the Story pane. */
import { chooseLine, moveLine } from '../actions/story.ts';
import { toNow } from '../actions/time.ts';
import type { Binding, Circumstances } from '../keymap.ts';

const hasStory = ({ state }: Circumstances): boolean => state.followed !== undefined;

export const STORY: readonly Binding[] = [
  {
    scope: 'pane:story',
    keys: ['down', 'up', 'j', 'k'],
    label: (marks) => marks.upDown,
    says: 'line',
    about: 'line down, line up',
    group: 'Here',
    footer: 1,
    when: hasStory,
    act: (shell, key) => moveLine(shell, key === 'down' || key === 'j' ? 1 : -1),
  },
  {
    scope: 'pane:story',
    keys: ['enter'],
    label: (marks) => marks.enter,
    says: 'go to it',
    about: 'go to that instant; unfold rounds',
    group: 'Here',
    footer: 2,
    when: hasStory,
    act: chooseLine,
  },
  {
    scope: 'pane:story',
    keys: ['pagedown', 'pageup'],
    says: 'page',
    about: 'a page down, a page up',
    when: hasStory,
    act: (shell, key) => moveLine(shell, key === 'pagedown' ? 8 : -8),
  },
  {
    scope: 'pane:story',
    keys: ['n', 'end'],
    says: 'now',
    about: 'back to now',
    group: 'Here',
    footer: 3,
    when: ({ session }) => session?.timeline().past === true,
    act: toNow,
  },
];
