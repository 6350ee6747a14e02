/** `lessons record` and `lessons new`: what an author begins with. */
import type { ControlAnswer } from '../command/console.ts';
import type { GlobalFlags } from '../flags.ts';
import { type DraftOptions, draftLesson, NoDraft } from '../lessons/draft.ts';
import { checkDraft, lessonText } from '../lessons/draftCheck.ts';
import type { Lesson } from '../lessons/lesson.ts';
import { type Course, SCHEMA_FILE } from '../lessons/load.ts';
import { LAB } from '../lessons/outline.ts';
import { problemText } from '../lessons/problem.ts';
import { linesOfConsole, linesOfScript, type RecordedLine, recordingOf } from '../lessons/recording.ts';
import { UnplayableLine } from '../lessons/recordingPlay.ts';
import { lessonSchemaJson } from '../lessons/schema.ts';
import { skeleton } from '../lessons/skeleton.ts';
import { exists, join, makeFolder, readText, writeText } from '../platform/files.ts';
import { programFolder } from '../platform/folders.ts';
import { readInput } from '../platform/process.ts';
import { findSave } from '../session/savesFolder.ts';
import type { Session } from '../session/sessionTypes.ts';
import type { ReadFile } from '../session/surroundings.ts';
import { courseIn, courseOf, worldsFor } from './course.ts';
import { complain, type Exit, FAILED, Failed, GOOD, print, printJson, Usage } from './exit.ts';
import { filesBelow, filesOfScript, savesFolder, settingsFrom } from './world.ts';

interface RecordFlags extends GlobalFlags {
  readonly lessons?: string;
  readonly script?: string;
  readonly from?: string;
  readonly out?: string;
  readonly title?: string;
  readonly fact?: string;
  readonly json?: boolean;
}

const SCRIPT_BYTES_MAX = 4 * 1_048_576;

interface Source {
  readonly lines: readonly RecordedLine[];
  readonly world: DraftOptions['world'];
  readonly readFile: ReadFile;
}

export async function record(flags: RecordFlags, save?: string): Promise<Exit> {
  if ([save, flags.script, flags.from].filter((each) => each !== undefined).length !== 1)
    throw new Usage('name one source: a save, --script FILE, or --from TRANSCRIPT');
  if (flags.out !== undefined && exists(flags.out)) throw new Usage(`--out ${flags.out}: it exists already`);
  const source = save === undefined ? await fromFile(flags) : fromSave(flags, save);
  const made = draftFrom(source, flags, courseIn(flags.lessons));
  const { lesson, notes, problems } = made;
  if (flags.out !== undefined) writeText(flags.out, lessonText(lesson));
  if (flags.json === true) printJson({ lesson, notes, problems });
  else if (flags.out === undefined) print(lessonText(lesson));
  else print(`${flags.out}: ${lesson.steps.length} steps`);
  if (flags.json !== true) for (const note of [...notes, ...problems]) complain(note);
  return problems.length === 0 ? GOOD : FAILED;
}

async function fromFile(flags: RecordFlags): Promise<Source> {
  const file = flags.script ?? flags.from!;
  const text = file === '-' ? await readInput(SCRIPT_BYTES_MAX) : readText(file, SCRIPT_BYTES_MAX);
  const { seed, limits, delivery } = settingsFrom(flags);
  return { lines: linesOfScript(text), world: { seed, limits, delivery }, readFile: filesOfScript(file) };
}

function fromSave(flags: RecordFlags, name: string): Source {
  const found = findSave(savesFolder(), name);
  if (!found.ok) throw new Failed(found.why);
  const { seed, limits, delivery } = { ...found.save.settings, ...flags };
  return {
    lines: linesOfConsole(found.save.console),
    world: { seed, limits, delivery },
    readFile: filesBelow(process.cwd()),
  };
}

interface Made {
  readonly lesson: Lesson;
  readonly notes: readonly string[];
  readonly problems: readonly string[];
}

