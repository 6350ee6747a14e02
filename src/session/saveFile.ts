/**
 * The file of a world, `NAME.json`: settings, branches with their journals, where it was left, digests, the Console's
 * newest lines and the latest checkpoint. Without the checkpoint (gallery worlds) it is a text a person can read and
 * compare; the world is then made by replay.
 *
 * Nothing in a file is trusted: it is read strictly, within bounds, and what is wrong is told with its place.
 */
import { dialsTrouble, HOSTS_MAX, type HostDials } from '../contract/hostDials.ts';
import type { AwsWorldSettings } from '../contract/world.ts';
import type { JournalEntry } from '../engine/journal.ts';
import type { BranchData } from '../engine/timeline.ts';
import type { Codec } from '../platform/gzip.ts';
import { consoleFromJson, consoleToJson } from './consoleJson.ts';
import {
  entryFromJson,
  entryToJson,
  type JournalRules,
  positionFromJson,
  positionToJson,
} from './journalJson.ts';
import { migrate } from './migrations.ts';
import { type DigestMark, FORMAT_VERSION, type Save } from './saveTypes.ts';
import { attemptRead, type Place, parseJson, ReadProblem } from './strictJson.ts';

export const SAVE_BYTES_MAX = 256 * 1_048_576;
const CHECKPOINT_CHARACTERS_MAX = 500_000_000;
const BRANCHES_MAX = 1_000;
const JOURNAL_MAX = 2_000_000;

/** Members in the order of the file; small ones first, so that a list of saves reads only the beginning. */
const MEMBERS = [
  'formatVersion',
  'engineVersion',
  'name',
  'revision',
  'settings',
  'current',
  'leftAt',
  'digest',
  'variables',
  'digests',
  'branches',
  'console',
  'checkpoint',
  'beginning',
] as const;

/** The text of a save: one line for each command, so that two versions can be compared. */
export function writeSave(save: Save, codec: Codec): string {
  const { timeline, settings } = save;
  const members: Record<(typeof MEMBERS)[number], string | undefined> = {
    formatVersion: String(FORMAT_VERSION),
    engineVersion: JSON.stringify(save.engineVersion),
    name: JSON.stringify(save.name),
    revision: String(save.revision),
    settings: JSON.stringify(settings),
    current: String(timeline.current),
    leftAt: JSON.stringify(positionToJson(timeline.position)),
    digest: JSON.stringify(timeline.digest),
    variables: Object.keys(save.variables).length === 0 ? undefined : JSON.stringify(save.variables),
    digests: save.digests.length === 0 ? undefined : lines(save.digests, 1),
    branches: `[\n${timeline.branches.map((branch) => branchText(branch, settings)).join(',\n')}\n ]`,
    console: save.console.length === 0 ? undefined : lines(save.console.map(consoleToJson), 1),
    checkpoint: packed(timeline.image, codec),
    beginning: packed(timeline.beginning, codec),
  };
  const present = MEMBERS.filter((name) => members[name] !== undefined);
  return `{\n${present.map((name) => ` "${name}": ${members[name]}`).join(',\n')}\n}\n`;
}

const packed = (image: unknown, codec: Codec): string | undefined =>
  image === undefined
    ? undefined
    : JSON.stringify({ codec: codec.name, data: codec.pack(JSON.stringify(image)) });

function lines(items: readonly object[], depth: number): string {
  const indent = ' '.repeat(depth + 1);
  return `[\n${items.map((item) => indent + JSON.stringify(item)).join(',\n')}\n${' '.repeat(depth)}]`;
}

