/** Where Python and JavaScript differ, and the AWS CLI shows it. */
import { describe, expect, it } from 'vitest';
import { kebab } from '../../src/command/kebab.ts';
import { closeMatches } from '../../src/command/python/closeMatches.ts';
import { JsonError, parseJson } from '../../src/command/python/json.ts';
import { byCodePoint, pyFloat, pyInt, pyRepr, pyStr } from '../../src/command/python/values.ts';
import { compileQuery } from '../../src/command/query.ts';

describe('Python', () => {
  it.each([
    [null, 'None'],
    [true, 'True'],
    [1.5, '1.5'],
    [1e-7, '1e-07'],
    ["it's", '"it\'s"'],
    ['say "it\'s"', "'say \"it\\'s\"'"],
    ['a\n\t\u0007é', "'a\\n\\t\\x07é'"],
    [{ a: [1, null] }, "{'a': [1, None]}"],
    [new Uint8Array([255, 10, 65]), "b'\\xff\\nA'"],
  ])('shows %j as %s', (value, shown) => {
    expect(pyRepr(value)).toBe(shown);
  });

  it('shows the objects of a JSON argument as OrderedDicts', () => {
    expect(pyStr({ a: { b: 1 } }, true)).toBe("OrderedDict([('a', OrderedDict([('b', 1)]))])");
  });

  it('sorts by code point, not by UTF-16 unit', () => {
    expect(['\uff5e', '😀', 'z'].sort(byCodePoint)).toEqual(['z', '\uff5e', '😀']);
    expect(compileQuery('sort(@)').search(['\u{1f600}', '\uff5e'])).toEqual(['\uff5e', '😀']);
  });

  it('reads numbers', () => {
    expect([' 12 ', '+5', '1_000', '1.5', 'x', ''].map(pyInt)).toEqual([
      12,
      5,
      1000,
      undefined,
      undefined,
      undefined,
    ]);
    expect(['1.5', '.5', '1e3', 'x'].map(pyFloat)).toEqual([1.5, 0.5, 1000, undefined]);
  });

  it.each([
    ['{', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
    ['{"a"\n1}', "Expecting ':' delimiter: line 2 column 1 (char 5)"],
    ['[1 2]', "Expecting ',' delimiter: line 1 column 4 (char 3)"],
    ['"😀" x', 'Extra data: line 1 column 5 (char 4)'],
    ['"a', 'Unterminated string starting at: line 1 column 1 (char 0)'],
    ['', 'Expecting value: line 1 column 1 (char 0)'],
  ])('says what is wrong with the JSON %j', (text, message) => {
    expect(() => parseJson(text)).toThrow(JsonError);
    expect(() => parseJson(text)).toThrow(message);
  });

  it('keeps a member called __proto__ a member', () => {
    expect(Object.keys(parseJson('{"__proto__": 1}') as object)).toEqual(['__proto__']);
  });

  it('finds close matches, best first', () => {
    expect(closeMatches('appel', ['ape', 'apple', 'peach', 'puppy'])).toEqual(['apple', 'ape']);
  });
});

it.each([
  ['ReceiveMessage', 'receive-message'],
  ['AWSAccountIds', 'aws-account-ids'],
  ['QueueOwnerAWSAccountId', 'queue-owner-aws-account-id'],
  ['ListWebACLs', 'list-web-acls'],
  ['SourceArn', 'source-arn'],
  ['tags', 'tags'],
  ['idempotentFor', 'idempotent-for'],
  ['ListHITsForQualificationType', 'list-hits-for-qualification-type'],
  ['DescribeStorediSCSIVolumes', 'describe-stored-iscsi-volumes'],
])('%s is typed as %s', (name, typed) => {
  expect(kebab(name)).toBe(typed);
});
