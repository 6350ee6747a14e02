/** How far standard queues stray: the dials of the storage hosts, as a world of its own settings has them. */
import { type Chance, chanceOf, isPossible } from './quantities.ts';
import type { DeliverySetting } from './world.ts';

export interface HostDials {
  /** Storage hosts of each queue. */
  readonly hosts: number;
  /** On how many of them a message lies. */
  readonly copies: number;
  /** How many a short poll asks. */
  readonly asked: number;
  /** How often a delete misses the other copies. */
  readonly missed: Chance;
}

export const HOSTS_MAX = 16;
const COPIES_MAX = 4;

/** Calm asks all hosts, in the order of sending, and misses nothing. The figures are ours. */
export const NAMED_DIALS: Readonly<Record<DeliverySetting, HostDials>> = {
  calm: { hosts: 8, copies: 2, asked: 8, missed: { numerator: 0, denominator: 1 } },
  typical: { hosts: 8, copies: 2, asked: 5, missed: { numerator: 1, denominator: 100_000 } },
  rough: { hosts: 8, copies: 2, asked: 3, missed: { numerator: 1, denominator: 50 } },
};

export interface GivenDials {
  readonly hosts?: number | undefined;
  readonly copies?: number | undefined;
  readonly asked?: number | undefined;
  /** `1 in 100000`, or `0`. */
  readonly missed?: string | undefined;
}

type Read =
  | { readonly ok: true; readonly dials: HostDials | undefined }
  | { readonly ok: false; readonly why: string };

/** What is left out is that of the named setting; undefined: nothing differs from it. */
export function readDials(given: GivenDials, delivery: DeliverySetting): Read {
  const named = NAMED_DIALS[delivery];
  const hosts = given.hosts ?? named.hosts;
  const copies = given.copies ?? Math.min(named.copies, hosts);
  const asked = given.asked ?? Math.min(named.asked, hosts);
  const missed = given.missed === undefined ? named.missed : chanceOf(given.missed.trim());
  if (missed === undefined) return { ok: false, why: '--missed is a chance, like "1 in 100000", or 0' };
  const dials = { hosts, copies, asked, missed };
  const why = dialsTrouble(dials);
  if (why !== undefined) return { ok: false, why };
  return { ok: true, dials: isSame(dials, named) ? undefined : dials };
}

/** What is wrong with them, and what was expected. */
export function dialsTrouble({ hosts, copies, asked, missed }: HostDials): string | undefined {
  if (!within(hosts, HOSTS_MAX)) return `--hosts is a whole number from 1 to ${HOSTS_MAX}`;
  const most = Math.min(COPIES_MAX, hosts);
  if (!within(copies, most)) return `--copies is a whole number from 1 to ${most}, for ${hosts} hosts`;
  if (!within(asked, hosts))
    return `--asked is a whole number from 1 to ${hosts}: a poll asks hosts that are there`;
  if (!isPossible(missed)) return '--missed is a chance of at most 1 in 1';
  return undefined;
}

const within = (value: number, most: number): boolean =>
  Number.isSafeInteger(value) && value >= 1 && value <= most;

const isSame = (a: HostDials, b: HostDials): boolean =>
  a.hosts === b.hosts &&
  a.copies === b.copies &&
  a.asked === b.asked &&
  a.missed.numerator * b.missed.denominator === b.missed.numerator * a.missed.denominator;

/** `1 in 50`, or `never`. */
export const chanceWords = ({ numerator, denominator }: Chance): string =>
  numerator === 0 ? 'never' : `${numerator} in ${denominator}`;
