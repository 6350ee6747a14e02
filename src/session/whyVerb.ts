/** `why`, `why queue/orders`, `why a1f3`: the reason behind an answer, printed. */
import type { ControlAnswer } from '../command/console.ts';
import { whyText } from '../projection/whyText.ts';
import type { Session } from './sessionTypes.ts';

interface WhyInput {
  readonly about?: string;
  readonly output?: string;
}

export function askWhy(session: Session, { about, output }: WhyInput): ControlAnswer {
  const answer = session.insight.why(about);
  if (!answer.ok) return { ok: false, error: { kind: 'usage', text: answer.why } };
  session.you.tell('AskedWhy', about ?? answer.found.rule.name);
  return output === 'json' ? { ok: true, output: answer.found } : { ok: true, text: whyText(answer.found) };
}
