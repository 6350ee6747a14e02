/** `cost`: what the world costs so far, or in a month at its present rate; as a text or as JSON. */
import type { ControlAnswer } from '../command/console.ts';
import { costText } from '../projection/costText.ts';
import { parseDuration } from '../projection/duration.ts';
import type { Session } from './sessionTypes.ts';

interface CostInput {
  readonly monthly?: boolean;
  readonly last?: string;
  readonly output?: 'text' | 'json';
}

/** The present rate is that of the last five minutes. */
const RATE_OVER_MS = 300_000;

const bad = (text: string): ControlAnswer => ({ ok: false, error: { kind: 'usage', text } });

export function askCost(session: Session, input: object): ControlAnswer {
  const { monthly = false, last, output = 'text' } = input as CostInput;
  const rateOverMs = last === undefined ? RATE_OVER_MS : parseDuration(last);
  if (rateOverMs === undefined || rateOverMs <= 0) {
    return bad(`--last ${last} is not a duration; write 30s, 5m, 2h, 4d`);
  }
  if (last !== undefined && !monthly) return bad('--last goes with --monthly');
  const view = monthly ? session.insight.costOfMonth(rateOverMs) : session.insight.cost();
  if (view === undefined) {
    return bad('no time has passed yet, so there is no rate; let some pass: time skip 5m');
  }
  return output === 'json' ? { ok: true, output: view } : { ok: true, text: costText(view) };
}
