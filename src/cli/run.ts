/** `run FILE`: a script of prompt lines, headless. Time leaps; the transcript comes on the output as lines end. */
import { CATALOG } from '../catalog.ts';
import type { LineResult } from '../command/console.ts';
import { splitScript } from '../command/splitScript.ts';
import { transcript } from '../command/transcript.ts';
import type { AwsWorldSettings } from '../contract/world.ts';
import type { GlobalFlags } from '../flags.ts';
import { readText } from '../platform/files.ts';
import { readInput } from '../platform/process.ts';
import type { PriceList } from '../pricing/priceList.ts';
import { createSession, type WorldSession } from '../session/session.ts';
import type { ConsoleEntry } from '../session/sessionTypes.ts';
import type { ReadFile } from '../session/surroundings.ts';
import { worldVerb } from '../session/worldVerbs.ts';
import { complain, type Exit, FAILED, GOOD, print, printJson, Usage } from './exit.ts';
import { factsVerb } from './facts.ts';
import { pricesFrom } from './prices.ts';
import { reportJson, reportText } from './report.ts';
import { filesOfScript, settingsFrom } from './world.ts';

interface RunFlags extends GlobalFlags {
  readonly seeds?: string;
  readonly until?: string;
  readonly json?: boolean;
  readonly report?: boolean;
  readonly strict?: boolean;
  readonly endpointUrl?: string;
  readonly profile?: string;
  readonly region?: string;
  readonly yes?: boolean;
}

const SCRIPT_BYTES_MAX = 4 * 1_048_576;

export async function run(flags: RunFlags, file = '-'): Promise<Exit> {
  if (flags.endpointUrl !== undefined) return runAtEndpoint(flags, flags.endpointUrl, file);
  for (const flag of ['profile', 'region', 'yes'] as const) {
    if (flags[flag] !== undefined) throw new Usage(`--${flag} goes with --endpoint-url`);
  }
  const text = file === '-' ? await readInput(SCRIPT_BYTES_MAX) : readText(file, SCRIPT_BYTES_MAX);
  const lines = splitScript(text);
  if (flags.until !== undefined) lines.push(`time until ${flags.until}`);
  const script: Script = {
    lines,
    readFile: filesOfScript(file),
    strict: flags.strict === true,
    prices: pricesFrom(flags.prices),
  };
  if (flags.seeds !== undefined) return runSeeds(script, flags, file);
  const settings = settingsFrom(flags);
  const told = flags.json === true ? undefined : (entry: ConsoleEntry) => print(transcript(entry.result!));
  const outcome = play(script, settings, told);
  if (flags.json === true) printJson(jsonOf(outcome, settings, flags.report === true));
  else if (flags.report === true) print(reportText(outcome.session));
  if (outcome.failure !== undefined && flags.json !== true) complain(outcome.failure);
  return outcome.failure === undefined ? GOOD : FAILED;
}

/** Flags of a world, which a real endpoint does not have. */
const OF_A_WORLD = ['seeds', 'until', 'report', 'limits', 'delivery', 'seed', 'prices'] as const;

async function runAtEndpoint(flags: RunFlags, endpointUrl: string, file: string): Promise<Exit> {
  const wrong = OF_A_WORLD.find((flag) => flags[flag] !== undefined);
  if (wrong !== undefined) {
    throw new Usage(`--${wrong} does not go with --endpoint-url: it is only in the playground`);
  }
  const text = file === '-' ? await readInput(SCRIPT_BYTES_MAX) : readText(file, SCRIPT_BYTES_MAX);
  const { runRemote } = await import('./remote/run.ts');
  const script = {
    lines: splitScript(text),
    readFile: filesOfScript(file),
    fromInput: file === '-',
    problem: (line: string, result: LineResult) => problemOf(line, result, flags.strict === true),
  };
  return runRemote(script, { ...flags, endpointUrl });
}

export interface Script {
  readonly lines: readonly string[];
  readonly readFile: ReadFile;
  readonly strict?: boolean;
  readonly prices?: PriceList;
}

export interface Played {
  readonly session: WorldSession;
  readonly entries: readonly ConsoleEntry[];
  /** Why it stopped before its end. */
  readonly failure: string | undefined;
}

