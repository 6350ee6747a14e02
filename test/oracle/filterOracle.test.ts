import { describe, expect, it } from 'vitest';
import { Random } from '../../src/engine/random.ts';
import {
  FilterFault,
  factsOf,
  matches,
  readFilterPolicy,
} from '../../src/services/sns/rules/filterPolicy/index.ts';
import { histories } from '../support/histories.ts';
import { type NaiveAttribute, naiveMatches } from './naiveFilter.ts';

const { count: COUNT, first } = histories(400);
const MESSAGES_EACH = 4;
const KEYS = ['store', 'price', 'ip', 'r', 'a.b'] as const;
const WORDS = ['a', 'ab', 'abc', 'B', 'b', '10.0.0.1', '10.0.1.7', ''] as const;

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

class Maker {
  readonly random: Random;
  constructor(seed: number) {
    this.random = Random.of(seed, 'filters');
  }
  pick<Item>(items: readonly Item[]): Item {
    return items[this.random.below(items.length)]!;
  }
  word = (): string => this.pick(WORDS);
  number = (): number => this.pick([0, 1, 2.5, 3, -1]);
  scalar = (): Json => this.pick<Json>([this.word(), this.word(), this.number(), true, null]);
  list<Item>(max: number, make: () => Item, min = 1): Item[] {
    return Array.from({ length: this.random.integer(min, max) }, make);
  }

  element = (): Json => {
    const { pick, word, number } = { pick: this.pick.bind(this), word: this.word, number: this.number };
    switch (this.random.below(12)) {
      case 0:
        return { prefix: word() };
      case 1:
        return { suffix: word() };
      case 2:
        return { 'equals-ignore-case': word() };
      case 3:
        return { exists: pick([true, false]) };
      case 4:
        return { 'anything-but': pick<Json>([this.list(3, () => pick<Json>([word(), number()])), word()]) };
      case 5:
        return { 'anything-but': { prefix: word() } };
      case 6:
        return {
          numeric: pick<Json>([
            ['=', number()],
            ['<', number()],
            ['>=', 0, '<', 3],
            ['>', 1],
          ]),
        };
      case 7:
        return { cidr: pick(['10.0.0.0/24', '10.0.0.0/16', '10.0.0.1/32']) };
      default:
        return this.scalar();
    }
  };

  policy(depth: number): { [name: string]: Json } {
    const policy: { [name: string]: Json } = {};
    for (const key of this.list(2, () => this.pick(KEYS))) {
      policy[key] =
        depth > 0 && this.random.chance(1, 3) ? this.policy(depth - 1) : this.list(3, this.element);
    }
    if (this.random.chance(1, 4)) {
      policy.$or = this.list(3, () => this.policy(Math.max(0, depth - 1)), 2);
    }
    return policy;
  }

  value(depth: number): Json {
    if (depth > 0 && this.random.chance(1, 3)) return this.list(2, () => this.value(depth - 1), 0);
    return depth > 0 && this.random.chance(1, 3) ? this.object(depth - 1) : this.scalar();
  }

  object(depth: number): { [name: string]: Json } {
    // Not both: what `a.b` means beside a nested b is nowhere said.
    const names = ['store', 'price', 'ip', 'r', 'b', this.pick(['a', 'a.b'])];
    return Object.fromEntries(this.list(4, () => [this.pick(names), this.value(depth)] as const));
  }

  attributes(): Record<string, NaiveAttribute> {
    const made = this.list(4, (): readonly [string, NaiveAttribute] => {
      const DataType = this.pick(['String', 'String.Array', 'Number', 'Binary']);
      const StringValue =
        DataType === 'Number'
          ? String(this.number())
          : DataType === 'String.Array'
            ? JSON.stringify(this.list(3, this.scalar))
            : this.word();
      return [this.pick(KEYS), DataType === 'Binary' ? { DataType } : { DataType, StringValue }];
    });
    return Object.fromEntries(made);
  }
}

describe('filter policies and the plain way to read them', () => {
  it.each(['MessageAttributes', 'MessageBody'] as const)('agree on random ones: %s', (scope) => {
    let compared = 0;
    let passed = 0;
    for (let seed = first; compared < COUNT; seed++) {
      const maker = new Maker(seed);
      const policy = maker.policy(scope === 'MessageBody' ? 2 : 0);
      let read: ReturnType<typeof readFilterPolicy>;
      try {
        read = readFilterPolicy(JSON.stringify(policy), scope);
      } catch (error) {
        if (error instanceof FilterFault) continue;
        throw error;
      }
      compared++;
      for (let count = 0; count < MESSAGES_EACH; count++) {
        const body = JSON.stringify(maker.object(2));
        const attributes = maker.attributes();
        const ours = matches(read, factsOf({ body, attributes }, scope));
        const plain = naiveMatches(policy, body, attributes, scope);
        if (plain) passed++;
        expect({ seed, policy, body, attributes, passes: ours }).toEqual({
          seed,
          policy,
          body,
          attributes,
          passes: plain,
        });
      }
    }
    // Neither of the two may say the same always.
    expect(passed).toBeGreaterThan(compared / 20);
    expect(passed).toBeLessThan(compared * (MESSAGES_EACH - 1));
  });
});
