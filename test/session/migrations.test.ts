import { expect, test } from 'vitest';
import { migrate } from '../../src/session/migrations.ts';
import { parseJson, ReadProblem } from '../../src/session/strictJson.ts';

const steps = {
  1: (save: Record<string, unknown>) => ({ ...save, world: save.name }),
  2: ({ name: _name, ...save }: Record<string, unknown>) => save,
};

test('an old save goes through every step once, in order', () => {
  const { file, from } = migrate(parseJson('{"formatVersion":1,"name":"a"}'), 3, steps);
  expect(from).toBe(1);
  expect(file.value).toEqual({ formatVersion: 3, world: 'a' });
});

test('a save of the newest format is left as it is', () => {
  const { file } = migrate(parseJson('{"formatVersion":3,"name":"a"}'), 3, steps);
  expect(file.value).toEqual({ formatVersion: 3, name: 'a' });
});

test('a format that no step begins with is refused by its number', () => {
  expect(() => migrate(parseJson('{"formatVersion":1}'), 3, { 2: steps[2] })).toThrow(ReadProblem);
  expect(() => migrate(parseJson('{"formatVersion":4}'), 3, steps)).toThrow(
    'A newer msg-playground wrote it',
  );
});