/** A fork's journal begins where it left its parent's. */
function branchText(branch: BranchData, settings: AwsWorldSettings): string {
  const { id, name, parent, forkedAt, head, journal } = branch;
  const own = forkedAt === undefined ? journal : journal.slice(forkedAt.commands);
  const start = JSON.stringify({
    id,
    name,
    ...(parent === undefined ? {} : { parent }),
    ...(forkedAt === undefined ? {} : { forkedAt: positionToJson(forkedAt) }),
    head: positionToJson(head),
  });
  const entries = own.map((entry) => entryToJson(entry, settings));
  const list = entries.length === 0 ? '[]' : lines(entries, 2);
  return `  ${start.slice(0, -1)},\n  "journal": ${list}}`;
}

export interface ReadOptions {
  readonly codec: Codec;
  /** Services that this program knows. */
  readonly services: readonly string[];
}

/** A save from a file's text, or what is wrong with it. */
export function readSave(text: string, options: ReadOptions): Save | ReadProblem {
  return attemptRead(() => {
    const { file } = migrate(parseJson(text), FORMAT_VERSION);
    file.object(MEMBERS);
    const settings = readSettings(file.at('settings'));
    const branches = readBranches(file.at('branches'), { settings, services: options.services });
    const current = file.at('current').integer(0, branches.length - 1);
    const position = positionFromJson(file.at('leftAt'));
    const { head } = branches[current]!;
    if (position.at > head.at || position.commands > head.commands) {
      file.at('leftAt').fail(`a place not after the end of branch ${current}`);
    }
    const image = file.optional('checkpoint', (place) => readCheckpoint(place, options.codec));
    const beginning = file.optional('beginning', (place) => readCheckpoint(place, options.codec));
    return {
      name: file.at('name').text(60),
      engineVersion: file.at('engineVersion').text(40),
      revision: file.at('revision').integer(0),
      settings,
      timeline: {
        branches,
        current,
        position,
        digest: readDigest(file.at('digest')),
        ...(image === undefined ? {} : { image }),
        ...(beginning === undefined ? {} : { beginning }),
      },
      digests:
        file.optional('digests', (place) => place.list(1_000).map((item) => readMark(item, branches))) ?? [],
      console: file.optional('console', (place) => place.list(2_000).map(consoleFromJson)) ?? [],
      variables: file.optional('variables', readVariables) ?? {},
    };
  });
}

function readSettings(place: Place): AwsWorldSettings {
  place.object(['seed', 'epoch', 'limits', 'delivery', 'dials', 'region', 'account', 'prices', 'instant']);
  const region = place.at('region').text(30);
  if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region)) place.at('region').fail('a region, like us-east-1');
  const account = place.at('account').text(12);
  if (!/^\d{12}$/.test(account)) place.at('account').fail('an account of 12 digits');
  const prices = place.optional('prices', readPricesName);
  const dials = place.optional('dials', readHostDials);
  return {
    seed: place.at('seed').integer(0),
    epoch: place.at('epoch').integer(0, 253_402_300_799_999),
    limits: place.at('limits').oneOf(['current', 'study-guide', 'scaled']),
    delivery: place.at('delivery').oneOf(['calm', 'typical', 'rough']),
    ...(dials === undefined ? {} : { dials }),
    region,
    account,
    ...(prices === undefined ? {} : { prices }),
    ...(place.optional('instant', (item) => item.boolean()) === true ? { instant: true } : {}),
  };
}

function readHostDials(place: Place): HostDials {
  place.object(['hosts', 'copies', 'asked', 'missed']);
  const missed = place.at('missed');
  missed.object(['numerator', 'denominator']);
  const dials: HostDials = {
    hosts: place.at('hosts').integer(1, HOSTS_MAX),
    copies: place.at('copies').integer(1, HOSTS_MAX),
    asked: place.at('asked').integer(1, HOSTS_MAX),
    missed: {
      numerator: missed.at('numerator').integer(0, 999_999_999),
      denominator: missed.at('denominator').integer(1, 999_999_999),
    },
  };
  const trouble = dialsTrouble(dials);
  if (trouble !== undefined) place.fail(`dials that fit: ${trouble}`);
  return dials;
}