/** Runs line after line until one fails that was not expected to. */
export function play(
  script: Script,
  settings: AwsWorldSettings,
  told?: (entry: ConsoleEntry) => void,
): Played {
  const session = createSession({
    catalog: CATALOG,
    settings,
    readFile: script.readFile,
    control: (session, group, verb, input) => worldVerb(session, group, verb) ?? factsVerb(group, input),
    ...(script.prices && { prices: script.prices }),
  });
  const entries: ConsoleEntry[] = [];
  for (const line of script.lines) {
    const { id } = session.enter(line);
    session.drain();
    const entry = session.entry(id);
    if (entry?.result === undefined) {
      session.interrupt();
      return { session, entries, failure: `"${line}" waits for what cannot come` };
    }
    entries.push(entry);
    told?.(entry);
    const failure = problemOf(line, entry.result, script.strict === true);
    if (failure !== undefined) return { session, entries, failure };
  }
  return { session, entries, failure: undefined };
}

/** Why the script ends at this line; undefined: it does not. */
function problemOf(line: string, result: LineResult, strict: boolean): string | undefined {
  const { error, tolerated } = result;
  if (error !== undefined && !tolerated) return failureOf(line, error.kind);
  return strict ? notStrict(line, result) : undefined;
}

const WORDS = { usage: 'cannot be read', refused: 'was refused', expectation: 'is not met' } as const;

const failureOf = (line: string, kind: keyof typeof WORDS): string =>
  `stopped: "${line.length > 60 ? `${line.slice(0, 57)}…` : line}" ${WORDS[kind]}`;

/** A line that only the playground's prompt takes: a short name, `aws` left out. */
function notStrict(line: string, result: LineResult): string | undefined {
  if (result.echo !== line.trim()) return `--strict: "${line}" must be written out: ${result.echo}`;
  const note = result.notes.find((text) => text.includes('stands for'));
  return note === undefined ? undefined : `--strict: in "${line}", ${note}`;
}

function jsonOf(
  { session, entries, failure }: Played,
  settings: AwsWorldSettings,
  withReport: boolean,
): object {
  return {
    ok: failure === undefined,
    ...(failure === undefined ? {} : { failure }),
    seed: settings.seed,
    now: session.now,
    digest: session.world.simulation.digest(),
    lines: entries.map(({ at, result }) => ({
      at,
      line: result!.echo,
      output: result!.output,
      ...(result!.notes.length === 0 ? {} : { notes: result!.notes }),
      ...(result!.error === undefined ? {} : { error: result!.error }),
      ...(result!.tolerated ? { tolerated: true } : {}),
    })),
    ...(withReport ? { report: reportJson(session) } : {}),
  };
}

const SEEDS_MAX = 1_000_000;

/** Every seed of a range, until one fails; then the command that shows it. */
function runSeeds(script: Script, flags: RunFlags, file: string): Exit {
  const [, first, last] = /^(\d{1,15})\.\.(\d{1,15})$/.exec(flags.seeds ?? '') ?? [];
  const from = Number(first);
  const to = Number(last);
  if (first === undefined || to < from || to - from >= SEEDS_MAX) {
    throw new Usage(`--seeds ${flags.seeds}: write a range like 1..1000`);
  }
  for (let seed = from; seed <= to; seed++) {
    const { entries, failure } = play(script, settingsFrom({ ...flags, seed }));
    if (failure === undefined) continue;
    const open = `msg-playground run ${file} --seed ${seed}${flags.until === undefined ? '' : ` --until '${flags.until}'`}`;
    if (flags.json === true) {
      printJson({ ok: false, seed, failure, tried: seed - from + 1, open });
    } else {
      const result = entries.at(-1)?.result;
      if (result !== undefined) print(transcript(result));
      complain(`seed ${seed} ${failure}`);
      print(`# see it: ${open}`);
    }
    return FAILED;
  }
  const tried = to - from + 1;
  if (flags.json === true) printJson({ ok: true, tried });
  else print(`${tried} ${tried === 1 ? 'seed' : 'seeds'}, all good`);
  return GOOD;
}
