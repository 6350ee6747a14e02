/** A pair of ActiveMQ: two zones as boxes, who serves and who waits, and the journal that both have mounted. */
import { count, instantShort, size } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { padEnd, width } from '../paint/text.ts';
import type { Role, Theme } from '../paint/theme.ts';
import type { BrokerFields, BrokerNodeFields } from './brokerFields.ts';

/** From this width on the zones stand side by side. */
export const ZONES_FROM = 58;
const ZONE_MAX = 44;

export function zoneRows(theme: Theme, fields: BrokerFields, columns: number): string[] {
  const wide = Math.min(ZONE_MAX, Math.floor((columns - 2) / 2));
  const boxes = fields.nodes.map((node) => zoneBox(theme, fields, node, wide));
  const rows = boxes[0]!.map((_, at) => boxes.map((box) => box[at]!).join('  '));
  return [...rows, ...journalBox(theme, fields, wide)];
}

function zoneBox(theme: Theme, fields: BrokerFields, node: BrokerNodeFields, wide: number): string[] {
  const { active, takeover, connections } = fields;
  const { number, zone, up, since } = node;
  const { marks } = theme;
  const takes = takeover?.done === false && takeover.to === number;
  const serves = active === number;
  const role: Role = !up ? 'bad' : serves ? 'done' : takes ? 'flight' : 'faint';
  const mark = !up
    ? theme.bad(marks.dead)
    : serves
      ? theme.done(marks.working)
      : takes
        ? theme.flight(marks.slow)
        : theme.second(marks.idle);
  const state = !up
    ? theme.bad(takeover?.from === number ? 'was active' : 'down')
    : serves
      ? theme.done('active: has the lock')
      : takes
        ? theme.flight('becomes active')
        : theme.second('standby: waits for it');
  const clients = `${count(connections)} ${connections === 1 ? 'client' : 'clients'}`;
  const more = !up
    ? `down since ${instantShort(since)}`
    : serves
      ? clients
      : takes
        ? `since ${instantShort(takeover.began)}`
        : 'takes no clients';
  const name = plain(zone, { ascii: marks.ascii, limit: 24 });
  const lines = [`${mark} ${theme.strong(`node ${number}`)}  ${state}`, `  ${theme.second(more)}`];
  return framed(theme, role, `zone ${name}`, lines, wide, serves || takes);
}

/** Under both zones, hanging from the one that has it. */
function journalBox(
  theme: Theme,
  { journal, nodes, active, takeover }: BrokerFields,
  wide: number,
): string[] {
  if (journal === undefined) return [];
  const { marks } = theme;
  const holder = active === 0 ? (takeover?.done === false ? takeover.to : 0) : (active ?? 0);
  const at = nodes.findIndex(({ number }) => number === holder);
  const whole = wide * 2 + 2;
  const stem = Math.floor(wide / 2) + (at === 1 ? wide + 2 : 0);
  const line =
    at < 0
      ? theme.bad(`${' '.repeat(Math.floor(whole / 2))}${marks.refused}`)
      : `${' '.repeat(stem)}${theme.faint(marks.down)}`;
  const held = [
    theme.visible(`${marks.visible} ${count(journal.messages)} on disk`),
    theme.flight(`${marks.inFlight} ${count(journal.unacknowledged)} unacknowledged`),
    theme.second(size(journal.bytes)),
  ].join('   ');
  return [line, ...framed(theme, 'faint', 'EFS: the journal, mounted in both zones', [held], whole, false)];
}

/** `stem`: something hangs from its bottom. */
function framed(
  theme: Theme,
  role: Role,
  title: string,
  lines: readonly string[],
  wide: number,
  stem: boolean,
): string[] {
  const { marks } = theme;
  const border = theme[role];
  const word = padEnd(title, Math.min(width(title), wide - 6));
  const rest = wide - 4 - width(word);
  const middle = Math.floor(wide / 2);
  const bottom = stem
    ? marks.line.repeat(middle - 1) + marks.teeDown + marks.line.repeat(wide - 2 - middle)
    : marks.line.repeat(wide - 2);
  return [
    `${border(`${marks.topLeft}${marks.line}`)} ${theme.second(word)} ${border(marks.line.repeat(rest - 1) + marks.topRight)}`,
    ...lines.map((line) => `${border(marks.column)} ${padEnd(line, wide - 4)} ${border(marks.column)}`),
    border(marks.bottomLeft + bottom + marks.bottomRight),
  ];
}
