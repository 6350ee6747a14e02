import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  appendText,
  inside,
  join,
  listFiles,
  nameTrouble,
  readText,
  setAside,
  writeText,
} from '../../src/platform/files.ts';
import { dataFolders } from '../../src/platform/folders.ts';
import { lock } from '../../src/platform/lock.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'playground-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a text is written whole, into folders that did not exist', () => {
  const path = join(folder, 'a', 'b', 'text.json');
  writeText(path, 'first');
  writeText(path, 'second');
  appendText(path, ' and more', true);
  expect(readText(path, 100)).toBe('second and more');
  expect(listFiles(join(folder, 'a', 'b')).map(({ name }) => name)).toEqual(['text.json']);
});

test('a file that is too large, missing or a folder is refused in words', () => {
  const path = join(folder, 'large');
  writeText(path, 'x'.repeat(50));
  expect(() => readText(path, 49)).toThrow('50 bytes, at most 49 are read');
  expect(() => readText(join(folder, 'absent'), 9)).toThrow('there is no such file or folder');
  expect(() => readText(folder, 1_000_000)).toThrow('it is a folder');
});

test('a broken file is set aside under a name of its own', () => {
  const path = join(folder, 'world.json');
  writeText(path, 'one');
  expect(setAside(path)).toBe(`${path}.broken`);
  writeText(path, 'two');
  expect(setAside(path)).toBe(`${path}.broken2`);
  expect(readFileSync(`${path}.broken`, 'utf8')).toBe('one');
  expect(readFileSync(`${path}.broken2`, 'utf8')).toBe('two');
});

describe('names', () => {
  test.each(['orders', 'My first world', 'a-b_c 2'])('"%s" can be a name', (name) => {
    expect(nameTrouble(name)).toBeUndefined();
  });
  test.each(['', '..', '../etc', 'a/b', 'a\\b', '.hidden', 'nul', 'x'.repeat(61), 'tab\tname', 'end '])(
    '"%s" cannot',
    (name) => {
      expect(nameTrouble(name)).toContain('cannot be a name');
    },
  );
  test('a relative path stays inside its folder', () => {
    expect(inside('/data', 'files/a.json')).toBe('/data/files/a.json');
    expect(inside('/data', '../secret')).toBeUndefined();
    expect(inside('/data', '/etc/passwd')).toBeUndefined();
    expect(inside('/data', 'a/../../data2/x')).toBeUndefined();
  });
});

describe('a lock', () => {
  test('is held by one at a time', () => {
    const path = join(folder, 'locked');
    const first = lock(path);
    expect(first).toHaveProperty('release');
    expect(lock(path)).toEqual({ heldBy: `process ${process.pid}` });
    if ('release' in first) first.release();
    const again = lock(path);
    expect(again).toHaveProperty('release');
    if ('release' in again) again.release();
  });

  test('of a process that is gone is taken over', () => {
    const path = join(folder, 'abandoned');
    const left = lock(path);
    const file = `${path}.lock`;
    const text = readFileSync(file, 'utf8');
    // No system gives out process numbers this high.
    writeFileSync(file, text.replace(/^\d+/, '999999999'));
    const taken = lock(path);
    expect(taken).toHaveProperty('release');
    expect(left).toHaveProperty('release');
    if ('release' in taken) taken.release();
  });
});

test('the data folder is where MSG_PLAYGROUND_HOME says', () => {
  expect(dataFolders({ MSG_PLAYGROUND_HOME: '/somewhere' })).toMatchObject({
    home: '/somewhere',
    saves: '/somewhere/saves',
  });
  expect(dataFolders({ MSG_PLAYGROUND_HOME: '' }).home).toContain('msg-playground');
});
