import { describe, expect, it } from 'vitest';
import { seconds } from '../../../src/engine/units.ts';
import {
  explain,
  factsOf,
  matches,
  readFilterPolicy,
} from '../../../src/services/sns/rules/filterPolicy/index.ts';
import { carried, figures, publish, queueArn, subscribed, topic, topics } from '../../support/topics.ts';

const place = (column: number): string =>
  `\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: 1, column: ${column}]`;

/** What Subscribe says of a policy. */
function refusal(policy: unknown, scope = 'MessageAttributes'): string {
  const w = topics();
  const text = typeof policy === 'string' ? policy : JSON.stringify(policy);
  return w.refusal(
    'Subscribe',
    {
      TopicArn: topic(w),
      Protocol: 'sqs',
      Endpoint: queueArn('bills'),
      Attributes: { FilterPolicy: text, FilterPolicyScope: scope },
    },
    'sns',
  ).message;
}

const PREFIX = 'Invalid parameter: Attributes Reason: FilterPolicy: ';

const passes = (policy: object, body: unknown): boolean =>
  matches(
    readFilterPolicy(JSON.stringify(policy), 'MessageBody'),
    factsOf({ body: typeof body === 'string' ? body : JSON.stringify(body) }, 'MessageBody'),
  );

const attribute = (DataType: string, StringValue: string) => ({ DataType, StringValue });
const passesAttributes = (
  policy: object,
  attributes: Record<string, ReturnType<typeof attribute>>,
): boolean =>
  matches(
    readFilterPolicy(JSON.stringify(policy), 'MessageAttributes'),
    factsOf({ body: '', attributes }, 'MessageAttributes'),
  );

describe('a filter policy on attributes', () => {
  it('lets through what it names, alone or in a list (T6)', () => {
    const policy = { store: ['value1'] };
    expect(passesAttributes(policy, { store: attribute('String', 'value1') })).toBe(true);
    expect(passesAttributes(policy, { store: attribute('String.Array', '["value1","value2"]') })).toBe(true);
    expect(passesAttributes(policy, { store: attribute('String.Array', '["value2","value3"]') })).toBe(false);
    expect(passesAttributes(policy, {})).toBe(false);
  });

  it('wants all of its keys, of each one value', () => {
    const policy = { store: ['a', 'b'], price: [{ numeric: ['>', 0, '<=', 100] }] };
    const store = attribute('String', 'b');
    expect(passesAttributes(policy, { store, price: attribute('Number', '100') })).toBe(true);
    expect(passesAttributes(policy, { store, price: attribute('Number', '100.01') })).toBe(false);
    expect(passesAttributes(policy, { store })).toBe(false);
  });

  it('anything-but needs the key to be there, and one value that is not listed', () => {
    const policy = { sport: [{ 'anything-but': ['rugby', 'tennis'] }] };
    expect(passesAttributes(policy, {})).toBe(false);
    expect(passesAttributes(policy, { sport: attribute('String', 'rugby') })).toBe(false);
    expect(passesAttributes(policy, { sport: attribute('String.Array', '["rugby","baseball"]') })).toBe(true);
    const orAbsent = { sport: [{ 'anything-but': ['rugby'] }, { exists: false }] };
    expect(passesAttributes(orAbsent, {})).toBe(true);
  });

  it('knows prefix, suffix, equals-ignore-case, exists and cidr', () => {
    const one = (condition: object, value: string): boolean =>
      passesAttributes({ k: [condition] }, { k: attribute('String', value) });
    expect(one({ prefix: 'eu-' }, 'eu-west-1')).toBe(true);
    expect(one({ suffix: '.png' }, 'a.jpg')).toBe(false);
    expect(one({ 'equals-ignore-case': 'TENNIS' }, 'Tennis')).toBe(true);
    expect(one({ 'anything-but': { prefix: 'eu-' } }, 'us-east-1')).toBe(true);
    expect(one({ exists: true }, 'x')).toBe(true);
    expect(one({ exists: false }, 'x')).toBe(false);
    expect(one({ cidr: '10.0.0.0/24' }, '10.0.0.255')).toBe(true);
    expect(one({ cidr: '10.0.0.0/24' }, '10.0.1.0')).toBe(false);
  });

  it('ignores Binary', () => {
    const facts = factsOf(
      { body: '', attributes: { k: { DataType: 'Binary', BinaryValue: Uint8Array.of(1) } } },
      'MessageAttributes',
    );
    expect(matches(readFilterPolicy('{"k":[{"exists":true}]}', 'MessageAttributes'), facts)).toBe(false);
  });
});

