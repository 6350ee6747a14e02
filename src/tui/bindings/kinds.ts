/** Keys of the panes of one kind of resource: Shards, Object, Broker. */
import { otherBroker, scrollBroker } from '../actions/brokers.ts';
import { moveObject, openObject, otherOfKind } from '../actions/objects.ts';
import { moveSelection } from '../actions/panes.ts';
import type { Binding, Circumstances } from '../keymap.ts';

const isDown = (key: string): boolean => key === 'down' || key === 'j' || key === 'pagedown';

const several =
  (kind: string) =>
  ({ session }: Circumstances): boolean =>
    (session?.view().resources.filter((resource) => resource.kind === kind).length ?? 0) > 1;

const hasAny =
  (kind: string) =>
  ({ session }: Circumstances): boolean =>
    session?.view().resources.some((resource) => resource.kind === kind) === true;

export const KINDS_KEYS: readonly Binding[] = [
  {
    scope: 'pane:object',
    keys: ['down', 'up', 'j', 'k'],
    label: (marks) => marks.upDown,
    says: ({ state }) => (state.object.open === undefined ? 'choose' : 'scroll'),
    about: 'choose an object, read on',
    group: 'Here',
    footer: 1,
    when: hasAny('bucket'),
    act: (shell, key) => moveObject(shell, isDown(key) ? 1 : -1),
  },
  {
    scope: 'pane:object',
    keys: ['pagedown', 'pageup'],
    says: 'page',
    about: 'a page down, a page up',
    when: hasAny('bucket'),
    act: (shell, key) => moveObject(shell, isDown(key) ? 8 : -8),
  },
  {
    scope: 'pane:object',
    keys: ['enter'],
    says: ({ state }) => (state.object.open === undefined ? 'open' : 'list'),
    about: 'open an object, close it',
    group: 'Here',
    footer: 2,
    when: hasAny('bucket'),
    act: openObject,
  },
  {
    scope: 'pane:object',
    keys: [']', '['],
    label: () => '[ ]',
    says: 'bucket',
    about: 'another bucket',
    group: 'Here',
    footer: 3,
    when: several('bucket'),
    act: (shell, key) => otherOfKind(shell, 'bucket', key === ']' ? 1 : -1),
  },
  {
    scope: 'pane:broker',
    keys: ['down', 'up', 'j', 'k'],
    label: (marks) => marks.upDown,
    says: 'scroll',
    about: 'read on, read back',
    group: 'Here',
    footer: 1,
    when: hasAny('broker'),
    act: (shell, key) => scrollBroker(shell, isDown(key) ? 1 : -1),
  },
  {
    scope: 'pane:broker',
    keys: ['pagedown', 'pageup'],
    says: 'page',
    about: 'a page down, a page up',
    when: hasAny('broker'),
    act: (shell, key) => scrollBroker(shell, isDown(key) ? 8 : -8),
  },
  {
    scope: 'pane:broker',
    keys: [']', '['],
    label: () => '[ ]',
    says: 'broker',
    about: 'another broker',
    group: 'Here',
    footer: 2,
    when: several('broker'),
    act: (shell, key) => otherBroker(shell, key === ']' ? 1 : -1),
  },
  {
    scope: 'pane:shards',
    keys: ['down', 'up', 'j', 'k'],
    label: (marks) => marks.upDown,
    says: 'shard',
    about: 'choose a shard',
    group: 'Here',
    footer: 1,
    when: hasAny('stream'),
    act: (shell, key) => moveSelection(shell, isDown(key) ? 1 : -1),
  },
  {
    scope: 'pane:shards',
    keys: [']', '['],
    label: () => '[ ]',
    says: 'stream',
    about: 'another stream',
    group: 'Here',
    footer: 2,
    when: several('stream'),
    act: (shell, key) => otherOfKind(shell, 'stream', key === ']' ? 1 : -1),
  },
];
