/** `replay SAVE`: every command of a save again, from the beginning; `--verify` compares the digests on the way. */
import { CATALOG } from '../catalog.ts';
import type { GlobalFlags } from '../flags.ts';
import { openSave, withoutCheckpoint } from '../session/openSave.ts';
import { findSave } from '../session/savesFolder.ts';
import type { DigestMark, Save } from '../session/saveTypes.ts';
import type { WorldSession } from '../session/session.ts';
import { type Exit, FAILED, Failed, GOOD, print, printJson } from './exit.ts';
import { clockText, reportText } from './report.ts';
import { savesFolder } from './world.ts';

interface ReplayFlags extends GlobalFlags {
  readonly verify?: boolean;
  readonly json?: boolean;
}

interface Compared extends DigestMark {
  readonly found: string;
}

export async function replay(flags: ReplayFlags, wanted = ''): Promise<Exit> {
  const found = findSave(savesFolder(), wanted);
  if (!found.ok) throw new Failed(found.why);
  const { save } = found;
  const { session } = openSave(withoutCheckpoint(save), { catalog: CATALOG });
  const compared = flags.verify === true ? compare(session, save) : [];
  const differs = compared.filter((mark) => mark.found !== mark.digest);
  if (flags.json === true) {
    const digest = session.world.simulation.digest();
    printJson({
      save: save.name,
      now: session.now,
      digest,
      ...(flags.verify ? { compared, ok: differs.length === 0 } : {}),
    });
  } else {
    for (const note of found.notes) print(`# ${note}`);
    print(flags.verify === true ? verdict(save, compared, differs) : reportText(session).trimStart());
  }
  return differs.length === 0 ? GOOD : FAILED;
}

/** The digest at each mark, replayed in the order of time, branch by branch. */
function compare(session: WorldSession, save: Save): Compared[] {
  const last: DigestMark = {
    branch: save.timeline.current,
    ...save.timeline.position,
    digest: save.timeline.digest,
  };
  const marks = [...save.digests.filter((mark) => !isSame(mark, last)), last];
  const { world } = session;
  return marks.map((mark) => {
    if (world.current.id !== mark.branch) world.switchTo(mark.branch);
    world.goTo({ at: mark.at, commands: mark.commands });
    return { ...mark, found: world.simulation.digest() };
  });
}

const isSame = (a: DigestMark, b: DigestMark): boolean =>
  a.branch === b.branch && a.at === b.at && a.commands === b.commands;

function verdict(save: Save, compared: readonly Compared[], differs: readonly Compared[]): string {
  const [first] = differs;
  if (first === undefined) {
    const { at, digest } = compared.at(-1)!;
    return `${save.name}: agrees at ${compared.length} ${compared.length === 1 ? 'place' : 'places'}, the last at ${clockText(at)}, digest ${digest}`;
  }
  return [
    `${save.name}: differs. First at ${clockText(first.at)}: digest ${first.found}, saved was ${first.digest}.`,
    `It was made by version ${save.engineVersion}; what is replayed now is not what was played then.`,
  ].join('\n');
}
