/**
 * `NAME.journal`: what happened since `NAME.json` was written, one JSON text a line, only ever added to. The first
 * line names the revision of the save that it goes on from. A line cut short by a crash is the end of the story.
 */
import type { JournalEntry, Position } from '../engine/journal.ts';
import type { BranchData } from '../engine/timeline.ts';
import { instant } from '../engine/units.ts';
import { consoleFromJson, consoleToJson } from './consoleJson.ts';
import {
  entryFromJson,
  entryToJson,
  type JournalRules,
  positionFromJson,
  positionToJson,
} from './journalJson.ts';
import { FORMAT_VERSION, type Save } from './saveTypes.ts';
import type { WorldSession } from './session.ts';
import { attemptRead, type Place, parseJson, ReadProblem } from './strictJson.ts';

/** How much of a session has been written. */
export interface Written {
  /** Entries of each branch, by its number. */
  readonly entries: number[];
  here: string;
  /** Id of the newest Console line. */
  consoleId: number;
  variables: string;
}

export function writtenSoFar(session: WorldSession): Written {
  return {
    entries: session.world.branches.map(({ journal }) => journal.length),
    here: JSON.stringify(hereOf(session)),
    consoleId: finishedConsole(session).at(-1)?.id ?? 0,
    variables: JSON.stringify(Object.fromEntries(session.consoleState.variables)),
  };
}

export const journalHeader = (save: string, revision: number): string =>
  `${JSON.stringify({ formatVersion: FORMAT_VERSION, save, revision })}\n`;

