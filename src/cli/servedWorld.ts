/** The world that `serve` opens to real clients: made, opened or begun anew, kept where a save is named. */
import { dirname, resolve } from 'node:path';
import { CATALOG } from '../catalog.ts';
import { DEFAULT_ACCOUNT } from '../contract/world.ts';
import { later, today, wall } from '../platform/clock.ts';
import { exists, join, nameOf } from '../platform/files.ts';
import { Autosave } from '../session/autosave.ts';
import { openSave } from '../session/openSave.ts';
import { findSave } from '../session/savesFolder.ts';
import { createSession, type WorldSession } from '../session/session.ts';
import type { SessionOptions } from '../session/sessionOptions.ts';
import { worldVerb } from '../session/worldVerbs.ts';
import { Failed } from './exit.ts';
import { pricesFrom } from './prices.ts';
import type { ServeFlags } from './serve.ts';
import { filesBelow, savesFolder, settingsFrom } from './world.ts';

export interface Kept {
  readonly session: WorldSession;
  readonly autosave: Autosave | undefined;
  readonly notes: readonly string[];
}

/** What every session of `serve` is made with. */
function around(flags: ServeFlags): Pick<SessionOptions, 'catalog' | 'readFile' | 'control' | 'prices'> {
  return {
    catalog: CATALOG,
    prices: pricesFrom(flags.prices),
    readFile: filesBelow(process.cwd()),
    control: (session, group, verb) => worldVerb(session, group, verb),
  };
}

/** Of a new world: it begins now, and its account is the one that the flags name. */
export function newWorld(flags: ServeFlags): WorldSession {
  const settings = settingsFrom(flags, {
    epoch: today(),
    account: flags.account ?? DEFAULT_ACCOUNT,
    ...(flags.instant === true && { instant: true }),
  });
  return createSession({ ...around(flags), settings, name: 'serve' });
}

/** The world of `--save`: opened where the file exists, else made and kept there. Throws Failed. */
export function keptWorld(flags: ServeFlags, tell: (note: string) => void): Kept {
  if (flags.save === undefined) return { session: newWorld(flags), autosave: undefined, notes: [] };
  const path = resolve(flags.save);
  const name = nameOf(path);
  const saves = { ...savesFolder(), folder: dirname(path) };
  if (!exists(join(saves.folder, `${name}.json`))) {
    const session = newWorld(flags);
    session.name = name;
    return { session, autosave: new Autosave({ session, ...saves, tell }), notes: [] };
  }
  const found = findSave(saves, name);
  if (!found.ok) throw new Failed(found.why);
  const { session, notes } = openSave(found.save, around(flags));
  const autosave = new Autosave({ session, ...saves, tell, from: found.save });
  return { session, autosave, notes: [...found.notes, ...notes] };
}

/** The wall of the machine, for `WallClock`. */
export const machineWall = { now: wall, later };
