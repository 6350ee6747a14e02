/** The package as a stranger gets it: packed, installed into an empty folder, and run from there. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freshEnvironment, program, ROOT } from '../support/program.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'playground-package-'));
  // What is packed: the files that package.json names, and a bundle of the sources as they are.
  const staging = join(folder, 'staging');
  for (const name of ['package.json', 'lessons', 'saves', 'LICENSE', 'README.md', 'CHANGELOG.md']) {
    if (existsSync(join(ROOT, name))) cpSync(join(ROOT, name), join(staging, name), { recursive: true });
  }
  cpSync(dirname(program()), join(staging, 'dist'), { recursive: true });
  npm(['pack', '--ignore-scripts', '--pack-destination', folder], staging);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
  npm(['init', '-y'], folder);
  npm(['install', '--offline', '--no-audit', '--no-fund', `./${tarball}`], folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function npm(words: readonly string[], cwd: string): void {
  execFileSync('npm', words, { cwd, stdio: 'pipe', shell: process.platform === 'win32' });
}

const installed = (...path: string[]): string => join(folder, 'node_modules', 'msg-playground', ...path);

function run(...words: string[]): ReturnType<typeof spawnSync> {
  const bin = join(folder, 'node_modules', '.bin', 'msg-playground');
  return spawnSync(process.execPath, [bin, ...words], {
    cwd: folder,
    env: freshEnvironment(folder),
    encoding: 'utf8',
    timeout: 60_000,
  });
}

test('it brings no dependencies, no install scripts and no sources', () => {
  const { dependencies, optionalDependencies, peerDependencies, scripts } = JSON.parse(
    readFileSync(installed('package.json'), 'utf8'),
  ) as Record<string, Record<string, string> | undefined>;
  expect([dependencies, optionalDependencies, peerDependencies]).toEqual([undefined, undefined, undefined]);
  for (const name of ['preinstall', 'install', 'postinstall', 'prepare'])
    expect(scripts).not.toHaveProperty(name);
  expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
    'msg-playground',
  ]);
  expect(existsSync(installed('src'))).toBe(false);
  expect(existsSync(installed('lessons', 'course.json'))).toBe(true);
});

test('it runs a script, plays the gallery and lists its lessons', () => {
  expect(run('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const script = installed('saves', 'flash-sale.sh');
  expect(run('run', script)).toMatchObject({
    status: 0,
    stdout: readFileSync(installed('saves', 'flash-sale.out'), 'utf8'),
  });
  expect(run('lessons', 'list').stdout).toContain('sqs/visibility-timeout');
  expect(run('saves', 'list').stdout).toContain('flash-sale');
  expect(run('replay', 'flash-sale', '--verify').status).toBe(0);
  expect(run('frame', '--plain', '--size', '80x24').stdout).toContain('msg-playground');
  expect(run('coverage', '--unsure').status).toBe(0);
});

test('it runs through a link, as a global installation does', () => {
  const link = join(folder, 'linked');
  symlinkSync(installed('dist', 'main.js'), link);
  const { stdout } = spawnSync(process.execPath, [link, 'lessons', 'list'], {
    encoding: 'utf8',
    cwd: folder,
  });
  expect(stdout).toContain('sqs/visibility-timeout');
});

test('nothing of React’s development build is in it', () => {
  const files = readdirSync(installed('dist'), { recursive: true, encoding: 'utf8' });
  for (const name of files.filter((path) => path.endsWith('.js'))) {
    const text = readFileSync(installed('dist', name), 'utf8');
    expect(text.includes('performance.measure('), name).toBe(false);
    expect(/(?:from|import\()\s*["']react-devtools-core/.test(text), name).toBe(false);
  }
});