function readPricesName(place: Place): NonNullable<AwsWorldSettings['prices']> {
  place.object(['name', 'date']);
  const date = place.at('date').text(10);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) place.at('date').fail('a date, like 2026-01-05');
  return { name: place.at('name').text(100), date };
}

function readBranches(place: Place, rules: JournalRules): BranchData[] {
  const branches: BranchData[] = [];
  for (const item of place.list(BRANCHES_MAX)) branches.push(readBranch(item, branches, rules));
  if (branches.length === 0) place.fail('at least one branch');
  return branches;
}

function readBranch(place: Place, earlier: readonly BranchData[], rules: JournalRules): BranchData {
  place.object(['id', 'name', 'parent', 'forkedAt', 'head', 'journal']);
  const id = place.at('id').integer(0);
  if (id !== earlier.length) place.at('id').fail(`${earlier.length}: branches are numbered in order`);
  const parent = place.optional('parent', (item) => item.integer(0, Math.max(0, id - 1)));
  const forkedAt = place.optional('forkedAt', positionFromJson);
  if ((parent === undefined) !== (id === 0) || (forkedAt === undefined) !== (id === 0)) {
    place.fail('a parent and forkedAt on every branch but the first');
  }
  const inherited = parent === undefined ? [] : earlier[parent]!.journal.slice(0, forkedAt!.commands);
  if (forkedAt !== undefined && inherited.length < forkedAt.commands) {
    place.at('forkedAt').fail(`a place in branch ${parent}`);
  }
  const own = place
    .at('journal')
    .list(JOURNAL_MAX)
    .map((item) => entryFromJson(item, rules));
  const journal = [...inherited, ...own];
  const head = positionFromJson(place.at('head'));
  if (head.commands !== journal.length)
    place.at('head').fail(`${journal.length} commands, as the journal holds`);
  checkOrder(place.at('journal'), own, forkedAt?.at ?? 0, head.at);
  return { id, name: place.at('name').text(100), parent, forkedAt, head, journal };
}

/** Instants never go back, from the fork to the head. */
function checkOrder(place: Place, entries: readonly JournalEntry[], from: number, to: number): void {
  let last = from;
  entries.forEach(({ at }, index) => {
    if (at < last || at > to) {
      throw new ReadProblem(
        `${place.path}[${index}].at`,
        `is ${at}, expected an instant from ${last} to ${to}`,
      );
    }
    last = at;
  });
}

function readCheckpoint(place: Place, codec: Codec): unknown {
  place.object(['codec', 'data']);
  place.at('codec').oneOf([codec.name]);
  const packed = place.at('data').text(SAVE_BYTES_MAX);
  try {
    return JSON.parse(codec.unpack(packed, CHECKPOINT_CHARACTERS_MAX));
  } catch (error) {
    throw new ReadProblem(
      place.at('data').path,
      `is damaged (${(error as Error).message}). Take the member "checkpoint" out: the world is then made by replay`,
    );
  }
}

function readDigest(place: Place): string {
  const digest = place.text(64);
  if (!/^[0-9a-f]{8,64}$/.test(digest)) place.fail('a digest in hexadecimal');
  return digest;
}

function readMark(place: Place, branches: readonly BranchData[]): DigestMark {
  place.object(['branch', 'at', 'commands', 'digest']);
  return {
    branch: place.at('branch').integer(0, branches.length - 1),
    at: place.at('at').integer(0) as DigestMark['at'],
    commands: place.at('commands').integer(0),
    digest: readDigest(place.at('digest')),
  };
}

function readVariables(place: Place): Record<string, string> {
  const names = Object.keys(place.record());
  if (names.length > 1_000) place.fail('at most 1000 variables');
  const wrong = names.find((name) => !/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name));
  if (wrong !== undefined) throw new ReadProblem(place.path, 'holds a name that is no variable’s');
  return Object.fromEntries(names.map((name) => [name, place.at(name).text(1_000_000)]));
}
