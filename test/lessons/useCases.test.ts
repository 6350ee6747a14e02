/** Each use case of the guide has a world in the gallery; saves/README.md says which. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { realCourse } from '../support/course.ts';

const FOLDER = new URL('../../saves/', import.meta.url);

/** The worlds by the facts they show, as the table of the gallery says. */
function worldsByFact(): Map<string, string[]> {
  const worlds = new Map<string, string[]>();
  const rows = readFileSync(new URL('README.md', FOLDER), 'utf8').matchAll(/^\| `([a-z0-9-]+)` \|(.*)\|$/gm);
  for (const [, world, rest] of rows) {
    for (const [fact] of (rest ?? '').matchAll(/\b(?:SQS|SNS|KDS|FH|MQ|NB|CMP)-\d\d\b/g)) {
      worlds.set(fact, [...(worlds.get(fact) ?? []), world ?? '']);
    }
  }
  return worlds;
}

const worlds = worldsByFact();
const useCases = realCourse().facts.filter(({ kind }) => kind === 'use-case');

it('knows the 23 use cases of the guide', () => {
  expect(useCases).toHaveLength(23);
});

it.each(useCases)('has a world for $id: $statement', ({ id }) => {
  expect(worlds.get(id) ?? []).not.toEqual([]);
});

it('names worlds that have a script, a transcript and a save, and facts of the guide', () => {
  const facts = new Set(realCourse().facts.map(({ id }) => id));
  for (const [fact, names] of worlds) {
    expect(facts).toContain(fact);
    for (const name of names) {
      for (const kind of ['sh', 'out', 'json']) {
        expect([name, kind, existsSync(new URL(`${name}.${kind}`, FOLDER))]).toEqual([name, kind, true]);
      }
    }
  }
});
