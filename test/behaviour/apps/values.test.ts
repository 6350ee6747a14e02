import { describe, expect, test } from 'vitest';
import { fill, pad, readTemplate } from '../../../src/services/apps/template.ts';
import {
  readChance,
  readDuration,
  readRate,
  readSize,
  readSpan,
  readTarget,
} from '../../../src/services/apps/values.ts';

describe('a rate', () => {
  test.each([
    ['12/s', 12, 1_000],
    ['300/min', 300, 60_000],
    ['5/h', 5, 3_600_000],
    ['0.5/s', 5, 10_000],
    ['12.25/s', 1225, 100_000],
  ])('%s is %d messages in %d ms', (text, count, per) => {
    expect(readRate('rate', text)).toEqual({ count, per });
  });

  test.each(['12', 'fast', '12/week', '0/s', '-3/s', '1e3/s', '50000/s'])('%s is refused', (text) => {
    expect(() => readRate('rate', text)).toThrow(`Value ${text} for --rate is invalid`);
  });
});

describe('a duration', () => {
  test.each([
    ['250ms', 250],
    ['40s', 40_000],
    ['1m30s', 90_000],
    ['1.5s', 1_500],
    ['2h', 7_200_000],
    ['0', 0],
  ])('%s is %d ms', (text, value) => {
    expect(readDuration('time', text)).toBe(value);
  });

  test.each(['40', '', 's', '4 seconds', '-1s'])('"%s" is refused', (text) => {
    expect(() => readDuration('time', text)).toThrow('a duration has a unit');
  });
});

test('a span is one duration or two', () => {
  expect(readSpan('time', '5s')).toEqual({ min: 5_000, max: 5_000 });
  expect(readSpan('time', '2s..8s')).toEqual({ min: 2_000, max: 8_000 });
  expect(() => readSpan('time', '8s..2s')).toThrow('the first duration is the smaller one');
  expect(() => readSpan('time', '1s..2s..3s')).toThrow('a time is a duration or two');
});

test('a chance is a ratio', () => {
  expect(readChance('fail', '1 in 20')).toEqual({ numerator: 1, denominator: 20 });
  expect(readChance('fail', '0')).toEqual({ numerator: 0, denominator: 1 });
  expect(() => readChance('fail', '0.05')).toThrow('a chance is a ratio');
  expect(() => readChance('fail', '3 in 2')).toThrow('at most "1 in 1"');
});

test('a size counts 1,024 bytes to the kilobyte', () => {
  expect(readSize('size', '200')).toBe(200);
  expect(readSize('size', '64KB')).toBe(65_536);
  expect(() => readSize('size', '0')).toThrow('between 1 byte');
  expect(() => readSize('size', 'big')).toThrow('a number of bytes');
});

test('a target names its kind, and kinds that are not modelled are refused by name', () => {
  expect(readTarget('to', 'queue/orders.fifo')).toEqual({ kind: 'queue', name: 'orders.fifo' });
  expect(() => readTarget('to', 'orders')).toThrow('write KIND/NAME, like queue/orders');
  expect(() => readTarget('to', 'stream/clicks')).toThrow('not modelled: stream');
});

test('a template counts, and takes turns', () => {
  const text = readTemplate('body', '{"order": {n}, "user": "u-{1..3}", "colour": "{red,blue}"}');
  expect(fill(text, 1)).toBe('{"order": 1, "user": "u-1", "colour": "red"}');
  expect(fill(text, 5)).toBe('{"order": 5, "user": "u-2", "colour": "red"}');
  expect(() => readTemplate('group', 'user-{9..1}')).toThrow('a range goes up');
});

test('a body is padded to its size in bytes', () => {
  expect(pad('abc', 5)).toBe('abc..');
  expect(pad('é😀', 8)).toBe('é😀..');
  expect(pad('longer', 3)).toBe('longer');
});
