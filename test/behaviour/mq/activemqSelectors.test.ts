import { describe, expect, it } from 'vitest';
import {
  InvalidSelector,
  type Known,
  readSelector,
  selects,
} from '../../../src/services/mq/activemq/selector.ts';

const check = (text: string, properties: Readonly<Record<string, Known>>): boolean =>
  selects(readSelector(text), (name) => properties[name]);

describe('a selector', () => {
  it('compares properties, and treats a missing one as unknown', () => {
    const text = "color='red' AND price>5";
    expect(check(text, { color: 'red', price: 6 })).toBe(true);
    expect(check(text, { color: 'red', price: 5 })).toBe(false);
    expect(check(text, { color: 'blue', price: 9 })).toBe(false);
    expect(check(text, { color: 'red' })).toBe(false);
  });

  it('knows neither a comparison with NULL nor its opposite', () => {
    expect(check('price > 5', {})).toBe(false);
    expect(check('NOT (price > 5)', {})).toBe(false);
    expect(check('price > 5 OR TRUE', {})).toBe(true);
    expect(check('price IS NULL', {})).toBe(true);
    expect(check('price IS NOT NULL', {})).toBe(false);
  });

  it.each([
    ['age BETWEEN 15 AND 19', { age: 15 }, true],
    ['age NOT BETWEEN 15 AND 19', { age: 20 }, true],
    ["country IN ('UK', 'US')", { country: 'UK' }, true],
    ["country NOT IN ('UK', 'US')", { country: 'Peru' }, true],
    ["country NOT IN ('UK', 'US')", {}, false],
    ["phone LIKE '12%3'", { phone: '12993' }, true],
    ["phone LIKE '12%3'", { phone: '1234' }, false],
    ["word LIKE 'l_se'", { word: 'lose' }, true],
    ["word LIKE 'l_se'", { word: 'loose' }, false],
    ["name LIKE '\\_%' ESCAPE '\\'", { name: '_foo' }, true],
    ["name LIKE '\\_%' ESCAPE '\\'", { name: 'bar' }, false],
    ['price * 2 + 1 = 7', { price: 3 }, true],
    ['-price < 0 AND price / 2 >= 1.5', { price: 3 }, true],
    ["quote = 'it''s'", { quote: "it's" }, true],
    ['a = 1 OR b = 1 AND c = 1', { a: 1 }, true],
    ['(a = 1 OR b = 1) AND c = 1', { a: 1 }, false],
    ['urgent', { urgent: true }, true],
    ["price = '5'", { price: 5 }, false],
    ['price <> 5', { price: 6 }, true],
  ] as const)('reads %s', (text, properties, wanted) => {
    expect(check(text, properties)).toBe(wanted);
  });

  it.each(["color='red", 'color=', 'AND price', 'price BETWEEN 1', 'a IN (1)', 'a = 1)', 'a LIKE b'])(
    'refuses %s',
    (text) => {
      expect(() => readSelector(text)).toThrow(InvalidSelector);
    },
  );
});
