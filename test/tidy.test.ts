/** The rules of the code that a machine can hold: who may import whom, what the pure folders may name, sizes. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../src/', import.meta.url).pathname;

const files: { readonly path: string; readonly text: string }[] = [];
function collect(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) collect(path);
    else if (/\.tsx?$/u.test(name))
      files.push({ path: relative(ROOT, path), text: readFileSync(path, 'utf8') });
  }
}
collect(ROOT);

/** Each layer and the layers it may import, itself included. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  engine: ['engine'],
  contract: ['engine', 'contract'],
  services: ['engine', 'contract', 'services'],
  catalog: ['engine', 'contract', 'services'],
  pricing: ['contract', 'pricing'],
  projection: ['engine', 'contract', 'catalog', 'pricing', 'projection'],
  command: ['engine', 'contract', 'catalog', 'projection', 'command'],
  export: ['engine', 'contract', 'command', 'export'],
  session: ['engine', 'contract', 'catalog', 'projection', 'command', 'export', 'session', 'platform'],
  lessons: ['engine', 'contract', 'catalog', 'projection', 'command', 'session', 'lessons'],
  tui: ['engine', 'contract', 'projection', 'command', 'session', 'lessons', 'tui'],
  platform: ['platform'],
};

const layerOf = (path: string): string => {
  const [first = ''] = path.split('/');
  return first.replace(/\.tsx?$/u, '');
};

const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/gu)].map(([, name]) => name!);

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//gu, '').replace(/(^|[^:'"`])\/\/.*$/gmu, '$1');

describe('the source tree', () => {
  it('imports only downwards', () => {
    const wrong: string[] = [];
    for (const { path, text } of files) {
      const allowed = MAY_IMPORT[layerOf(path)];
      if (allowed === undefined) continue;
      for (const name of importsOf(text)) {
        if (!name.startsWith('.')) continue;
        const target = relative(ROOT, join(ROOT, path, '..', name));
        if (!allowed.includes(layerOf(target))) wrong.push(`${path} imports ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('keeps services apart from each other', () => {
    const wrong = files.flatMap(({ path, text }) => {
      const own = /^services\/([^/]+)\//u.exec(path)?.[1];
      if (own === undefined) return [];
      return importsOf(text)
        .filter((name) => name.startsWith('.'))
        .map((name) => relative(ROOT, join(ROOT, path, '..', name)))
        .filter((target) => target.startsWith('services/') && !target.startsWith(`services/${own}/`))
        .map((target) => `${path} imports ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it('leaves disk, process and wall clock to the platform and the entry', () => {
    const wrong = files
      .filter(({ path }) => !/^(?:platform\/|main\.tsx?$|flags|cli\/|endpoint\/server|library\/)/u.test(path))
      .filter(({ text }) => importsOf(text).some((name) => name.startsWith('node:')))
      .map(({ path }) => path);
    expect(wrong).toEqual([]);
  });

  it('keeps React in the screen and immer in three places', () => {
    const wrong = files.flatMap(({ path, text }) => {
      const names = importsOf(text);
      const react = names.some((name) => /^(?:react|ink)(?:\/|-|$)/u.test(name)) && layerOf(path) !== 'tui';
      const immer =
        names.includes('immer') && !/^(?:projection\/publish|tui\/store|lessons\/progress)/u.test(path);
      return react || immer ? [path] : [];
    });
    expect(wrong.filter((path) => path !== 'main.ts' && path !== 'main.tsx')).toEqual([]);
  });

  it('keeps the pure folders free of clocks, chance and floating-point functions', () => {
    const banned =
      /\b(?:Date\.now|new Date\(\)|Math\.(?:random|exp|log|pow|sin|cos|tan|log2|log10)|performance\.|process\.|setTimeout|setInterval|console\.|Intl\.|toLocale\w+|localeCompare)/u;
    const wrong = files
      .filter(({ path }) => ['engine', 'contract', 'services'].includes(layerOf(path)))
      .flatMap(({ path, text }) => {
        const found = banned.exec(withoutComments(text));
        return found === null ? [] : [`${path}: ${found[0]}`];
      });
    expect(wrong).toEqual([]);
  });

  it('has no file over 400 lines', () => {
    const long = files.filter(({ text }) => text.split('\n').length > 401).map(({ path }) => path);
    expect(long).toEqual([]);
  });

  it('has no file that nobody imports', () => {
    const imported = new Set<string>();
    for (const { path, text } of files) {
      for (const name of importsOf(text)) {
        if (name.startsWith('.')) imported.add(relative(ROOT, join(ROOT, path, '..', name)));
      }
    }
    const dead = files
      .map(({ path }) => path)
      .filter((path) => !imported.has(path) && !/^(?:main|library\/index)\.tsx?$/u.test(path));
    expect(dead).toEqual([]);
  });

  it('leaves nothing unfinished and escapes no type', () => {
    const wrong = files.flatMap(({ path, text }) => {
      const found =
        /TODO|FIXME|HACK|@ts-(?:ignore|expect-error|nocheck)/u.exec(text) ??
        /\bas any\b|: any\b/u.exec(withoutComments(text));
      return found === null ? [] : [`${path}: ${found[0]}`];
    });
    expect(wrong).toEqual([]);
  });
});
