/** From a save to a session at the place it was left, and from a session to a save. */
import { saveTimeline } from '../engine/timelineData.ts';
import { LIST_PRICES } from '../projection/cost.ts';
import { CONSOLE_LINES_MAX } from './consoleJson.ts';
import type { DigestMark, Save } from './saveTypes.ts';
import { createSession, type WorldSession } from './session.ts';
import type { SessionOptions } from './sessionOptions.ts';
import { ReadProblem } from './strictJson.ts';
import { VERSION } from './version.ts';

export interface OpenedWorld {
  readonly session: WorldSession;
  /** What the player should know: another version, another digest, a checkpoint that was of no use. */
  readonly notes: readonly string[];
}

type Around = Omit<SessionOptions, 'settings' | 'name' | 'data'>;

/**
 * Opens at once from the checkpoint if there is one; else by replay. Throws a `ReadProblem` when its commands cannot be
 * replayed: a journal that was written by hand may ask for what no prompt would send.
 */
export function openSave(save: Save, around: Around): OpenedWorld {
  const notes: string[] = [];
  if (save.engineVersion !== VERSION) {
    notes.push(
      `Made by version ${save.engineVersion}; this is ${VERSION}. --replay plays it again by this one.`,
    );
  }
  notes.push(...aboutPrices(save, around));
  const session = fromCheckpoint(save, around, notes) ?? fromReplay(save, around, notes);
  session.adoptConsole(save.console);
  for (const [name, value] of Object.entries(save.variables)) session.consoleState.variables.set(name, value);
  goOnward(session, save);
  return { session, notes };
}

/** A world remembers which prices it was made with, not the prices. */
function aboutPrices({ settings }: Save, { prices = LIST_PRICES }: Around): readonly string[] {
  const made = settings.prices;
  if (made === undefined || (made.name === prices.title && made.date === prices.date)) return [];
  return [
    `Its costs were shown at "${made.name}" of ${made.date}; now at "${prices.title}" of ${prices.date}. ` +
      '--prices FILE gives another list.',
  ];
}

/** The same save, to be opened by replay. */
export function withoutCheckpoint(save: Save): Save {
  const { image: _image, ...timeline } = save.timeline;
  return { ...save, timeline };
}

function fromCheckpoint(save: Save, around: Around, notes: string[]): WorldSession | undefined {
  if (save.timeline.image === undefined) return undefined;
  const foreign = save.engineVersion !== VERSION;
  const foreignPast = { before: save.timeline.position, version: save.engineVersion };
  try {
    const session = create(save, foreign ? { ...around, foreignPast } : around, save.timeline);
    if (session.world.simulation.digest() === save.timeline.digest) {
      if (foreign) notes.push('It goes on from its checkpoint; what lies before is only to look at.');
      return session;
    }
    notes.push('Its checkpoint does not fit its digest: the world was replayed from its commands.');
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    notes.push(`Its checkpoint cannot be used (${error.message}): the world was replayed from its commands.`);
  }
  return undefined;
}

function fromReplay(save: Save, around: Around, notes: string[]): WorldSession {
  const { timeline } = withoutCheckpoint(save);
  const session = attempt(() => create(save, around, timeline));
  const digest = session.world.simulation.digest();
  if (digest !== timeline.digest) {
    notes.push(`This version replays it differently: digest ${digest}, saved was ${timeline.digest}.`);
  }
  return session;
}

function create(save: Save, around: Around, data: Save['timeline']): WorldSession {
  return createSession({ ...around, settings: save.settings, name: save.name, data });
}

/** What an autosave journal holds beyond the checkpoint is replayed. */
function goOnward(session: WorldSession, { onward }: Save): void {
  if (onward === undefined) return;
  const { branch, at, commands } = onward;
  if (session.world.current.id !== branch) session.switchTo(branch);
  const here = session.world.position;
  if (here.at !== at || here.commands !== commands) attempt(() => session.goTo({ at, commands }));
}

function attempt<Result>(replay: () => Result): Result {
  try {
    return replay();
  } catch (error) {
    // A service relies on what the prompt lets through; the program's own words would say nothing to a player.
    const isOurs = error instanceof Error && !(error instanceof TypeError || error instanceof RangeError);
    const message = isOurs ? error.message : 'one of them asks for what its operation does not take';
    throw new ReadProblem('branches', `the commands cannot be replayed (${message})`);
  }
}

/** Digests kept: enough to say where a difference begins. */
const MARKS_MAX = 50;

export interface SaveOptions {
  readonly revision: number;
  readonly digests: readonly DigestMark[];
  readonly withCheckpoint: boolean;
}

export function saveOf(session: WorldSession, options: SaveOptions): Save {
  const timeline = saveTimeline(session.world, { withImage: options.withCheckpoint });
  const mark: DigestMark = { branch: timeline.current, ...timeline.position, digest: timeline.digest };
  const earlier = options.digests.filter(
    ({ branch, at, commands }) => branch !== mark.branch || at !== mark.at || commands !== mark.commands,
  );
  return {
    name: session.name,
    engineVersion: VERSION,
    revision: options.revision,
    settings: session.settings,
    timeline,
    digests: thin([...earlier, mark]),
    console: session
      .console()
      .filter((entry) => entry.result !== undefined)
      .slice(-CONSOLE_LINES_MAX)
      .map(({ id: _id, ...entry }) => entry),
    variables: Object.fromEntries(session.consoleState.variables),
  };
}

/** Every second mark goes when there are too many; the newest stays. */
function thin(marks: readonly DigestMark[]): readonly DigestMark[] {
  if (marks.length <= MARKS_MAX) return marks;
  return marks.filter((_mark, index) => (marks.length - 1 - index) % 2 === 0);
}