/** The lines that bring the file up to date; `written` then says so. Empty when nothing is new. */
export function newLines(session: WorldSession, written: Written): string {
  const lines: object[] = [];
  for (const branch of session.world.branches) {
    if (written.entries[branch.id] === undefined) {
      const { id, name, parent } = branch;
      lines.push({ fork: { id, name, parent, forkedAt: positionToJson(branch.forkedAt!) } });
      written.entries[id] = branch.forkedAt!.commands;
    }
    for (let index = written.entries[branch.id]!; index < branch.journal.length; index++) {
      lines.push({ branch: branch.id, entry: entryToJson(branch.journal.at(index)!, session.settings) });
    }
    written.entries[branch.id] = branch.journal.length;
  }
  for (const entry of finishedConsole(session)) {
    if (entry.id <= written.consoleId) continue;
    lines.push({ console: consoleToJson(entry) });
    written.consoleId = entry.id;
  }
  const variables = Object.fromEntries(session.consoleState.variables);
  if (JSON.stringify(variables) !== written.variables) {
    lines.push({ variables });
    written.variables = JSON.stringify(variables);
  }
  const here = hereOf(session);
  if (JSON.stringify(here) !== written.here) {
    lines.push({ here });
    written.here = JSON.stringify(here);
  }
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Lines up to the first that still runs: their order is kept. */
function finishedConsole(session: WorldSession): ReturnType<WorldSession['console']> {
  const entries = session.console();
  const running = entries.findIndex((entry) => entry.result === undefined);
  return running < 0 ? entries : entries.slice(0, running);
}

function hereOf(session: WorldSession): { branch: number; position: object; head: object } {
  const { world } = session;
  return {
    branch: world.current.id,
    position: positionToJson(world.position),
    head: positionToJson(world.current.head),
  };
}

interface Growing {
  readonly branches: (Omit<BranchData, 'journal' | 'head'> & { journal: JournalEntry[]; head: Position })[];
  console: Save['console'][number][];
  variables: Save['variables'];
  onward: (Position & { readonly branch: number }) | undefined;
}

export type Recovered =
  | { readonly type: 'recovered'; readonly save: Save; readonly lines: number }
  /** The journal is older than the save: everything in it is there already. */
  | { readonly type: 'stale' }
  /** It goes on from another save than this one. */
  | { readonly type: 'foreign'; readonly revision: number };

/** The save as it was when the journal ends. A line that cannot be read ends it; the problem says where. */
export function recover(
  save: Save,
  text: string,
  rules: JournalRules,
): { readonly result: Recovered; readonly problem?: ReadProblem } {
  const lines = text.split('\n');
  // What follows the last line's end was cut short.
  lines.pop();
  const header = attemptRead(() => readHeader(lines[0] ?? ''));
  if (header instanceof ReadProblem) return { result: { type: 'foreign', revision: -1 }, problem: header };
  if (header < save.revision) return { result: { type: 'stale' } };
  if (header > save.revision) return { result: { type: 'foreign', revision: header } };
  const growing: Growing = {
    branches: save.timeline.branches.map((branch) => ({ ...branch, journal: [...branch.journal] })),
    console: [...save.console],
    variables: save.variables,
    onward: undefined,
  };
  let problem: ReadProblem | undefined;
  let count = 0;
  for (const [index, line] of lines.entries()) {
    if (index === 0) continue;
    const outcome = attemptRead(() => readLine(line, growing, rules));
    if (outcome instanceof ReadProblem) {
      problem = new ReadProblem(`line ${index + 1}`, outcome.message);
      break;
    }
    count++;
  }
  // A command is always followed by a `here`; one that was cut off between them ends its branch.
  for (const branch of growing.branches) {
    const last = branch.journal.at(-1);
    if (branch.journal.length > branch.head.commands && last !== undefined) {
      branch.head = {
        at: instant(Math.max(last.at, branch.head.at)),
        commands: branch.journal.length,
      };
    }
  }
  const { onward } = growing;
  const recovered: Save = {
    ...save,
    timeline: { ...save.timeline, branches: growing.branches },
    console: growing.console,
    variables: growing.variables,
    ...(onward === undefined ? {} : { onward }),
  };
  return { result: { type: 'recovered', save: recovered, lines: count }, ...(problem && { problem }) };
}

function readHeader(line: string): number {
  const place = parseJson(line);
  place.object(['formatVersion', 'save', 'revision']);
  place.at('formatVersion').integer(1, FORMAT_VERSION);
  return place.at('revision').integer(0);
}

function readLine(line: string, growing: Growing, rules: JournalRules): void {
  const place = parseJson(line);
  place.object(['fork', 'branch', 'entry', 'console', 'variables', 'here']);
  if (place.has('fork')) readFork(place.at('fork'), growing);
  else if (place.has('entry')) readEntry(place, growing, rules);
  else if (place.has('console')) growing.console.push(consoleFromJson(place.at('console')));
  else if (place.has('variables')) growing.variables = readTexts(place.at('variables'));
  else readHere(place.at('here'), growing);
}

function readFork(place: Place, growing: Growing): void {
  place.object(['id', 'name', 'parent', 'forkedAt']);
  const id = place.at('id').integer(0);
  if (id !== growing.branches.length) place.at('id').fail(`${growing.branches.length}`);
  const parent = place.at('parent').integer(0, id - 1);
  const forkedAt = positionFromJson(place.at('forkedAt'));
  const journal = growing.branches[parent]!.journal.slice(0, forkedAt.commands);
  if (journal.length < forkedAt.commands) place.at('forkedAt').fail(`a place in branch ${parent}`);
  growing.branches.push({ id, name: place.at('name').text(100), parent, forkedAt, head: forkedAt, journal });
}

function readEntry(place: Place, growing: Growing, rules: JournalRules): void {
  const branch = growing.branches[place.at('branch').integer(0, growing.branches.length - 1)]!;
  const entry = entryFromJson(place.at('entry'), rules);
  const last = branch.journal.at(-1)?.at ?? 0;
  if (entry.at < last) place.at('entry').at('at').fail(`an instant from ${last}`);
  branch.journal.push(entry);
}

function readHere(place: Place, growing: Growing): void {
  place.object(['branch', 'position', 'head']);
  const id = place.at('branch').integer(0, growing.branches.length - 1);
  const branch = growing.branches[id]!;
  branch.head = positionFromJson(place.at('head'));
  if (branch.head.commands !== branch.journal.length)
    place.at('head').fail(`${branch.journal.length} commands`);
  const position = positionFromJson(place.at('position'));
  if (position.at > branch.head.at || position.commands > branch.head.commands) {
    place.at('position').fail('a place not after the head');
  }
  growing.onward = { branch: id, ...position };
}

function readTexts(place: Place): Record<string, string> {
  return Object.fromEntries(
    Object.keys(place.record()).map((name) => [name, place.at(name).text(1_000_000)]),
  );
}
