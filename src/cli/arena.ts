/** `arena [ID]`: requirements, and designs judged under their load. In lines, or as JSON. */
import { splitScript } from '../command/splitScript.ts';
import type { GlobalFlags } from '../flags.ts';
import { type Judgement, judge } from '../lessons/arena.ts';
import type { CourseArena } from '../lessons/arenaFormat.ts';
import { bestScore } from '../lessons/arenaProgress.ts';
import { arenaListText, judgementText, requirementText } from '../lessons/arenaText.ts';
import { record } from '../lessons/progress.ts';
import { today } from '../platform/clock.ts';
import { readText } from '../platform/files.ts';
import { readInput } from '../platform/process.ts';
import { traits } from '../platform/terminal.ts';
import { courseFor, loadProgress, progressPath, storeProgress, worldsFor } from './course.ts';
import { type Exit, FAILED, GOOD, print, printJson, Usage } from './exit.ts';
import { filesOfScript } from './world.ts';

interface ArenaFlags extends GlobalFlags {
  readonly run?: string;
  readonly reference?: boolean;
  readonly json?: boolean;
}

const DESIGN_BYTES_MAX = 200_000;

export async function arena(flags: ArenaFlags, id?: string): Promise<Exit> {
  for (const name of ['seed', 'limits', 'delivery'] as const) {
    if (flags[name] !== undefined)
      throw new Usage(`--${name}: a requirement brings its own, so that designs can be compared`);
  }
  const course = courseFor(flags);
  const path = progressPath(flags, course);
  const { progress } = loadProgress(path);
  if (id === undefined && (flags.run !== undefined || flags.reference === true))
    throw new Usage('name a requirement: arena ID --run FILE');
  const found = course.arena.find((each) => each.id === id);
  if (id !== undefined && found === undefined) {
    const known = course.arena.map((each) => each.id).join(', ');
    throw new Usage(
      `there is no requirement ${id}; ${known === '' ? 'this course has none' : `there are ${known}`}`,
    );
  }
  if (isPlayed(flags)) {
    const { arenaOnScreen } = await import('./play.ts');
    return arenaOnScreen(flags, id);
  }
  if (found === undefined) {
    if (flags.json === true) {
      printJson(
        course.arena.map((each) => ({
          id: each.id,
          title: each.requirement.title,
          best: bestScore(progress, each.id) ?? null,
        })),
      );
    } else print(arenaListText(course.arena, (each) => bestScore(progress, each)));
    return GOOD;
  }
  if (flags.run !== undefined) return judgeFile(flags, found, flags.run, path);
  if (flags.reference === true) return showReference(flags, found);
  if (flags.json === true) {
    const { reference: _reference, wrong: _wrong, ...asked } = found.requirement;
    printJson({ id: found.id, ...asked });
  } else print(requirementText(found.id, found.requirement));
  return GOOD;
}

/** On the screen where there is one to paint on, unless something is to be printed. */
const isPlayed = ({ run, reference, json, plain }: ArenaFlags): boolean =>
  run === undefined && reference !== true && json !== true && (plain === true || traits().fullScreen);

const referenceOf = ({ requirement }: CourseArena): Judgement =>
  judge({ worlds: worldsFor(), requirement, design: requirement.reference.lines });

async function judgeFile(flags: ArenaFlags, found: CourseArena, file: string, path: string): Promise<Exit> {
  const text = file === '-' ? await readInput(DESIGN_BYTES_MAX) : readText(file, DESIGN_BYTES_MAX);
  const judgement = judge({
    worlds: worldsFor(),
    requirement: found.requirement,
    design: splitScript(text),
    readFile: filesOfScript(file),
  });
  const reference = referenceOf(found);
  if (judgement.ok) {
    const entry = { type: 'arena', requirement: found.id, score: judgement.total } as const;
    storeProgress(record(loadProgress(path).progress, entry, today()), path);
  }
  if (flags.json === true) printJson({ id: found.id, ...judgement, reference });
  else print(judgementText(judgement, reference));
  return judgement.ok ? GOOD : FAILED;
}

function showReference(flags: ArenaFlags, found: CourseArena): Exit {
  const { about, lines } = found.requirement.reference;
  const judgement = referenceOf(found);
  if (flags.json === true) printJson({ id: found.id, about, design: lines, ...judgement });
  else print(`# ${about}\n${lines.join('\n')}\n\n${judgementText(judgement)}`);
  return GOOD;
}
