/** The best score of each requirement of the arena, as the progress file keeps it. */
import * as z from 'zod';

const bestFormat = z.strictObject({ score: z.int().min(0).max(100), when: z.iso.datetime() });

/** By the requirement's id. */
export const arenaScoresFormat = z.record(z.string().max(60), bestFormat);
export type ArenaScores = z.infer<typeof arenaScoresFormat>;

export const bestScore = (
  { arena }: { readonly arena?: ArenaScores | undefined },
  id: string,
): number | undefined => arena?.[id]?.score;

/** The higher score of each; of equal ones the earlier. */
export function mergeScores(a: ArenaScores | undefined, b: ArenaScores | undefined): ArenaScores | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const both: ArenaScores = { ...a };
  for (const [id, theirs] of Object.entries(b)) {
    const ours = both[id];
    const better =
      ours === undefined ||
      theirs.score > ours.score ||
      (theirs.score === ours.score && theirs.when < ours.when);
    if (better) both[id] = { ...theirs };
  }
  return both;
}
