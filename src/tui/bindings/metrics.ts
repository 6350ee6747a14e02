/** Keys of the Metrics pane. */
import { chooseChart, chooseOwner, moveCursor, zoom } from '../actions/metrics.ts';
import type { Binding } from '../keymap.ts';

export const METRICS: readonly Binding[] = [
  {
    scope: 'pane:metrics',
    keys: ['left', 'right', 'h', 'l'],
    label: (marks) => marks.leftRight,
    says: 'cursor',
    about: 'the cursor back or on',
    group: 'Here',
    footer: 1,
    act: (shell, key) => moveCursor(shell, key === 'right' || key === 'l' ? 1 : -1),
  },
  {
    scope: 'pane:metrics',
    keys: ['up', 'down', 'k', 'j'],
    label: (marks) => marks.upDown,
    says: 'metric',
    about: 'choose a metric',
    group: 'Here',
    footer: 2,
    act: (shell, key) => chooseChart(shell, key === 'down' || key === 'j' ? 1 : -1),
  },
  {
    scope: 'pane:metrics',
    keys: ['[', ']'],
    label: () => '[ ]',
    says: 'resource',
    about: 'metrics of another resource',
    group: 'Here',
    footer: 3,
    act: (shell, key) => chooseOwner(shell, key === ']' ? 1 : -1),
  },
  {
    scope: 'pane:metrics',
    keys: ['+', '-', '='],
    label: () => '+ -',
    says: 'zoom',
    about: 'a shorter span, a longer one',
    group: 'Here',
    footer: 4,
    act: (shell, key) => zoom(shell, key === '-' ? 1 : -1),
  },
];
