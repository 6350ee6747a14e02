/**
 * The gallery: each world is a script, the transcript of its run, and the save it leaves. After a change that is
 * meant, `UPDATE_GALLERY=1 npx vitest run --config test/vitest.config.ts test/session/gallery.test.ts` writes
 * transcripts and saves anew.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { play } from '../../src/cli/run.ts';
import { splitScript } from '../../src/command/splitScript.ts';
import { transcript } from '../../src/command/transcript.ts';
import { worldSettings } from '../../src/contract/world.ts';
import { gzip } from '../../src/platform/gzip.ts';
import { openSave, saveOf } from '../../src/session/openSave.ts';
import { readSave, writeSave } from '../../src/session/saveFile.ts';
import type { DigestMark } from '../../src/session/saveTypes.ts';
import { ReadProblem } from '../../src/session/strictJson.ts';
import { SERVICES } from '../support/worlds.ts';

const FOLDER = new URL('../../saves/', import.meta.url).pathname;
const UPDATE = process.env.UPDATE_GALLERY === '1';
const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.sh'))
  .map((name) => name.replace(/\.sh$/, ''));

const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

/** The run of a script: its transcript, and its save without a checkpoint. */
function made(name: string): { out: string; json: string } {
  const lines = splitScript(read(`${name}.sh`));
  const settings = worldSettings();
  const { session, entries, failure } = play({ lines, readFile: () => undefined }, settings);
  expect(failure).toBeUndefined();
  session.name = name;
  const last = session.world.position;
  const digests = entries.slice(1).map(({ at }): DigestMark => {
    session.world.goToInstant(at);
    return { branch: 0, ...session.world.position, digest: session.world.simulation.digest() };
  });
  session.world.goTo(last);
  const distinct = digests.filter((mark, index) => mark.at !== digests[index + 1]?.at);
  const save = saveOf(session, { revision: 1, digests: distinct, withCheckpoint: false });
  return {
    out: entries.map(({ result }) => transcript(result!)).join(''),
    json: writeSave(save, gzip),
  };
}

describe.each(names)('%s', (name) => {
  test('runs as its transcript says', () => {
    const { out, json } = made(name);
    if (UPDATE) {
      writeFileSync(join(FOLDER, `${name}.out`), out);
      writeFileSync(join(FOLDER, `${name}.json`), json);
    }
    expect(out).toBe(read(`${name}.out`));
  });

  test('is saved without a checkpoint, and replays to its digests', () => {
    const save = readSave(read(`${name}.json`), { codec: gzip, services: SERVICES });
    if (save instanceof ReadProblem) throw save;
    expect(save.timeline.image).toBeUndefined();
    expect(save.digests.length).toBeGreaterThan(2);
    const { session, notes } = openSave(save, { catalog: CATALOG });
    expect(notes).toEqual([]);
    for (const { at, commands, digest } of save.digests) {
      session.world.goTo({ at, commands });
      expect(session.world.simulation.digest()).toBe(digest);
    }
  });
});

test('there are worlds in it', () => {
  expect(names.length).toBeGreaterThanOrEqual(3);
});
