/** Python's `difflib.get_close_matches`: the AWS CLI's "maybe you meant". */

/** The best of `choices`, best first, at least `cutoff` alike, at most three. */
export function closeMatches(word: string, choices: readonly string[], cutoff = 0.6): string[] {
  const scored: { readonly score: number; readonly choice: string }[] = [];
  for (const choice of choices) {
    const score = ratio(choice, word);
    if (score >= cutoff) scored.push({ score, choice });
  }
  scored.sort((a, b) => b.score - a.score || (a.choice < b.choice ? 1 : -1));
  return scored.slice(0, 3).map(({ choice }) => choice);
}

/** How alike two texts are, from 0 to 1: Ratcliff and Obershelp, as difflib counts it. */
function ratio(a: string, b: string): number {
  if (a.length + b.length === 0) return 1;
  const places = new Map<string, number[]>();
  for (let index = 0; index < b.length; index++) {
    const character = b[index] ?? '';
    const known = places.get(character);
    if (known) known.push(index);
    else places.set(character, [index]);
  }
  let matches = 0;
  const queue: [number, number, number, number][] = [[0, a.length, 0, b.length]];
  for (let range = queue.pop(); range !== undefined; range = queue.pop()) {
    const [aFrom, aTo, bFrom, bTo] = range;
    const { i, j, size } = longestMatch(a, places, aFrom, aTo, bFrom, bTo);
    if (size === 0) continue;
    matches += size;
    if (aFrom < i && bFrom < j) queue.push([aFrom, i, bFrom, j]);
    if (i + size < aTo && j + size < bTo) queue.push([i + size, aTo, j + size, bTo]);
  }
  return (2 * matches) / (a.length + b.length);
}

function longestMatch(
  a: string,
  places: ReadonlyMap<string, readonly number[]>,
  aFrom: number,
  aTo: number,
  bFrom: number,
  bTo: number,
): { readonly i: number; readonly j: number; readonly size: number } {
  let best = { i: aFrom, j: bFrom, size: 0 };
  let lengths = new Map<number, number>();
  for (let i = aFrom; i < aTo; i++) {
    const next = new Map<number, number>();
    for (const j of places.get(a[i] ?? '') ?? []) {
      if (j < bFrom) continue;
      if (j >= bTo) break;
      const size = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, size);
      if (size > best.size) best = { i: i - size + 1, j: j - size + 1, size };
    }
    lengths = next;
  }
  return best;
}
