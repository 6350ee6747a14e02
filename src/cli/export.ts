/** `export SAVE --as cli|cloudformation|terraform|mermaid|transcript`. */
import { CATALOG } from '../catalog.ts';
import type { Format } from '../export/index.ts';
import type { GlobalFlags } from '../flags.ts';
import { openSave } from '../session/openSave.ts';
import { findSave } from '../session/savesFolder.ts';
import type { WorldSession } from '../session/session.ts';
import { type Exit, Failed, GOOD, print } from './exit.ts';
import { clockText } from './report.ts';
import { savesFolder } from './world.ts';

interface ExportFlags extends GlobalFlags {
  readonly as?: Format | 'transcript';
}

/** The world as it was left. */
export async function exportSave({ as = 'cli' }: ExportFlags, wanted = ''): Promise<Exit> {
  const found = findSave(savesFolder(), wanted);
  if (!found.ok) throw new Failed(found.why);
  const { session } = openSave(found.save, { catalog: CATALOG });
  print((as === 'transcript' ? transcript(session) : session.insight.exported(as)).trimEnd());
  return GOOD;
}

/** What was typed, with its instants; time passes between the lines as it did, so that a run comes close to it. */
function transcript(session: WorldSession): string {
  const { branches, current } = session.timeline();
  const { commands } = branches.find(({ id }) => id === current)!;
  let before = 0;
  return commands
    .filter(({ line }) => line !== '')
    .flatMap(({ at, line }) => {
      const gap = Math.floor((at - before) / 1000);
      before = at;
      return [`# ${clockText(at)}`, ...(gap > 0 ? [`sleep ${gap}s`] : []), line];
    })
    .join('\n');
}
