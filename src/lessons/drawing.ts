/**
 * The drawing test: a picture is sent line by line through real services of a world, and drawn in the order in which
 * its lines arrive. The same picture, way and seed give the same drawing.
 */
import { worldSettings } from '../contract/world.ts';
import { milliseconds } from '../engine/units.ts';
import type { Catalog } from '../projection/publish.ts';
import { createSession, type WorldSession } from '../session/session.ts';
import type { DrawnPicture } from './drawingPictures.ts';
import { type DrawingWay, readLines } from './drawingWays.ts';

/** `late`: after a line that stands below it. `twice`: it was drawn before. */
export type ArrivalKind = 'in order' | 'late' | 'twice';

export interface Arrival {
  /** Since the first line was sent. */
  readonly atMs: number;
  /** Of the picture, from 1. */
  readonly line: number;
  /** Index of who drew it. */
  readonly reader: number;
  readonly kind: ArrivalKind;
}

export interface ArrivalCounts {
  readonly inOrder: number;
  readonly late: number;
  readonly twice: number;
  /** Lines that this drawing has not. */
  readonly missing: number;
}

export interface Drawing {
  readonly way: DrawingWay;
  readonly picture: DrawnPicture;
  readonly seed: number;
  /** In the order of time, over all readers. */
  readonly arrivals: readonly Arrival[];
  /** The lines that built and sent it, to be typed elsewhere. */
  readonly script: readonly string[];
}

export interface DrawingOptions {
  readonly catalog: Catalog;
  readonly picture: DrawnPicture;
  readonly way: DrawingWay;
  readonly seed: number;
}

/** A pause of the pen between two lines. */
const PEN_PAUSE = { queue: 'sleep 0.05', stream: 'sleep 0.3' } as const;
/** A copy that a delete missed is back after the visibility timeout of 10 s. */
const SETTLE = milliseconds(45_000);

/** The text that travels: the number comes first, so that an empty line is a message, too. */
const sentText = (line: string, n: number): string => `${n} ${line}`;

export function draw({ catalog, picture, way, seed }: DrawingOptions): Drawing {
  const encoder = new TextEncoder();
  const session = createSession({
    catalog,
    settings: worldSettings({ seed, delivery: way.delivery }),
    name: 'drawing',
    readFile(path) {
      const n = Number(/^line-(\d{1,3})$/u.exec(path)?.[1]);
      const line = picture.lines[n - 1];
      return line === undefined ? undefined : encoder.encode(sentText(line, n));
    },
  });
  const sends = picture.lines.map((_, index) => way.send(index + 1));
  const pause = way.stream === true ? PEN_PAUSE.stream : PEN_PAUSE.queue;
  const script = [...way.setup, ...readLines(way), ...sends.flatMap((line) => [line, pause])];
  let began = session.now;
  for (const line of script) {
    if (line === sends[0]) began = session.now;
    runLine(session, line);
  }
  session.skip(SETTLE);
  const arrived = way.stream === true ? streamArrivals(session, way) : queueArrivals(session, way);
  return { way, picture, seed, script, arrivals: judged(arrived, way, began) };
}

function runLine(session: WorldSession, line: string): void {
  const { id } = session.enter(line);
  session.drain();
  const error = session.entry(id)?.result?.error;
  if (error !== undefined) throw new Error(`drawing test: ${line}: ${error.text}`);
}

interface Arrived {
  readonly at: number;
  readonly line: number;
  readonly reader: number;
}

const EVENTS_MAX = 5_000;

function queueArrivals(session: WorldSession, { readers }: DrawingWay): Arrived[] {
  return session.events(0, EVENTS_MAX).flatMap(({ type, by, at, fields }) => {
    const line = Number(/^(\d+) /u.exec(String(fields.body ?? ''))?.[1]);
    const reader = readers.indexOf(by);
    return type === 'sqs/MessageReceived' && reader >= 0 && line > 0 ? [{ at, line, reader }] : [];
  });
}

/** Records are put in the picture's order; a read names its shard and how many it took. */
function streamArrivals(session: WorldSession, { readers }: DrawingWay): Arrived[] {
  const events = session.events(0, EVENTS_MAX);
  /** Lines in each shard that were not read yet. */
  const waiting = new Map<unknown, number[]>();
  const arrived: Arrived[] = [];
  let line = 0;
  for (const { type, by, at, fields } of events) {
    const { shard, count } = fields;
    if (type === 'kinesis/RecordPut') waiting.set(shard, [...(waiting.get(shard) ?? []), ++line]);
    if (type !== 'kinesis/RecordsRead') continue;
    const taken = waiting.get(shard)?.splice(0, Number(count)) ?? [];
    arrived.push(...taken.map((each) => ({ at, line: each, reader: readers.indexOf(by) })));
  }
  return arrived;
}

function judged(arrived: readonly Arrived[], way: DrawingWay, began: number): Arrival[] {
  const seen = new Set<string>();
  const lowest = way.readers.map(() => 0);
  return arrived.map(({ at, line, reader }) => {
    const key = way.shares ? `${line}` : `${reader} ${line}`;
    const kind: ArrivalKind = seen.has(key) ? 'twice' : line > lowest[reader]! ? 'in order' : 'late';
    seen.add(key);
    lowest[reader] = Math.max(lowest[reader]!, line);
    return { atMs: at - began, line, reader, kind };
  });
}

/** Of one reader, or of all; after the first `shown` arrivals. */
export function countsOf(drawing: Drawing, reader?: number, shown = drawing.arrivals.length): ArrivalCounts {
  const { arrivals, picture, way } = drawing;
  const mine = arrivals.slice(0, shown).filter((each) => reader === undefined || each.reader === reader);
  const of = (kind: ArrivalKind): number => mine.filter((each) => each.kind === kind).length;
  const key = (each: Arrival): string =>
    way.shares || reader !== undefined ? `${each.line}` : `${each.reader} ${each.line}`;
  const wanted = picture.lines.length * (reader !== undefined || way.shares ? 1 : way.readers.length);
  return {
    inOrder: of('in order'),
    late: of('late'),
    twice: of('twice'),
    missing: wanted - new Set(mine.map(key)).size,
  };
}

/** What one reader drew, from top to bottom. */
export const drawnBy = ({ arrivals }: Drawing, reader: number, shown = arrivals.length): readonly Arrival[] =>
  arrivals.slice(0, shown).filter((each) => each.reader === reader);
