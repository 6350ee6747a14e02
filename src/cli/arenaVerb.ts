/** `arena list`, `open`, `judge` and `reference` at the prompt: the same as the keys of the arena. */
import type { ControlAnswer } from '../command/console.ts';
import { arenaListText, judgementText } from '../lessons/arenaText.ts';
import * as arena from '../tui/actions/arena.ts';
import type { Shell } from '../tui/shell.ts';

const refused = (text: string): ControlAnswer => ({ ok: false, error: { kind: 'usage', text } });
const OUTSIDE = 'this is no world of the arena: arena list shows the requirements, arena open ID opens one';

/** `lines`: nothing is painted, so what would open on the screen is printed. Undefined: no verb of the arena. */
export function arenaVerb(
  shell: Shell,
  verb: string,
  id: string | undefined,
  lines: boolean,
): ControlAnswer | undefined {
  const rows = arena.arenaRowsOf(shell);
  const play = shell.world()?.arena;
  if (verb === 'list') {
    if (!lines) queueMicrotask(() => arena.openArena(shell));
    return { ok: true, text: arenaListText(rows, (each) => rows.find((row) => row.id === each)?.best) };
  }
  if (verb === 'open') {
    if (rows.every((row) => row.id !== id)) {
      const known = rows.map((row) => row.id).join(', ');
      return refused(
        `there is no requirement ${id}; ${known === '' ? 'this course has none' : `there are ${known}`}`,
      );
    }
    queueMicrotask(() => arena.openRequirement(shell, id ?? ''));
    return { ok: true };
  }
  if (play === undefined) return refused(`arena ${verb}: ${OUTSIDE}`);
  if (verb === 'reference') {
    queueMicrotask(() => arena.toggleDesign(shell));
    return { ok: true };
  }
  if (verb !== 'judge') return undefined;
  const judgement = play.judge();
  if (!judgement.ok) return refused(`arena judge: ${judgement.why}`);
  const text = judgementText(judgement, play.view().reference).trimEnd();
  if (lines) return { ok: true, text };
  queueMicrotask(() => arena.showScore(shell));
  return { ok: true, text: text.split('\n\n')[0] ?? '' };
}
