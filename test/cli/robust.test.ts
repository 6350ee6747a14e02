/** Whatever is typed, a line gives a result and completion gives something: nothing throws. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { CliFailure } from '../../src/command/cliFailure.ts';
import { complete } from '../../src/command/complete.ts';
import { formatTable } from '../../src/command/format/table.ts';
import { formatText } from '../../src/command/format/text.ts';
import { formatYaml } from '../../src/command/format/yaml.ts';
import type { Plain } from '../../src/command/python/values.ts';
import { compileQuery } from '../../src/command/query.ts';
import { quoted } from '../../src/command/quoted.ts';
import { splitScript } from '../../src/command/splitScript.ts';
import { catalog, newState, run, surroundings } from './console.ts';

const pieces = fc.constantFrom(
  'aws',
  'sqs',
  'send-message',
  'receive-message',
  'create-queue',
  '--queue-url',
  'orders',
  '--message-body',
  "'",
  '"',
  '\\',
  '$',
  '$(',
  ')',
  '=',
  'X=',
  '$X',
  '--attributes',
  'A=1,B=[c',
  '{"a":',
  '}',
  '[',
  ']',
  '|| true',
  '#',
  'repeat',
  '3',
  '{n}',
  'sleep',
  'expect',
  'queue/orders',
  'visible>=1',
  '--query',
  'Messages[?a==`1`]',
  '--output',
  'table',
  'help',
  'time',
  'until',
  'app',
  'create-producer',
  '--to',
  '--rate',
  'world',
  ';',
  '|',
  '*',
  '\n',
  '😀',
  '-1',
  '--cli-input-json',
  '--generate-cli-skeleton',
  'output',
  '--max-items',
  '--',
  '-',
);
const lines = fc.oneof(
  fc.array(pieces, { maxLength: 9 }).map((words) => words.join(' ')),
  fc.array(pieces, { maxLength: 6 }).map((words) => words.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

describe('any text', () => {
  it('runs to a result', () => {
    fc.assert(
      fc.property(lines, (line) => {
        const { result } = run(line, (wait) =>
          wait.type === 'request' ? { ok: true, output: {} } : wait.type === 'control' ? { ok: true } : true,
        );
        expect(typeof result.output).toBe('string');
        const at = result.error?.at;
        if (at) expect(at.from <= at.to && at.to <= line.length).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('is completed at any place', () => {
    fc.assert(
      fc.property(lines, fc.nat(60), (line, place) => {
        const cursor = Math.min(place, line.length);
        const { from, to } = complete(line, cursor, surroundings(), catalog, ['X']);
        expect(from <= cursor && cursor <= to && to <= line.length).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('as a value comes through quotes unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
        const line = `X=${quoted(value)}`;
        const state = newState();
        const [only, ...rest] = splitScript(line);
        run(only ?? '', undefined, state);
        expect(rest).toEqual([]);
        expect(state.variables.get('X')).toBe(value.replace(/\r\n?/g, '\n'));
      }),
    );
  });
});

const plain: fc.Arbitrary<Plain> = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Za-z0-9 :#'-]{0,12}$/), tie('value'), { maxKeys: 4 }),
  ),
})).value;

describe('any answer', () => {
  it('in YAML is read back as the same value', () => {
    fc.assert(
      fc.property(
        plain.filter((value) => typeof value === 'object' && value !== null),
        (value) => {
          expect(parse(formatYaml(value))).toEqual(JSON.parse(JSON.stringify(value)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is a table with even sides, or refused in words', () => {
    fc.assert(
      fc.property(plain, (value) => {
        try {
          const lines = formatTable('Title', value).split('\n').slice(0, -1);
          expect(lines.every((line) => /^[-|+]/.test(line) && /[-|+]$/.test(line))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(CliFailure);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is text, or refused in words', () => {
    fc.assert(
      fc.property(plain, (value) => {
        try {
          expect(formatText(value)).toMatch(/^$|\n$/);
        } catch (error) {
          expect(error).toBeInstanceOf(CliFailure);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('can be asked any query', () => {
    const words = fc.constantFrom(
      'a',
      'b',
      '.',
      '[0]',
      '[]',
      '[*]',
      '*',
      '|',
      '@',
      '{a: b}',
      '[?a]',
      '`1`',
      "'x'",
      '&a',
      'length(@)',
      'sort_by(@, &a)',
      'keys(@)',
      '==',
      '<',
      '!',
      '(',
      ')',
      '[::2]',
      '"q"',
      '-1',
      ',',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 6 }), plain, (parts, value) => {
        try {
          compileQuery(parts.join('')).search(value);
        } catch (error) {
          expect(error).toBeInstanceOf(CliFailure);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
