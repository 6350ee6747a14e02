import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/engine/random.ts';
import { checkPrefixes, dataFolder, errorFolder } from '../../../src/services/firehose/rules/prefix.ts';
import { formatted, rotationSuffix } from '../../../src/services/firehose/rules/timestamp.ts';

const at = Date.UTC(2018, 7, 27, 10, 30);
const evaluation = { at, random: Random.of(1, 'names') };

describe('the folder of an object', () => {
  it('is the hour in UTC, after a prefix exactly as it is given', () => {
    expect(dataFolder(undefined, evaluation)).toBe('2018/08/27/10/');
    expect(dataFolder('myFirehosePrefix', evaluation)).toBe('myFirehosePrefix2018/08/27/10/');
    expect(dataFolder('raw/', evaluation)).toBe('raw/2018/08/27/10/');
  });

  it('holds what its expressions evaluate to', () => {
    expect(dataFolder("!{timestamp:yyyy/'m'MM}/", evaluation)).toBe('2018/m08/');
    expect(dataFolder('r=!{firehose:random-string}/!{firehose:random-string}/', evaluation)).toMatch(
      /^r=[A-Za-z0-9]{11}\/[A-Za-z0-9]{11}\/2018\/08\/27\/10\/$/u,
    );
    expect(dataFolder('c=!{partitionKeyFromQuery:c}/', { ...evaluation, partition: { c: '7' } })).toBe(
      'c=7/',
    );
  });

  it('of what failed names the type of error', () => {
    const failed = { ...evaluation, errorType: 'processing-failed' };
    expect(errorFolder('d/', 'f/!{firehose:error-output-type}/!{timestamp:yyyy}/', failed)).toBe(
      'f/processing-failed/2018/',
    );
    expect(errorFolder('d/', undefined, failed)).toBe('d/processing-failed/2018/08/27/10/');
  });

  it('refuses letters that a date has not', () => {
    expect(() => checkPrefixes('!{timestamp:yyyy-QQ}', 'f/!{firehose:error-output-type}/', false)).toThrow(
      /Invalid timestamp/u,
    );
    expect(() => checkPrefixes('a!{b', undefined, false)).toThrow(/begins an expression/u);
    expect(() =>
      checkPrefixes('!{partitionKeyFromQuery:c}/', 'f/!{firehose:error-output-type}/', false),
    ).toThrow(/dynamic partitioning/u);
  });
});

describe('dates', () => {
  it('are written as Java’s DateTimeFormatter writes them', () => {
    expect(formatted("EEE d MMM yy HH:mm:ss.SSS a ''H", at)).toBe("Mon 27 Aug 18 10:30:00.000 AM '10");
    expect(formatted('DDD hh', at)).toBe('239 10');
  });

  it('end the name of a rotated index', () => {
    const arrival = Date.UTC(2016, 1, 25, 13);
    expect(
      ['NoRotation', 'OneHour', 'OneDay', 'OneWeek', 'OneMonth'].map((period) =>
        rotationSuffix(period, arrival),
      ),
    ).toEqual(['', '-2016-02-25-13', '-2016-02-25', '-2016-w08', '-2016-02']);
  });
});