describe('a filter policy on the body', () => {
  it('follows $or and networks of both versions (T7)', () => {
    const policy = {
      detail: {
        $or: [
          { sourceIPAddress: [{ cidr: '10.0.0.0/24' }] },
          { sourceIPAddressV6: [{ cidr: '2001:db8:1234:1a00::/64' }] },
        ],
      },
    };
    const v4 = (sourceIPAddress: string) => ({ detail: { sourceIPAddress } });
    const v6 = (sourceIPAddressV6: string) => ({ detail: { sourceIPAddressV6 } });
    expect(passes(policy, v4('10.0.0.255'))).toBe(true);
    expect(passes(policy, v4('10.0.0.256'))).toBe(false);
    expect(passes(policy, v6('2001:0db8:1234:1a00:0000:0000:0000:0000'))).toBe(true);
    expect(passes(policy, v6('2001:0db8:123f:1a01:0000:0000:0000:0000'))).toBe(false);
  });

  it('searches lists, and dotted names in both ways (T8)', () => {
    const policy = { headers: { 'route-to': ['queue1'] } };
    expect(passes(policy, { headers: { 'route-to': ['queue1', 'queue2'] } })).toBe(true);
    expect(passes(policy, { headers: { 'route-to': ['queue3'] } })).toBe(false);
    expect(passes({ 'a.b': ['v'] }, { a: { b: 'v' } })).toBe(true);
    expect(passes({ a: { 'b.c': ['v'] } }, { 'a.b': { c: 'v' } })).toBe(true);
    expect(passes({ Records: { name: ['x'] } }, { Records: [[{ name: 'x' }]] })).toBe(true);
  });

  it('wants its keys in the same element of a list of objects', () => {
    const policy = { Records: { source: ['s3'], name: ['put'] } };
    const record = (source: string, name: string) => ({ source, name });
    expect(passes(policy, { Records: [record('s3', 'delete'), record('s3', 'put')] })).toBe(true);
    expect(passes(policy, { Records: [record('s3', 'delete'), record('sns', 'put')] })).toBe(false);
  });

  it('tells numbers, true, false and null apart from texts', () => {
    expect(passes({ n: [5] }, { n: 5.0 })).toBe(true);
    expect(passes({ n: [5] }, { n: '5' })).toBe(false);
    expect(passes({ n: [null] }, { n: null })).toBe(true);
    expect(passes({ n: [true] }, { n: 'true' })).toBe(false);
  });

  it('matches no body that is no JSON object', () => {
    const policy = { k: [{ exists: false }] };
    expect(passes(policy, 'text')).toBe(false);
    expect(passes(policy, '[1]')).toBe(false);
    expect(passes(policy, {})).toBe(true);
  });
});

