// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policies have variables of this form
import { describe, expect, it } from 'vitest';
import { allow, allowed } from '../../support/questions.ts';

type Value = string | readonly string[];

const holds = (operator: string, wanted: unknown, actual?: Value): boolean =>
  allowed({
    identity: [allow({ Condition: { [operator]: { 'test:Key': wanted } } })],
    keys: actual === undefined ? {} : { 'Test:Key': actual },
  });

describe('condition operators', () => {
  it.each<[string, unknown, Value | undefined, boolean]>([
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', 'a', 'A', false],
    ['StringEquals', ['a', 'b'], 'b', true],
    ['StringEquals', 'a*', 'ab', false],
    ['StringEquals', 'a', undefined, false],
    ['StringEqualsIgnoreCase', 'a', 'A', true],
    ['StringNotEquals', 'a', 'b', true],
    ['StringNotEquals', ['a', 'b'], 'b', false],
    ['StringNotEquals', 'a', undefined, true],
    ['StringEqualsIfExists', 'a', undefined, true],
    ['StringEqualsIfExists', 'a', 'b', false],
    ['StringLike', 'a*d', 'abcd', true],
    ['StringLike', 'a?', 'abc', false],
    ['StringLike', '*b*', 'abc', true],
    ['StringNotLike', 'a*', 'abc', false],
    ['NumericEquals', 10, '10.0', true],
    ['NumericLessThan', '10', '9', true],
    ['NumericLessThan', '10', '10', false],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericGreaterThan', '9', '10', true],
    ['NumericNotEquals', '9', '9', false],
    ['NumericGreaterThan', '9', 'many', false],
    ['DateGreaterThan', '2026-01-05T09:00:00Z', '2026-01-05T09:00:01Z', true],
    ['DateLessThan', '2026-01-05T09:00:00Z', '2026-01-05T09:00:00Z', false],
    ['DateLessThanEquals', '2026-01-05T10:00:00+01:00', '2026-01-05T09:00:00Z', true],
    ['DateEquals', '1767603600', '2026-01-05T09:00:00Z', true],
    ['Bool', 'true', 'true', true],
    ['Bool', false, 'false', true],
    ['Bool', 'false', undefined, false],
    ['BoolIfExists', 'false', undefined, true],
    ['Null', 'true', undefined, true],
    ['Null', 'true', 'a', false],
    ['Null', 'false', 'a', true],
    ['ArnEquals', 'arn:aws:sns:*:*:news', 'arn:aws:sns:us-east-1:1:news', true],
    ['ArnLike', 'arn:aws:sns:*:*:n*', 'arn:aws:sqs:us-east-1:1:news', false],
    ['ArnNotEquals', 'arn:aws:sns:*:*:news', 'arn:aws:sns:us-east-1:1:olds', true],
    ['IpAddress', '203.0.113.0/24', '203.0.113.77', true],
    ['IpAddress', '203.0.113.0/24', '203.0.114.77', false],
    ['IpAddress', '203.0.113.5', '203.0.113.5', true],
    ['IpAddress', '2001:db8::/32', '2001:db8:1::5', true],
    ['IpAddress', '2001:db8::/32', '203.0.113.5', false],
    ['NotIpAddress', ['10.0.0.0/8', '192.168.0.0/16'], '10.1.2.3', false],
    ['NotIpAddress', ['10.0.0.0/8', '192.168.0.0/16'], '11.1.2.3', true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
    ['ForAllValues:StringEquals', ['a', 'b'], undefined, true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'b'], true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c'], false],
    ['ForAnyValue:StringEquals', ['a', 'b'], undefined, false],
    ['ForAnyValue:StringLikeIfExists', ['a*'], undefined, true],
  ])('%s %j against %j: %s', (operator, wanted, actual, expected) => {
    expect(holds(operator, wanted, actual)).toBe(expected);
  });

  it('must all hold', () => {
    const Condition = { Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'test:Key': 'a' } };
    const asked = { identity: [allow({ Condition })] };
    expect(allowed({ ...asked, keys: { 'aws:SecureTransport': 'true', 'test:Key': 'a' } })).toBe(true);
    expect(allowed({ ...asked, keys: { 'aws:SecureTransport': 'false', 'test:Key': 'a' } })).toBe(false);
    expect(allowed({ ...asked, keys: { 'aws:SecureTransport': 'true', 'test:Key': 'b' } })).toBe(false);
  });

  it('take ${*} as a star that is meant', () => {
    expect(holds('StringLike', 'a${*}', 'abc')).toBe(false);
    expect(holds('StringLike', 'a${*}', 'a*')).toBe(true);
    expect(holds('StringEquals', '${$}', '$')).toBe(true);
  });
});
