/** What falls due in CloudWatch Logs, what is answered, and what is written by other services. */
import { isLogLines } from '../../contract/logLines.ts';
import type { Context, Delivery, Outcome, Timer } from '../../engine/service.ts';
import type { LogsState } from './model.ts';
import { type ProbeToken, probed } from './rules/filters.ts';
import { type ForwardDue, type ForwardToken, forwardAnswered, forwardDue } from './rules/forwarding.ts';
import { writeLines } from './rules/writing.ts';

export const due = (context: Context<LogsState>, timer: Timer): void =>
  forwardDue(context, timer as ForwardDue);

export function answered(context: Context<LogsState>, token: object, outcome: Outcome): void {
  const its = token as ForwardToken | ProbeToken;
  if (its.type === 'forward') forwardAnswered(context, its, outcome);
  else probed(context, its, outcome);
}

export function delivered(context: Context<LogsState>, { payload }: Delivery): void {
  if (isLogLines(payload)) writeLines(context, payload);
}
