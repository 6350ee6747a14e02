/** The prompt's commands that a session does itself: time, forks, undo, clear. */
import type { ControlAnswer } from '../command/console.ts';
import { after, type Instant, type Milliseconds, milliseconds } from '../engine/units.ts';
import { parseDuration } from '../projection/duration.ts';
import { clientVerb } from './clientVerbs.ts';
import { insightVerb } from './insightVerbs.ts';
import { type Done, type Session, SPEEDS } from './sessionTypes.ts';

const good = (text: string): ControlAnswer => ({ ok: true, text });
const bad = (text: string): ControlAnswer => ({ ok: false, error: { kind: 'usage', text } });
const answerOf = (done: Done, text: string): ControlAnswer => (done.ok ? good(text) : bad(done.why));

/** Undefined: not a verb of the session. */
export function sessionVerb(
  session: Session,
  group: string,
  verb: string,
  input: VerbInput,
): ControlAnswer | undefined {
  if (group === 'client') return clientVerb(session, verb, input);
  if (group === 'time') return timeVerb(session, verb, input);
  if (group === 'world' && verb === 'fork') return answerOf(session.fork(input.name), '');
  if (group === 'undo') return answerOf(session.undo(), '');
  if (group === 'clear') {
    session.clearConsole();
    return good('');
  }
  return insightVerb(session, group, verb, input);
}

interface VerbInput {
  readonly factor?: number | string;
  readonly for?: string;
  readonly by?: string;
  readonly to?: string;
  readonly name?: string;
}

function timeVerb(session: Session, verb: string, input: VerbInput): ControlAnswer {
  switch (verb) {
    case 'pause':
      session.pause();
      return good('');
    case 'resume':
      session.resume();
      return good('');
    case 'speed':
      return speed(session, input);
    case 'step':
      return answerOf(session.step(), '');
    case 'skip':
      return withDuration('--for', input.for, (wait) => answerOf(session.skip(wait), ''));
    case 'back':
      return back(session, input);
    default:
      return bad(`time: no verb ${verb}; there are pause, resume, speed, step, skip, back, until`);
  }
}

function speed(session: Session, input: VerbInput): ControlAnswer {
  const factor = Number(String(input.factor ?? '').replace(/^[x×]/u, ''));
  if (!Number.isInteger(factor) || factor < 1 || factor > SPEEDS.at(-1)!) {
    return bad(`time speed: --factor ${input.factor ?? ''} is not a whole number from 1 to ${SPEEDS.at(-1)}`);
  }
  session.setSpeed(factor);
  return good('');
}

function back(session: Session, input: VerbInput): ControlAnswer {
  if (input.by === undefined && input.to === undefined) return answerOf(session.back(), '');
  const now = session.timeline().now;
  if (input.by !== undefined) {
    return withDuration('--by', input.by, (wait) =>
      answerOf(session.goTo(after(now, milliseconds(-wait))), ''),
    );
  }
  const to = parseClock(input.to!);
  if (to === undefined) {
    return bad(`time back: --to ${input.to} is not an instant; write 01:30, 00:01:30.500, or 90s`);
  }
  return answerOf(session.goTo(to), '');
}

function withDuration(
  flag: string,
  text: string | undefined,
  act: (wait: Milliseconds) => ControlAnswer,
): ControlAnswer {
  const wait = text === undefined ? undefined : parseDuration(text);
  if (wait === undefined)
    return bad(`time: ${flag} ${text ?? ''} is not a duration; write 500ms, 30s, 5m, 2h, 4d`);
  return act(wait as Milliseconds);
}

/** `01:30`, `00:01:30.5`, or a duration from the world's start. */
function parseClock(text: string): Instant | undefined {
  const clock = /^(?:(\d+):)?(\d{1,2}):(\d{2})(?:\.(\d{1,3}))?$/u.exec(text);
  if (clock === null) return parseDuration(text) as Instant | undefined;
  const [, hours = '0', minutes, seconds, fraction = '0'] = clock;
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return (whole * 1000 + Number(fraction.padEnd(3, '0'))) as Instant;
}
