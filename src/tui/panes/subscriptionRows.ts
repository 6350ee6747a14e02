/** One subscription in rows: how its filter took the newest message, what is tried again and when, its last answers. */
import type { Instant } from '../../engine/units.ts';
import { spark } from '../paint/bars.ts';
import { duration, instantShort } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { type Column, tableLines } from '../paint/rows.ts';
import { wrap } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';

/** The fields of `subscription/TOPIC/ENDPOINT` that are drawn. */
export interface SubscriptionFields {
  readonly topic: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly confirmed: boolean;
  readonly delivered: number;
  readonly filteredOut: number;
  readonly retrying: number;
  readonly deadLettered: number;
  readonly lost: number;
  readonly filter: readonly FilterReason[];
  readonly waiting: readonly {
    readonly attempt: number;
    readonly nextAtMs: number;
    readonly reason: string;
  }[];
  readonly retryDelaysMs: readonly number[];
}

interface FilterReason {
  readonly key: string;
  readonly wanted: string;
  readonly found: string;
  readonly matched: boolean;
  readonly alternative?: number;
}

const PROSE = 76;

export function subscriptionRows(
  theme: Theme,
  fields: SubscriptionFields,
  now: Instant,
  columns: number,
): string[] {
  const parts = [
    unconfirmed(theme, fields, columns),
    filterRows(theme, fields, columns),
    waitingRows(theme, fields, now),
  ];
  const rows = parts
    .filter((part) => part.length > 0)
    .flatMap((part, at) => (at === 0 ? part : ['', ...part]));
  return [...rows, ...(rows.length > 0 ? [''] : []), ...curveRows(theme, fields, columns)];
}

function unconfirmed(theme: Theme, { confirmed, protocol }: SubscriptionFields, columns: number): string[] {
  if (confirmed) return [];
  const how = protocol.startsWith('http')
    ? 'app visit opens the link it was sent.'
    : 'app read shows the letter, app visit opens its link.';
  return wrap(
    `Not confirmed: nothing is delivered until the endpoint agrees. ${how}`,
    Math.min(PROSE, columns),
  ).map(theme.flight);
}

const COLUMNS: readonly Column[] = [
  { title: '' },
  { title: 'key', least: 4 },
  { title: 'the filter wants', flexible: true, least: 10 },
  { title: 'the newest message has', flexible: true, least: 10 },
];

function filterRows(theme: Theme, { filter }: SubscriptionFields, columns: number): string[] {
  if (filter.length === 0) return [];
  const text = (value: string): string => plain(value, { ascii: theme.marks.ascii, limit: 200 });
  const cells = filter.map(({ key, wanted, found, matched, alternative }) => [
    matched ? theme.done(theme.marks.done) : theme.bad(theme.marks.refused),
    text(alternative === undefined ? key : `${alternative}. ${key}`),
    text(wanted),
    found === 'absent' ? theme.second(found) : text(found),
  ]);
  const table = tableLines(theme, COLUMNS, cells, columns);
  return [verdict(theme, filter), table.header, ...table.rows];
}

/** All keys of one alternative must match. */
function verdict(theme: Theme, filter: readonly FilterReason[]): string {
  const alternatives = new Set(filter.map(({ alternative = 1 }) => alternative));
  const passes = [...alternatives].some((wanted) =>
    filter.every(({ alternative = 1, matched }) => alternative !== wanted || matched),
  );
  if (passes) return theme.strong('The newest message passed its filter.');
  const missing = filter.filter(({ matched }) => !matched).map(({ key }) => key);
  const keys = [...new Set(missing)].map((key) => plain(key, { ascii: theme.marks.ascii, limit: 60 }));
  return theme.strong(`The newest message did not pass: ${keys.join(', ')}.`);
}

function waitingRows(theme: Theme, { waiting }: SubscriptionFields, now: Instant): string[] {
  return waiting.map(({ attempt, nextAtMs, reason }) => {
    const left = duration(Math.max(0, nextAtMs - now));
    const why = plain(reason, { ascii: theme.marks.ascii, limit: 60 });
    return `${theme.flight(theme.marks.inFlight)} try ${attempt} in ${theme.strong(left)} ${theme.second(`at ${instantShort(nextAtMs)}, after ${why}`)}`;
  });
}

/** How long each retry waits, as a curve. */
function curveRows(theme: Theme, { retryDelaysMs }: SubscriptionFields, columns: number): string[] {
  if (retryDelaysMs.length === 0) return [];
  const shownTo = retryDelaysMs.slice(0, Math.max(8, Math.min(60, columns - 34)));
  const longest = Math.max(...shownTo);
  const first = duration(shownTo[0]!);
  const range = longest === shownTo[0] ? `${first} each` : `${first} to ${duration(longest)}`;
  return [`${theme.second('retries')} ${spark(theme, shownTo, 'flight')}  ${shownTo.length}, ${range}`];
}
