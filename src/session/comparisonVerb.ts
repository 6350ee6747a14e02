/** `world compare [A] [B]`: two courses of events side by side, printed. */
import type { ControlAnswer } from '../command/console.ts';
import { comparisonText } from '../projection/comparisonText.ts';
import type { Session } from './sessionTypes.ts';
import { usage } from './storyVerb.ts';

interface CompareInput {
  readonly a?: string;
  readonly b?: string;
  readonly output?: string;
}

export function askComparison(session: Session, { a, b, output }: CompareInput): ControlAnswer {
  const found = session.insight.compare(a, b);
  if (!found.ok) return usage(found.why);
  const { comparison } = found;
  session.you.tell('Compared', `${comparison.a} and ${comparison.b}`);
  return output === 'json'
    ? { ok: true, output: comparison }
    : { ok: true, text: comparisonText(comparison) };
}
