/** Which lines of the Console belong to another fork than the one we are in: they were undone, or left behind. */
import type { ConsoleEntry, TimelineView } from '../../session/sessionTypes.ts';

const YOU = 'you';

/**
 * Ids of entries whose command some other branch has and the current one has not. The same line given again at the
 * same instant counts for the newer entry.
 */
export function undoneEntries(
  entries: readonly ConsoleEntry[],
  { branches, current }: TimelineView,
): ReadonlySet<number> {
  const undone = new Set<number>();
  if (branches.length < 2) return undone;
  const here = new Map<string, number>();
  const elsewhere = new Set<string>();
  for (const branch of branches) {
    for (const { at, by, line } of branch.commands) {
      if (by !== YOU) continue;
      const key = `${at} ${line}`;
      if (branch.id === current) here.set(key, (here.get(key) ?? 0) + 1);
      else elsewhere.add(key);
    }
  }
  for (const entry of [...entries].reverse()) {
    const key = `${entry.at} ${entry.line}`;
    if (entry.by !== YOU || !elsewhere.has(key)) continue;
    const left = here.get(key) ?? 0;
    if (left > 0) here.set(key, left - 1);
    else undone.add(entry.id);
  }
  return undone;
}
