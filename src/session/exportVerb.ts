/** `world export`: prints what builds the same resources elsewhere. */
import type { ControlAnswer } from '../command/console.ts';
import type { Format } from '../export/index.ts';
import type { Session } from './sessionTypes.ts';

export function askExport(session: Session, input: object): ControlAnswer {
  const { as = 'cli' } = input as { as?: Format };
  return { ok: true, text: session.insight.exported(as).trimEnd() };
}
