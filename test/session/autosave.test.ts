import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { milliseconds } from '../../src/engine/units.ts';
import { gzip } from '../../src/platform/gzip.ts';
import { Autosave } from '../../src/session/autosave.ts';
import { openSave } from '../../src/session/openSave.ts';
import {
  deleteSave,
  findSave,
  listSaves,
  renameSave,
  type SavesFolder,
} from '../../src/session/savesFolder.ts';
import type { WorldSession } from '../../src/session/session.ts';
import { busyWorld, newWorld, runLines, SERVICES } from '../support/worlds.ts';

let saves: SavesFolder;
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'playground-'));
  saves = { folder, gallery: join(folder, 'gallery'), codec: gzip, services: SERVICES };
});
afterEach(() => rmSync(saves.folder, { recursive: true, force: true }));

const keep = (
  session: WorldSession,
  more: Partial<ConstructorParameters<typeof Autosave>[0]> = {},
): Autosave => new Autosave({ session, ...saves, flushAfter: 0, ...more });

/** Keeps a world as it is, and leaves it. */
function store(session: WorldSession): void {
  const autosave = keep(session);
  autosave.compact();
  autosave.close();
}

function open(name: string): { session: WorldSession; notes: readonly string[]; revision: number } {
  const found = findSave(saves, name);
  if (!found.ok) throw new Error(found.why);
  const { session, notes } = openSave(found.save, { catalog: CATALOG });
  return { session, notes: [...found.notes, ...notes], revision: found.save.revision };
}

const file = (name: string): string => join(saves.folder, name);
const digest = (session: WorldSession): string => session.world.simulation.digest();

test('a world that is left is there again, and no journal stays behind', () => {
  const world = busyWorld();
  const autosave = keep(world);
  runLines(world, 'sqs purge-queue --queue-url orders', 'sleep 5');
  autosave.close();
  const { session, notes } = open('world');
  expect(notes).toEqual([]);
  expect(digest(session)).toBe(digest(world));
  expect(existsSync(file('world.journal'))).toBe(false);
  expect(existsSync(file('world.json.lock'))).toBe(false);
});

test('a world in which nothing was done, or that was only watched, leaves no file', () => {
  keep(newWorld()).close();
  const watched = busyWorld();
  const autosave = keep(watched);
  watched.skip(milliseconds(5_000));
  autosave.close();
  expect(listSaves(saves)).toEqual([]);
});

describe('a world that was not left well', () => {
  test('is as it was at the last change', () => {
    const world = busyWorld();
    keep(world);
    runLines(world, 'sqs create-queue --queue-name more', 'X=42', 'sleep 20', 'sqs list-queues');
    const { session, notes } = open('world');
    expect(notes).toEqual([expect.stringContaining('ended without leaving')]);
    expect(session.now).toBe(world.now);
    expect(digest(session)).toBe(digest(world));
    expect(session.consoleState.variables.get('X')).toBe('42');
    expect(session.console().at(-1)!.line).toBe('aws sqs list-queues');
  });

  test('keeps its forks and the branch it was on', () => {
    const world = busyWorld();
    keep(world);
    runLines(world, 'sqs create-queue --queue-name more', 'sleep 5');
    world.undo();
    runLines(world, 'sqs create-queue --queue-name other', 'sleep 3');
    const { session } = open('world');
    expect(session.timeline()).toEqual(world.timeline());
    expect(digest(session)).toBe(digest(world));
  });

  test('loses only the line that was cut short', () => {
    const world = busyWorld();
    keep(world);
    runLines(world, 'sqs create-queue --queue-name more');
    const before = digest(world);
    appendFileSync(file('world.journal'), '{"branch":0,"entry":{"at":99999,"by":"you","call":"sqs Cre');
    expect(digest(open('world').session)).toBe(before);
  });

  test('is read up to a line that makes no sense, and says so', () => {
    const world = busyWorld();
    keep(world);
    runLines(world, 'sqs create-queue --queue-name more');
    const before = digest(world);
    appendFileSync(file('world.journal'), '{"branch":0,"entry":{"at":-1}}\n');
    const { session, notes } = open('world');
    expect(digest(session)).toBe(before);
    expect(notes.join(' ')).toContain('entry.at: found -1');
  });

  test('goes on from there, and is saved again', () => {
    const world = busyWorld();
    keep(world);
    runLines(world, 'sqs create-queue --queue-name more');
    rmSync(file('world.json.lock'));
    const found = findSave(saves, 'world');
    if (!found.ok) throw new Error(found.why);
    const { session } = openSave(found.save, { catalog: CATALOG });
    const again = keep(session, { from: found.save });
    runLines(session, 'sqs create-queue --queue-name evenMore');
    again.close();
    const last = open('world');
    expect(last.revision).toBe(3);
    expect(digest(last.session)).toBe(digest(session));
  });
});

test('a journal of an older revision is in the save already', () => {
  const world = busyWorld();
  const autosave = keep(world);
  runLines(world, 'sqs create-queue --queue-name more', 'sleep 5');
  const stale = readFileSync(file('world.journal'), 'utf8');
  autosave.close();
  writeFileSync(file('world.journal'), stale);
  const { session, notes } = open('world');
  expect(notes).toEqual([]);
  expect(digest(session)).toBe(digest(world));
});

