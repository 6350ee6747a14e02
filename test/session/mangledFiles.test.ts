/** Files that were cut short, changed or made up: they are read or refused in words, and nothing throws. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { noProgress, progressText, readProgress, record } from '../../src/lessons/progress.ts';
import { gzip } from '../../src/platform/gzip.ts';
import { openSave, saveOf } from '../../src/session/openSave.ts';
import { readSave, writeSave } from '../../src/session/saveFile.ts';
import { ReadProblem } from '../../src/session/strictJson.ts';
import { newWorld, runLines, SERVICES } from '../support/worlds.ts';

const ODD = [
  ...['null', 'true', '-1', '0.5', '1e999', '9007199254740993', '""', '"\\u0000\\u001b[2J"', '"\\ud800"'],
  ...['[]', '{}', '{"__proto__":1}', `${'['.repeat(500)}${']'.repeat(500)}`, `"${'x'.repeat(5_000)}"`],
];

/** A value or a part of a real text, replaced or cut. */
const mangled = (text: string): fc.Arbitrary<string> => {
  const values = [...text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null/gu)];
  const value = fc.nat(values.length - 1).map((index) => values[index]!);
  const place = fc.nat(text.length);
  return fc.oneof(
    place.map((at) => text.slice(0, at)),
    fc
      .tuple(place, fc.nat(255))
      .map(([at, code]) => text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1)),
    fc.tuple(place, fc.nat(40)).map(([at, length]) => text.slice(0, at) + text.slice(at + length)),
    fc.tuple(value, fc.constantFrom(...ODD)).map(([{ index, 0: old }, odd]) => {
      return text.slice(0, index) + odd + text.slice(index + old.length);
    }),
  );
};

const inWords = (why: string): void => {
  expect(why.length).toBeGreaterThan(10);
  expect(why).not.toMatch(/^\s+at |TypeError|is not a function|undefined \(reading|\[object Object\]/mu);
};

const world = runLines(
  newWorld(),
  'aws sqs create-queue --queue-name a',
  'aws sqs send-message --queue-url a --message-body hello',
  'sleep 5',
  'aws sqs receive-message --queue-url a',
);

describe.each([true, false])('a mangled save (with checkpoint: %s)', (withCheckpoint) => {
  const text = writeSave(saveOf(world, { revision: 1, digests: [], withCheckpoint }), gzip);

  it('opens, or is refused in words', () => {
    let refused = 0;
    fc.assert(
      fc.property(mangled(text), (damaged) => {
        const save = readSave(damaged, { codec: gzip, services: SERVICES });
        if (save instanceof ReadProblem) {
          refused++;
          return inWords(save.message);
        }
        try {
          openSave(save, { catalog: CATALOG });
        } catch (error) {
          expect(error).toBeInstanceOf(ReadProblem);
          inWords((error as ReadProblem).message);
        }
      }),
      { numRuns: 150 },
    );
    expect(refused).toBeGreaterThan(10);
  });
});

describe('a mangled progress file', () => {
  const noon = Date.UTC(2026, 0, 5, 12);
  const done = { type: 'step', lesson: 'sqs/a', step: 'send', status: 'done' } as const;
  const asked = { type: 'asked', fact: 'SQS-05', question: 'sqs/a#1', right: true } as const;
  const text = progressText(record(record(noProgress(), done, noon), asked, noon));

  it('is read, or refused in words', () => {
    let refused = 0;
    fc.assert(
      fc.property(mangled(text), (damaged) => {
        const read = readProgress(damaged);
        if (read.ok) return;
        refused++;
        inWords(read.why);
      }),
      { numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(10);
  });
});