describe('SNS refuses a filter policy', () => {
  it('that is too complex, or has too many keys (T9)', () => {
    const values = (count: number) => Array.from({ length: count }, (_, n) => `v${n}`);
    expect(refusal({ k: values(151) })).toBe(`${PREFIX}Filter policy is too complex`);
    expect(refusal({ k: values(100), l: values(51) })).toBe(`${PREFIX}Filter policy is too complex`);
    const six = Object.fromEntries(values(6).map((key) => [key, ['v']]));
    expect(refusal(six)).toBe(`${PREFIX}Filter policy can not have more than 5 keys`);
    readFilterPolicy(JSON.stringify({ k: values(150) }), 'MessageAttributes');
    const nested = { a: { b: { c: values(4) } }, d: { e: values(3) } };
    readFilterPolicy(JSON.stringify(nested), 'MessageBody');
    const more = { a: { b: { c: values(4) } }, d: { e: values(7) } };
    expect(refusal(more, 'MessageBody')).toBe(`${PREFIX}Filter policy is too complex`);
  });

  it.each([
    [{ key: [{ suffix: 'a', prefix: 'b' }] }, 'Only one key allowed in match expression'],
    [{ key: [] }, 'Empty arrays are not allowed'],
    [{ key: [['v']] }, 'Match value must be String, number, true, false, or null'],
    [{ key: { suffix: 'v' } }, '"suffix" must be an object or an array'],
    [{ key: [{ wildcard: 'ba*' }] }, 'Unrecognized match type wildcard'],
    [{ key: [{ prefix: 5 }] }, 'prefix match pattern must be a string'],
    [{ key: [{ exists: 'yes' }] }, 'exists match pattern must be either true or false.'],
    [{ key: [{ 'anything-but': { suffix: 'x' } }] }, 'Unsupported anything-but pattern: suffix'],
    [{ key: [{ numeric: ['>=', 1, '>', 2] }] }, 'Bad numeric range operator: >'],
    [{ key: [{ numeric: ['<', 100, '>', 10] }] }, 'Too many elements in numeric expression'],
    [{ key: [{ numeric: ['>', 3, '<', 1] }] }, 'Bottom must be less than top'],
    [{ key: [{ numeric: ['=', '000'] }] }, 'Value of equals must be numeric'],
    [{ key: [{ numeric: ['>', 20, '<', 30, '<', 50] }] }, 'Too many terms in numeric range expression'],
  ])('%j (T10, T11)', (policy, sentence) => {
    const message = refusal(policy, 'MessageBody');
    expect(message).toMatch(/; line: 1, column: \d+\]$/u);
    expect(message.slice(0, message.indexOf('\n'))).toBe(PREFIX + sentence);
  });

  it.each([
    ['bad-filter', "Malformed CIDR, one '/' required"],
    ['bad-filter/64', 'Nonstandard IP address: bad-filter'],
    ['bad-/64filter', 'Malformed CIDR, mask bits must be an integer'],
  ])('whose network is %s (T12)', (cidr, sentence) => {
    expect(refusal({ key: [{ cidr }] })).toBe(PREFIX + sentence);
  });

  it('that is nested, on attributes', () => {
    expect(refusal({ a: { b: ['v'] } })).toBe(
      `${PREFIX}Filter policy scope MessageAttributes does not support nested filter policy`,
    );
  });

  it('and says where', () => {
    expect(refusal('{"key":[]}')).toBe(`${PREFIX}Empty arrays are not allowed${place(11 - 1)}`);
    expect(refusal('{"key"')).toContain('failed to parse JSON. Unexpected end-of-input');
  });
});

describe('a subscription with a filter policy', () => {
  it('counts and tells what it stops, key by key', () => {
    const w = topics();
    const arn = topic(w);
    subscribed(w, arn, 'bills', { FilterPolicy: '{"store":["a"]}' });
    const store = (value: string) => ({ MessageAttributes: { store: attribute('String', value) } });
    publish(w, arn, 'one', store('a'));
    publish(w, arn, 'two', store('b'));
    publish(w, arn, 'three');
    w.after(seconds(1));
    expect(carried(w, 'bills')).toEqual(['one']);
    expect(figures(w, 'subscription/orders/bills')).toMatchObject({ delivered: 1, filteredOut: 2 });
    expect(figures(w, 'subscription/orders/bills').filter).toEqual([
      { key: 'store', wanted: '["a"]', found: 'absent', matched: false },
    ]);
    expect(w.events('sns/MessageFilteredOut').map(({ reason }) => reason)).toEqual([
      'store: wanted ["a"], found "b"',
      'store: wanted ["a"], found absent',
    ]);
  });

  it('is explained attribute by attribute', () => {
    const policy = readFilterPolicy('{"store":["a"],"price":[{"numeric":[">",5]}]}', 'MessageAttributes');
    const attributes = { store: attribute('String', 'a'), price: attribute('Number', '3') };
    expect(explain(policy, factsOf({ body: '', attributes }, 'MessageAttributes'))).toEqual([
      { key: 'store', wanted: '["a"]', found: '"a"', matched: true },
      { key: 'price', wanted: '[{"numeric":[">",5]}]', found: '3', matched: false },
    ]);
  });
});