test('a journal of another save is kept aside', () => {
  const world = busyWorld();
  keep(world).compact();
  const old = readFileSync(file('world.json'), 'utf8');
  rmSync(file('world.json.lock'));
  const found = findSave(saves, 'world');
  if (!found.ok) throw new Error(found.why);
  const autosave = keep(world, { from: found.save });
  autosave.compact();
  runLines(world, 'sqs create-queue --queue-name more');
  writeFileSync(file('world.json'), old);
  const { notes } = open('world');
  expect(notes[0]).toContain('does not belong to this save');
  expect(existsSync(file('world.journal.broken'))).toBe(true);
});

test('a journal of another save never replaces one that was kept aside before', () => {
  store(busyWorld());
  writeFileSync(file('world.journal.broken'), 'kept before');
  writeFileSync(file('world.journal'), 'not a journal\n');
  const { notes } = open('world');
  expect(notes[0]).toContain('world.journal.broken2');
  expect(readFileSync(file('world.journal.broken'), 'utf8')).toBe('kept before');
});

test('a renaming that ended half-way is finished by renaming again', () => {
  const world = busyWorld();
  keep(world).compact();
  runLines(world, 'sqs create-queue --queue-name late');
  rmSync(file('world.json.lock'));
  // As a program leaves it that ends between the two.
  renameSync(file('world.journal'), file('other.journal'));
  writeFileSync(file('third.journal'), 'left behind');
  writeFileSync(file('third.json'), readFileSync(file('world.json')));
  expect(renameSave(saves, 'world', 'other')).toEqual({ ok: true });
  const { session } = open('other');
  expect(session.view().resources.map(({ id }) => id)).toContain('queue/late');
  rmSync(file('third.json'));
  expect(renameSave(saves, 'other', 'third')).toEqual({ ok: true });
  expect(readFileSync(file('third.journal.broken'), 'utf8')).toBe('left behind');
});

describe('what is on disk', () => {
  test('is not overwritten when another program has it open', () => {
    const first = busyWorld();
    keep(first).compact();
    const second = newWorld({ seed: 2 });
    const notes: string[] = [];
    const autosave = keep(second, { tell: (note) => notes.push(note) });
    runLines(second, 'sqs create-queue --queue-name mine');
    expect(second.name).toBe('world-2');
    expect(notes.join(' ')).toContain('world is open in another program');
    autosave.close();
    expect(digest(open('world').session)).toBe(digest(first));
    expect(digest(open('world-2').session)).toBe(digest(second));
  });

  test('is not overwritten when it is newer than what was opened', () => {
    const first = busyWorld();
    store(first);
    const found = findSave(saves, 'world');
    if (!found.ok) throw new Error(found.why);
    const late = openSave(found.save, { catalog: CATALOG }).session;
    const other = openSave(found.save, { catalog: CATALOG }).session;
    const others = keep(other, { from: found.save });
    runLines(other, 'sqs create-queue --queue-name theirs');
    others.close();
    const lates = keep(late, { from: found.save });
    runLines(late, 'sqs create-queue --queue-name mine');
    lates.close();
    expect(late.name).toBe('world-2');
    expect(digest(open('world').session)).toBe(digest(other));
    expect(digest(open('world-2').session)).toBe(digest(late));
  });

  test('is kept when it is broken, with an explanation', () => {
    writeFileSync(file('world.json'), '{"formatVersion": 1, "name": ');
    expect(findSave(saves, 'world')).toMatchObject({
      ok: false,
      why: expect.stringContaining('ends too early'),
    });
    const world = newWorld();
    const autosave = keep(world);
    runLines(world, 'sqs create-queue --queue-name mine');
    autosave.close();
    expect(readFileSync(file('world.json.broken'), 'utf8')).toBe('{"formatVersion": 1, "name": ');
    expect(readFileSync(file('world.json.broken.txt'), 'utf8')).toContain('the file ends too early');
    expect(digest(open('world').session)).toBe(digest(world));
  });

  test('is not touched when a newer program wrote it', () => {
    const newer = '{"formatVersion": 99}';
    writeFileSync(file('world.json'), newer);
    const world = newWorld();
    const autosave = keep(world);
    runLines(world, 'sqs create-queue --queue-name mine');
    autosave.close();
    expect(readFileSync(file('world.json'), 'utf8')).toBe(newer);
    expect(world.name).toBe('world-2');
  });
});

test('saves are listed, renamed and deleted; names cannot leave the folder', () => {
  store(busyWorld());
  store(busyWorld());
  expect(listSaves(saves)).toHaveLength(2);
  expect(listSaves(saves).map(({ name }) => name)).toContain('world');
  expect(listSaves(saves)[0]!.about).toMatchObject({ seed: 7, engineVersion: '0.1.0' });
  expect(renameSave(saves, 'world', '../world')).toMatchObject({ ok: false });
  expect(renameSave(saves, 'world', 'world-2')).toMatchObject({
    ok: false,
    why: 'A save named world-2 exists.',
  });
  expect(renameSave(saves, 'world', 'shop')).toEqual({ ok: true });
  expect(deleteSave(saves, '../shop')).toMatchObject({ ok: false });
  expect(deleteSave(saves, 'shop')).toEqual({ ok: true });
  expect(listSaves(saves).map(({ name }) => name)).toEqual(['world-2']);
});
