/** Keys of the explanation. */
import * as why from '../actions/why.ts';
import { closePopover } from '../actions/worlds.ts';
import type { Binding } from '../keymap.ts';

export const WHY: readonly Binding[] = [
  {
    scope: 'popover:why',
    keys: ['enter'],
    says: 'go to that instant',
    about: 'go to the instant at which it changes',
    footer: 1,
    when: ({ session, state }) => why.changeInstant(why.shownWhy(session, state)) !== undefined,
    act: why.goToChange,
  },
  {
    scope: 'popover:why',
    keys: ['down', 'up', 'j', 'k'],
    label: (marks) => marks.upDown,
    says: 'row',
    about: 'a row down, a row up',
    footer: 2,
    when: ({ session, state }) => why.shownWhy(session, state) !== undefined,
    act: (shell, key) => why.moveWhy(shell, key === 'down' || key === 'j' ? 1 : -1),
  },
  {
    scope: 'popover:why',
    keys: ['pagedown', 'pageup', 'space'],
    says: 'page',
    about: 'read on, read back',
    act: (shell, key) => why.scrollWhy(shell, key === 'pageup' ? -6 : 6),
  },
  {
    scope: 'popover:why',
    keys: ['t'],
    says: 'try it',
    about: 'put the line that helps into the prompt',
    footer: 3,
    when: ({ session, state }) => why.lineToTry(why.shownWhy(session, state)) !== undefined,
    act: why.tryLine,
  },
  {
    scope: 'popover:why',
    keys: ['m'],
    says: 'story',
    about: 'the story of that message',
    footer: 4,
    when: ({ session, state }) => why.messageOfRow(why.shownWhy(session, state)) !== undefined,
    act: why.storyOfRow,
  },
  {
    scope: 'popover:why',
    keys: ['n', 'w'],
    says: 'ask on',
    about: 'ask about the next thing it names',
    footer: 6,
    when: ({ session, state }) => why.shownWhy(session, state)?.found.see !== undefined,
    act: why.askNext,
  },
  {
    scope: 'popover:why',
    keys: ['c', 'y'],
    says: 'copy',
    about: 'copy it as text',
    footer: 5,
    when: ({ session, state }) => why.shownWhy(session, state) !== undefined,
    act: why.copyWhy,
  },
  { scope: 'popover:why', keys: ['q'], says: 'close', about: 'close', act: closePopover },
];
