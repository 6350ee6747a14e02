/**
 * Plays a recording once, and writes down the lines that a lesson needs to come to the same: waits become `sleep`,
 * refusals `|| true`, a receipt handle typed in full the variable that holds it; what only looks around goes.
 */
import { splitScript } from '../command/splitScript.ts';
import type { LearnerSession } from './learnerSession.ts';
import type { RecordedLine, Recording } from './recording.ts';

/** A line for the lesson. */
export interface PlayedLine {
  readonly line: string;
  /** A wait that nobody typed: time passed while the player looked. */
  readonly waited?: boolean;
}

export interface PlayedRecording {
  readonly setup: readonly PlayedLine[];
  readonly steps: readonly { readonly enter: readonly PlayedLine[]; readonly lines: readonly PlayedLine[] }[];
  readonly expected: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

/** Verbs that change nothing in a world, or that a lesson has other words for. */
const LOOKING = /^(?:clear|help|why|story|cost|facts|lesson|record|undo|world|\?)(?:\s|$)/;
const TIME = /^time\s+(\w+)/;
const WAITS = new Set(['skip', 'until', 'step']);

export function playRecording(recording: Recording, session: LearnerSession): PlayedRecording {
  const player = new RecordingPlayer(session, handlesOf(recording));
  const setup = player.play(recording.setup);
  const expected: (readonly string[])[] = [];
  const steps = recording.steps.map((step) => {
    const enter = player.play(step.enter);
    player.expected = [];
    const lines = player.play(step.lines);
    expected.push(player.expected);
    return { enter, lines };
  });
  return { setup, steps, expected, notes: player.notes };
}

interface Handle {
  readonly value: string;
  readonly name: string;
  /** Its place in the answer. */
  readonly index: number;
}

class RecordingPlayer {
  readonly notes: string[] = [];
  expected: string[] = [];
  readonly #session: LearnerSession;
  readonly #handles: ReadonlyMap<RecordedLine, Handle>;
  /** When the line before was given, by the recording, and how long it ran here. */
  #before: { readonly at: number; readonly ran: number } | undefined;

  constructor(session: LearnerSession, handles: ReadonlyMap<RecordedLine, Handle>) {
    this.#session = session;
    this.#handles = handles;
  }

  play(lines: readonly RecordedLine[]): PlayedLine[] {
    return lines.flatMap((line) => this.#playOne(line));
  }

  #playOne(recorded: RecordedLine): PlayedLine[] {
    const waited = this.#waited(recorded);
    const line = this.#named(recorded);
    const verb = TIME.exec(line)?.[1];
    if (/^expect\s/.test(line)) this.expected.push(line);
    const isIdle = LOOKING.test(line) || /^expect\s/.test(line);
    if (isIdle || (verb !== undefined && (recorded.at !== undefined || !WAITS.has(verb)))) return waited;
    const from = this.#session.now;
    const refused = this.#enter(line);
    const ran = this.#session.now - from;
    if (recorded.at !== undefined) this.#before = { at: recorded.at, ran };
    if (verb !== undefined) return ran === 0 ? waited : [...waited, { line: `sleep ${secondsOf(ran)}` }];
    if (!refused) return [...waited, { line }];
    this.notes.push(`refused, so || true was added: ${line}`);
    return [...waited, { line: `${line} || true` }];
  }

  /** Lets pass what passed before this line in the recording. */
  #waited({ at }: RecordedLine): PlayedLine[] {
    if (at === undefined) return [];
    const gap = this.#before === undefined ? 0 : at - this.#before.at - this.#before.ran;
    if (gap < 1_000) return [];
    const line = `sleep ${secondsOf(gap)}`;
    this.#before = { at, ran: 0 };
    this.#enter(line);
    return [{ line, waited: true }];
  }

  /** True: the service refused it, and nobody said that this is expected. */
  #enter(line: string): boolean {
    const { id } = this.#session.enter(line);
    this.#session.drain();
    const { result } = this.#session.entry(id) ?? {};
    if (result === undefined) {
      this.#session.interrupt();
      throw new UnplayableLine(line, 'waits for what cannot come');
    }
    const { error, tolerated } = result;
    if (error === undefined || tolerated) return false;
    if (error.kind !== 'refused') throw new UnplayableLine(line, error.text.trim().split('\n').at(-1)!);
    return true;
  }

  #named(recorded: RecordedLine): string {
    let line = oneLine(recorded.line);
    for (const { value, name } of this.#handles.values()) {
      for (const typed of [`'${value}'`, `"${value}"`, value]) line = line.replaceAll(typed, `"$${name}"`);
    }
    const handle = this.#handles.get(recorded);
    if (handle === undefined) return line;
    return `${handle.name}=$(${line} --query 'Messages[${handle.index}].ReceiptHandle' --output text)`;
  }
}

export class UnplayableLine extends Error {
  override readonly name = 'UnplayableLine';

  constructor(line: string, why: string) {
    super(`the recording stops at "${line.length > 70 ? `${line.slice(0, 69)}…` : line}": ${why}`);
  }
}

/** Whole seconds, rounded up. */
const secondsOf = (ms: number): number => Math.ceil(ms / 1_000);

/** A command that was written in several rows, in one. */
const oneLine = (line: string): string => splitScript(line).join(' ') || line;

/** Receives whose answer was used by its receipt handle. One receive can give one variable: others stay as typed. */
function handlesOf({ setup, steps }: Recording): ReadonlyMap<RecordedLine, Handle> {
  const lines = [...setup, ...steps.flatMap((step) => [...step.enter, ...step.lines])];
  const handles = new Map<RecordedLine, Handle>();
  for (const [at, recorded] of lines.entries()) {
    if (!/\breceive-message\b/.test(recorded.line) || /--query|\$\(/.test(recorded.line)) continue;
    const later = lines.slice(at + 1).map((each) => each.line);
    const used = receiptHandles(recorded.output).flatMap((value, index) =>
      later.some((line) => line.includes(value)) ? [{ value, index }] : [],
    );
    if (used.length === 1) handles.set(recorded, { ...used[0]!, name: `H${handles.size + 1}` });
  }
  return handles;
}

function receiptHandles(output: string | undefined): string[] {
  return [...(output ?? '').matchAll(/"ReceiptHandle": "([^"]{20,})"/g)].map(([, value]) => value!);
}