function draftFrom({ lines, world, readFile }: Source, flags: RecordFlags, { facts }: Course): Made {
  const worlds = worldsFor();
  const { title, fact } = flags;
  try {
    const { lesson, notes } = draftLesson(recordingOf(lines), {
      worlds,
      world,
      facts,
      readFile,
      ...(title === undefined ? {} : { title }),
      ...(fact === undefined ? {} : { fact }),
    });
    const problems = checkDraft(lesson, facts, worlds, readFile).map(problemText);
    return { lesson, notes, problems };
  } catch (error) {
    if (error instanceof NoDraft || error instanceof UnplayableLine) throw new Failed(error.message);
    throw error;
  }
}

const SAID: Readonly<Record<string, string>> = {
  start: 'What was done until now is the setup. record step TITLE begins a step.',
  setup: 'The lines from here on are the lesson’s own, until the next record step.',
};

/** The sandbox's `record` verbs: marks stay in the Console, and `stop` reads them. */
export function recordVerb(
  session: Session,
  group: string,
  verb: string,
  input: { readonly title?: string; readonly fact?: string; readonly out?: string },
): ControlAnswer | undefined {
  if (group !== 'record') return undefined;
  if (verb === 'step')
    return { ok: true, text: `The lines from here on are the step “${input.title ?? ''}”.` };
  if (verb !== 'stop') return { ok: true, text: SAID[verb] ?? '' };
  const out = input.out ?? `${session.name}-lesson.json`;
  if (exists(out)) return refused(`record stop: ${out} exists already; name another with --out`);
  const { seed, limits, delivery } = session.settings;
  const source = {
    lines: linesOfConsole(session.console()),
    world: { seed, limits, delivery },
    readFile: filesBelow(process.cwd()),
  };
  try {
    const { lesson, notes, problems } = draftFrom(source, input, courseIn());
    writeText(out, lessonText(lesson));
    return { ok: true, text: [`${out}: ${lesson.steps.length} steps`, ...notes, ...problems].join('\n') };
  } catch (error) {
    if (error instanceof Failed) return refused(`record stop: ${error.message}`);
    throw error;
  }
}

const refused = (text: string): ControlAnswer => ({ ok: false, error: { kind: 'usage', text } });

/** Writes `TRACK/NN-NAME.json` with the next number of its track. */
export async function create(flags: RecordFlags, name = ''): Promise<Exit> {
  const [, track, words] = /^([a-z0-9-]+)\/([a-z0-9-]+)$/.exec(name) ?? [];
  if (track === undefined || words === undefined)
    throw new Usage(`${name} is no name for a lesson: write track/name, small letters, digits and -`);
  const folder = flags.lessons ?? join(programFolder(), 'lessons');
  const course = courseOf(flags);
  if (track !== LAB && !course.tracks.some(({ id }) => id === track)) {
    const tracks = [...new Set([...course.tracks.map(({ id }) => id), LAB])];
    throw new Usage(`there is no track ${track}; there are ${tracks.join(', ')}`);
  }
  const fact = course.facts.find(({ service }) => service === track) ?? course.facts[0];
  if (fact === undefined) throw new Failed(`${folder} has no facts.json: a lesson shows facts`);
  const numbers = course.lessons
    .filter((lesson) => lesson.track === track)
    .map(({ file }) => Number(/\/(\d+)-/.exec(file)?.[1] ?? 0));
  const number = String(Math.max(0, ...numbers) + 1).padStart(2, '0');
  const file = join(folder, track, `${number}-${words}.json`);
  if (course.lessons.some(({ id }) => id === name)) throw new Usage(`there is a lesson ${name} already`);
  makeFolder(join(folder, track));
  const schema = join(folder, SCHEMA_FILE);
  // An editor that reads $schema finds it beside the course.
  if (!exists(schema)) writeText(schema, lessonSchemaJson());
  writeText(file, lessonText(skeleton(titleOf(words), fact, track === LAB ? 'lab' : 'lesson')));
  print(
    `${file}\nFill in its texts; msg-playground lessons check ${name}${flags.lessons === undefined ? '' : ` --lessons ${flags.lessons}`} says what is missing.`,
  );
  return GOOD;
}

const titleOf = (words: string): string => {
  const title = words.replaceAll('-', ' ').slice(0, 40);
  return title.charAt(0).toUpperCase() + title.slice(1);
};
