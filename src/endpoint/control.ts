/**
 * `/_playground`: for the tests of a user's app. `health` and `state` are asked, `reset`, `clock` and `run` are told.
 * Answers are JSON.
 */
import type { Milliseconds } from '../engine/units.ts';
import type { WorldSession } from '../session/session.ts';
import type { Incoming, Reply } from './exchange.ts';

export interface Controlled {
  readonly session: () => WorldSession;
  /** Begins a new world with the same settings. */
  readonly reset: () => void;
  readonly version: string;
  readonly services: readonly string[];
  /** Lets time pass that the wall has counted. */
  readonly catchUp: () => void;
}

export const PREFIX = '/_playground/';

/** A week: more at once is a mistake, or takes too long. */
const ADVANCE_MAX_MS = 400 * 86_400_000;
const IDLE_STEPS_MAX = 1_000_000;

class Wrong extends Error {}

export function control(incoming: Incoming, around: Controlled): Reply {
  const verb = incoming.path.slice(PREFIX.length).replace(/\/$/u, '');
  const work = VERBS[verb];
  if (work === undefined) {
    return json(404, { error: `there is no ${verb}; there are ${Object.keys(VERBS).join(', ')}` });
  }
  const isAsked = verb === 'health' || verb === 'state';
  if (incoming.method !== 'POST' && !(isAsked && incoming.method === 'GET')) {
    return json(405, { error: `${verb} is told with POST` });
  }
  try {
    around.catchUp();
    return json(200, work(around, inputOf(incoming)));
  } catch (error) {
    if (error instanceof Wrong) return json(400, { error: error.message });
    throw error;
  }
}

const json = (status: number, value: object): Reply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: `${JSON.stringify(value)}\n`,
});

type Input = Readonly<Record<string, unknown>>;

function inputOf({ body }: Incoming): Input {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(body));
  } catch {
    throw new Wrong('the body is no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Wrong('the body is a JSON object');
  return value as Input;
}

const VERBS: Readonly<Record<string, (around: Controlled, input: Input) => object>> = {
  health: ({ version, services }) => ({ status: 'running', version, services }),
  state: ({ session }) => stateOf(session()),
  reset: (around) => {
    around.reset();
    return clockOf(around.session());
  },
  clock: ({ session }, input) => {
    tellClock(session(), input);
    return clockOf(session());
  },
};

/** `{"pause":true}`, `{"advance":30}` (seconds, or "5m"), `{"untilIdle":true}`, `{"resume":true}`, `{"speed":10}`. */
function tellClock(session: WorldSession, input: Input): void {
  const known = ['pause', 'resume', 'speed', 'advance', 'untilIdle'];
  const unknown = Object.keys(input).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Wrong(`there is no ${unknown}; there are ${known.join(', ')}`);
  const { pause, resume, speed, advance, untilIdle } = input;
  if (speed !== undefined) {
    if (typeof speed !== 'number' || !(speed > 0) || speed > 100_000)
      throw new Wrong('speed is a number up to 100000');
    session.setSpeed(speed);
  }
  if (pause === true) session.pause();
  if (advance !== undefined) {
    const done = session.skip(durationOf(advance));
    if (!done.ok) throw new Wrong(done.why);
  }
  if (untilIdle === true) runUntilIdle(session);
  if (resume === true) session.resume();
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function durationOf(value: unknown): Milliseconds {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/u.exec(String(value)) ?? [];
  const milliseconds = Math.round(Number(number) * (UNITS[unit] ?? Number.NaN));
  if (!(milliseconds >= 0) || milliseconds > ADVANCE_MAX_MS) {
    throw new Wrong(`advance is seconds, or 500ms, 30s, 5m, 2h, 4d; at most 400d; not ${String(value)}`);
  }
  return milliseconds as Milliseconds;
}

/** All that is due within the next hour, again and again; what repeats for ever stops it. */
function runUntilIdle(session: WorldSession): void {
  const end = session.now + 3_600_000;
  for (let steps = 0; steps < IDLE_STEPS_MAX; steps++) {
    const due = session.nextDue();
    if (due === undefined || due > end) return;
    const done = session.skip((due - session.now) as Milliseconds);
    if (!done.ok) throw new Wrong(done.why);
  }
}

const clockOf = (session: WorldSession): object => ({
  now: session.now,
  time: new Date(session.settings.epoch + session.now).toISOString(),
  paused: session.paused,
  speed: session.speed,
  nextDue: session.nextDue() ?? null,
});

function stateOf(session: WorldSession): object {
  const { resources } = session.view();
  return { clock: clockOf(session), clientsWaiting: session.clients.clientsWaiting, resources };
}
