/** A folder that is watched while somebody writes in it. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { watchFolder } from '../../src/platform/watching.ts';

const folder = mkdtempSync(join(tmpdir(), 'watching-'));
let stop = (): void => {};
afterEach(() => {
  stop();
  rmSync(folder, { recursive: true, force: true });
});

it('tells of files, of files put in the place of others, again and again, and of new folders', async () => {
  mkdirSync(join(folder, 'sqs'));
  writeFileSync(join(folder, 'sqs/01-a.json'), '1');
  const told = new Set<string>();
  stop = watchFolder(folder, (paths) => {
    for (const path of paths) told.add(path);
  });
  const hears = (path: string) =>
    vi.waitFor(() => expect([...told]).toContain(path), { timeout: 5_000, interval: 20 });
  for (const text of ['2', '3']) {
    told.clear();
    writeFileSync(join(folder, 'sqs/new'), text);
    renameSync(join(folder, 'sqs/new'), join(folder, 'sqs/01-a.json'));
    await hears('sqs/01-a.json');
  }
  mkdirSync(join(folder, 'sns'));
  await hears('sns');
  told.clear();
  writeFileSync(join(folder, 'sns/01-b.json'), '1');
  await hears('sns/01-b.json');
});
