/** `saves list|show|rename|delete`. */
import { CATALOG } from '../catalog.ts';
import type { GlobalFlags } from '../flags.ts';
import { ago } from '../platform/clock.ts';
import { openSave } from '../session/openSave.ts';
import { deleteSave, findSave, listSaves, renameSave } from '../session/savesFolder.ts';
import type { Done } from '../session/sessionTypes.ts';
import { type Exit, Failed, GOOD, print, printJson } from './exit.ts';
import { clockText, reportJson, reportText } from './report.ts';
import { savesFolder } from './world.ts';

interface JsonFlags extends GlobalFlags {
  readonly json?: boolean;
}

export async function list(flags: JsonFlags): Promise<Exit> {
  const saves = listSaves(savesFolder());
  if (flags.json === true) {
    printJson({ saves });
    return GOOD;
  }
  if (saves.length === 0) print('No saves yet. A sandbox is kept by itself: msg-playground sandbox');
  const width = Math.max(...saves.map(({ name }) => name.length), 4);
  for (const { name, about, changed, gallery, path } of saves) {
    const where =
      about === undefined ? `cannot be read: ${path}` : `at ${clockText(about.leftAt)}, seed ${about.seed}`;
    print(`${name.padEnd(width)}  ${where}${gallery ? '  gallery' : `  ${ago(changed)}`}`);
  }
  return GOOD;
}

export async function show(flags: JsonFlags, wanted = ''): Promise<Exit> {
  const found = findSave(savesFolder(), wanted);
  if (!found.ok) throw new Failed(found.why);
  const { session, notes } = openSave(found.save, { catalog: CATALOG });
  const told = [...found.notes, ...notes];
  const { branches } = session.timeline();
  if (flags.json === true) {
    const { name, engineVersion, settings, revision } = found.save;
    printJson({
      name,
      path: found.path,
      engineVersion,
      revision,
      settings,
      branches,
      notes: told,
      ...reportJson(session),
    });
    return GOOD;
  }
  print(`${found.save.name}  ${found.path}`);
  for (const note of told) print(`# ${note}`);
  for (const { id, name, commands, head } of branches) {
    print(`branch ${id} ${name}: ${commands.length} commands, until ${clockText(head)}`);
  }
  print(reportText(session).trimStart());
  return GOOD;
}

const done = (outcome: Done): Exit => {
  if (!outcome.ok) throw new Failed(outcome.why);
  return GOOD;
};

export async function renameTo(_flags: GlobalFlags, from = '', to = ''): Promise<Exit> {
  return done(renameSave(savesFolder(), from, to));
}

export async function deleteOne(_flags: GlobalFlags, name = ''): Promise<Exit> {
  return done(deleteSave(savesFolder(), name));
}
