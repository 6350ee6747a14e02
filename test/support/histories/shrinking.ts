/** A list as short as it gets while something still holds: halves, quarters and so on are left out (delta debugging). */
export function fewest<Item>(
  all: readonly Item[],
  holds: (some: readonly Item[]) => boolean,
  tries = 400,
): Item[] {
  let kept = [...all];
  let left = tries;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length && left > 0; left--) {
      const some = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (holds(some)) kept = some;
      else at += size;
    }
  }
  return kept;
}
