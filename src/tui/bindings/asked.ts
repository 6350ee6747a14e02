/** Keys that ask: each opens the pane, or the popover, that answers. */

import type { Session } from '../../session/sessionTypes.ts';
import { openFacts } from '../actions/facts.ts';
import { openPane } from '../actions/panes.ts';
import { openStory } from '../actions/story.ts';
import { openWhy } from '../actions/why.ts';
import type { Binding } from '../keymap.ts';
import { type AskedPane, kindOfPane, PANE_LETTERS } from '../panesOf.ts';

/** Is there a resource of the kind that the pane shows? */
function hasKindOf(session: Session | undefined, pane: AskedPane): boolean {
  const kind = kindOfPane(pane);
  return kind === undefined || session?.view().resources.some((resource) => resource.kind === kind) === true;
}

const opening = (
  pane: AskedPane,
  words: Pick<Binding, 'says' | 'about' | 'footer' | 'palette'> & { readonly act?: Binding['act'] },
): Binding => ({
  scope: 'pane',
  keys: [PANE_LETTERS[pane]],
  group: 'Panes',
  when: ({ session }) => hasKindOf(session, pane),
  act: (shell) => openPane(shell, pane),
  ...words,
});

export const ASKED: readonly Binding[] = [
  {
    scope: 'pane',
    keys: ['w'],
    says: 'why',
    about: 'why: the rule, the values',
    group: 'Here',
    footer: 9,
    palette: 'Explain why',
    act: openWhy,
  },
  opening('story', {
    says: 'story',
    about: 'the story of a message',
    footer: 15,
    palette: 'Tell the story of the followed message',
    act: openStory,
  }),
  opening('metrics', {
    says: 'metrics',
    about: 'metrics, as CloudWatch',
    footer: 31,
    palette: 'Draw the metrics',
  }),
  opening('costs', { says: 'costs', about: 'what it costs', footer: 32, palette: 'List the costs' }),
  opening('policy', {
    says: 'decisions',
    about: 'what policies decided',
    footer: 33,
    palette: 'Take a policy decision apart',
  }),
  opening('subscriptions', {
    says: 'subscriptions',
    about: 'subscriptions of a topic',
    footer: 35,
    palette: 'List the subscriptions of a topic',
  }),
  opening('shards', {
    says: 'shards',
    about: 'shards of a stream',
    footer: 35,
    palette: 'Draw the shards of a stream',
  }),
  opening('buffer', {
    says: 'buffer',
    about: 'buffer of a delivery stream',
    footer: 35,
    palette: 'Draw the buffer of a delivery stream',
  }),
  opening('broker', {
    says: 'broker',
    about: 'inside of a broker',
    footer: 35,
    palette: 'Look inside a broker',
  }),
  opening('object', {
    says: 'object',
    about: 'objects of a bucket',
    footer: 35,
    palette: 'Look into an object',
  }),
  {
    scope: 'pane',
    keys: [PANE_LETTERS.facts],
    says: 'facts',
    about: 'the facts of the guide',
    group: 'Panes',
    footer: 42,
    palette: 'List the facts of the study guide',
    act: (shell) => openFacts(shell),
  },
];
