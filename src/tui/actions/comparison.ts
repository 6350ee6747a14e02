/** What the keys do that put two forks side by side. */
import { comparisonOf } from '../panes/comparisonRows.ts';
import type { Shell } from '../shell.ts';
import { openTimeline } from './panes.ts';
import { goTo } from './time.ts';

/** The fork under the cursor, by its number. */
function chosen(shell: Shell): number | undefined {
  const timeline = shell.world()?.session.timeline();
  const { selected } = shell.store.get().panes.timeline;
  return timeline?.branches[Math.min(selected, timeline.branches.length - 1)]?.id;
}

export function markChosen(shell: Shell): void {
  const at = chosen(shell);
  shell.store.update(({ comparing }) => {
    comparing.marked = comparing.marked === at ? undefined : at;
  });
}

/** The marked fork, else the current one, against the chosen one; the elder stands left. */
function pairOf(shell: Shell): readonly [number, number] | undefined {
  const timeline = shell.world()?.session.timeline();
  const at = chosen(shell);
  if (timeline === undefined || at === undefined) return undefined;
  const { marked } = shell.store.get().comparing;
  const with_ = marked ?? timeline.current;
  if (with_ !== at) return with_ < at ? [with_, at] : [at, with_];
  const parent = timeline.branches.find(({ id }) => id === at)?.parent;
  const child = timeline.branches.findLast((branch) => branch.parent === at)?.id;
  if (parent !== undefined) return [parent, at];
  return child === undefined ? undefined : [at, child];
}

export function compareChosen(shell: Shell): void {
  const session = shell.world()?.session;
  const pair = pairOf(shell);
  if (session === undefined || pair === undefined) return;
  if (shell.store.get().focus !== 'timeline') openTimeline(shell);
  const found = comparisonOf(session, pair);
  if (!found.ok) {
    shell.notice(found.why);
    return;
  }
  session.you.tell('Compared', `${found.comparison.a} and ${found.comparison.b}`);
  shell.store.update(({ comparing }) => {
    comparing.pair = pair;
  });
}

export const closeComparison = (shell: Shell): void =>
  shell.store.update(({ comparing }) => {
    comparing.pair = undefined;
    comparing.marked = undefined;
  });

export function toFirstDifference(shell: Shell): void {
  const session = shell.world()?.session;
  const { pair } = shell.store.get().comparing;
  const found = session === undefined || pair === undefined ? undefined : comparisonOf(session, pair);
  if (session === undefined || pair === undefined || found?.ok !== true) return;
  const { first } = found.comparison;
  if (first === undefined) {
    shell.notice('They do not differ.');
    return;
  }
  if (!pair.includes(session.timeline().current)) session.switchTo(pair[1]);
  goTo(shell, first.at);
}
