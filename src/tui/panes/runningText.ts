/** What waits now, for the right end of the prompt's row. */
import type { Session } from '../../session/sessionTypes.ts';
import { meter } from '../paint/bars.ts';
import { duration } from '../paint/figures.ts';
import type { Theme } from '../paint/theme.ts';

export function runningText(theme: Theme, session: Session, columns: number): string | undefined {
  const { running } = session;
  if (running === undefined) return undefined;
  const mark = theme.flight(theme.marks.inFlight);
  const word = running.wait.type === 'sleep' ? 'sleeps' : 'waits';
  if (running.until === undefined) return `${mark} ${theme.second(word)}`;
  const whole = Math.max(1, running.until - running.since);
  const left = Math.max(0, running.until - session.view().now);
  if (whole < 1_000) return `${mark} ${theme.second('under way')}`;
  const bar = columns < 80 ? '' : `${meter(theme, { ratio: left / whole, width: 10, role: 'flight' })} `;
  return `${mark} ${theme.second(word)} ${bar}${theme.flight(duration(left))}`;
}
