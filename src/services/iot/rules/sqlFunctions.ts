/** The functions of rules' SQL that there are. AWS IoT Core Developer Guide, Functions. `undefined` is SQL's Undefined. */
import { md5Hex } from '../../../contract/md5.ts';
import { utf8Bytes } from '../../../contract/text.ts';

/** What functions may ask beside the payload. */
export interface Surroundings {
  readonly topic: string;
  /** UTC milliseconds. */
  readonly timestamp: number;
  readonly account: string;
  /** A UUID of the message; the same at each call. */
  readonly uuid: string;
}

interface Rule {
  readonly min: number;
  readonly max: number;
  run(args: readonly unknown[], around: Surroundings): unknown;
}

const textOf = (value: unknown): string | undefined =>
  value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value);

const ofText = (run: (text: string) => unknown): Rule => ({
  min: 1,
  max: 1,
  run: ([value]) => {
    const text = textOf(value);
    return text === undefined ? undefined : run(text);
  },
});
const ofNumber = (run: (value: number) => number): Rule => ({
  min: 1,
  max: 1,
  run: ([value]) => {
    const number = typeof value === 'string' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? run(number) : undefined;
  },
});
const ofTwoTexts = (run: (text: string, other: string) => unknown): Rule => ({
  min: 2,
  max: 2,
  run: ([one, two]) => {
    const text = textOf(one);
    const other = textOf(two);
    return text === undefined || other === undefined ? undefined : run(text, other);
  },
});
const nothing = (run: (around: Surroundings) => unknown): Rule => ({
  min: 0,
  max: 0,
  run: (_args, around) => run(around),
});

export const FUNCTIONS: Readonly<Record<string, Rule>> = {
  topic: {
    min: 0,
    max: 1,
    run: ([level], { topic }) =>
      level === undefined ? topic : typeof level === 'number' ? topic.split('/')[level - 1] : undefined,
  },
  timestamp: nothing(({ timestamp }) => timestamp),
  accountid: nothing(({ account }) => account),
  newuuid: nothing(({ uuid }) => uuid),
  // Over HTTPS a message has no client id.
  clientid: nothing(() => 'n/a'),
  lower: ofText((text) => text.toLowerCase()),
  upper: ofText((text) => text.toUpperCase()),
  trim: ofText((text) => text.trim()),
  length: ofText((text) => text.length),
  md5: ofText((text) => md5Hex(utf8Bytes(text))),
  startswith: ofTwoTexts((text, other) => text.startsWith(other)),
  endswith: ofTwoTexts((text, other) => text.endsWith(other)),
  indexof: ofTwoTexts((text, other) => text.indexOf(other)),
  abs: ofNumber((value) => Math.abs(value)),
  ceil: ofNumber((value) => Math.ceil(value)),
  floor: ofNumber((value) => Math.floor(value)),
  round: ofNumber((value) => Math.round(value)),
  concat: {
    min: 1,
    max: 20,
    run: (args) => {
      const texts = args.map(textOf).filter((text) => text !== undefined);
      return texts.length === 0 ? undefined : texts.join('');
    },
  },
  isnull: { min: 1, max: 1, run: ([value]) => value === null },
  isundefined: { min: 1, max: 1, run: ([value]) => value === undefined },
};
