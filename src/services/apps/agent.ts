/**
 * Kinesis Agent: tails a log and hands its lines to a stream or a delivery stream, in batches of 500 or when the oldest
 * line has waited for the maximum age (maxBufferSizeRecords, maxBufferAgeMillis). It notes up to which line all are
 * accepted, and begins there after a crash: some lines then come twice. It tries until it succeeds. Streams Developer
 * Guide, Write to Kinesis Data Streams using Kinesis Agent. The log grows whether or not the agent runs.
 */
import type { Context } from '../../engine/service.ts';
import { after, type Instant, instant, type Milliseconds, milliseconds } from '../../engine/units.ts';
import type { AppsState, Producer } from './model.ts';
import { nextDue, takeDue } from './pattern.ts';

export interface AgentSettings {
  readonly file: string;
  readonly maxAge: Milliseconds;
}

/** Plain data. */
export interface AgentState {
  /** Counts its processes: what an earlier one sent is not known to it. */
  run: number;
  /** Lines in the log. */
  written: number;
  /** Lines that were sent and are not accepted yet. */
  readonly unaccepted: Set<number>;
  /** Since when the oldest line in its buffer waits; 0: the buffer is empty. */
  since: Instant;
}

export const AGENT_BATCH = 500;
export const AGENT_AGE: Milliseconds = milliseconds(60_000);

export const newAgent = (): AgentState => ({ run: 1, written: 0, unaccepted: new Set(), since: instant(0) });

/** All lines up to this one are accepted. */
function checkpointLine({ agent, next }: Producer): number {
  let first = next;
  for (const line of agent?.unaccepted ?? []) if (line < first) first = line;
  return first - 1;
}

/** The lines that were written since it looked last wait in its buffer. */
export function readLog(context: Context<AppsState>, app: Producer, agent: AgentState): void {
  const { rate, pattern, count } = app.settings;
  const due = takeDue(app.progress, rate, pattern, context.now, context.random(`producer/${app.name}`));
  agent.written = Math.min(agent.written + due, count ?? Number.MAX_SAFE_INTEGER);
  app.waiting = agent.written - (app.next - 1);
  if (app.waiting > 0 && agent.since === 0) agent.since = context.now;
}

/** How many lines go out now. */
export function ripe(app: Producer, agent: AgentState, now: Instant): number {
  if (app.waiting >= AGENT_BATCH) return AGENT_BATCH;
  return app.waiting > 0 && now - agent.since >= app.settings.agent!.maxAge ? app.waiting : 0;
}

/** When it looks again. */
export function nextLook(app: Producer, agent: AgentState, now: Instant): Instant {
  const { rate, pattern, agent: settings } = app.settings;
  const missing = app.waiting === 0 ? 1 : AGENT_BATCH - app.waiting;
  const full = nextDue(app.progress, rate, pattern, now, Math.max(1, missing));
  return app.waiting === 0 ? full : instant(Math.min(full, after(agent.since, settings!.maxAge)));
}

/** A new process: begins after the line up to which all are accepted. */
export function beginAnew(app: Producer, agent: AgentState): void {
  app.next = checkpointLine(app) + 1;
  app.waiting = 0;
  app.outstanding = 0;
  agent.run++;
  agent.unaccepted.clear();
  agent.since = instant(0);
}

export const agentFigures = (app: Producer): Readonly<Record<string, unknown>> =>
  app.agent === undefined
    ? {}
    : {
        linesWritten: app.agent.written,
        checkpointLine: checkpointLine(app),
        buffered: app.agent.written - (app.next - 1),
      };
