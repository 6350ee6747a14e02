/** The first row: where one is, what time does, what it has cost. */
import type { Session } from '../../session/sessionTypes.ts';
import { headerInstant, headerInstantShort, money } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';
import { cut, spread, width } from '../paint/text.ts';
import type { Theme } from '../paint/theme.ts';

export interface HeaderModel {
  /** From the outermost in; the last part is where one is. */
  readonly crumbs: readonly string[];
  readonly session: Session | undefined;
  /** Instead of the clock: home's figures, painted. */
  readonly right?: string;
  /** The lesson is over: `✓ done` in place of the pace. */
  readonly done?: boolean;
  /** A question or a popover holds time. */
  readonly held?: boolean;
}

const logo = (theme: Theme): string => {
  const { marks } = theme;
  return theme.visible(marks.visible) + theme.flight(marks.inFlight) + theme.delayed(marks.delayed);
};

export function headerRow(theme: Theme, model: HeaderModel, columns: number): string {
  const { session } = model;
  const past = session?.timeline().past === true;
  const ground = past ? theme.on.past : theme.on.bar;
  const right = model.right ?? (session === undefined ? '' : clockPart(theme, session, columns, model));
  const room = columns - 6 - width(right);
  const left = ` ${logo(theme)} ${crumbPart(theme, model.crumbs, room)}`;
  return ground(spread(left, `${right} `, columns, theme.marks.more));
}

/** The outer parts give way before the last one is cut. */
function crumbPart(theme: Theme, crumbs: readonly string[], room: number): string {
  const { marks } = theme;
  const parts = crumbs.map((crumb) => plain(crumb, { ascii: marks.ascii }));
  const last = parts.at(-1) ?? '';
  let shown = parts.slice(0, -1);
  const joined = (): string =>
    [...shown.map((part) => theme.second(part)), theme.strong(last)].join(` ${theme.faint(marks.crumb)} `);
  while (shown.length > 0 && width(joined()) > room) shown = shown.slice(1);
  return cut(joined(), Math.max(8, room), marks.more);
}

function clockPart(theme: Theme, session: Session, columns: number, model: HeaderModel): string {
  const view = session.view();
  const { past } = session.timeline();
  const narrow = columns < 100;
  const still = session.paused || session.held || model.held === true;
  const at = theme.strong(narrow ? headerInstantShort(view.now) : headerInstant(view.now, still));
  if (past) {
    const word = theme.flight(theme.bold(`${theme.marks.left} PAST`));
    const rule = columns < 80 ? '' : narrow ? 'an act forks' : 'read-only: an act here forks';
    return [word, at, theme.second(rule)].filter((part) => part !== '').join(narrow ? '  ' : '   ');
  }
  const parts = [
    model.done === true ? theme.done(`${theme.marks.done} done`) : pace(theme, session, still),
    at,
  ];
  // Figures that are not today's are always named.
  if (session.settings.limits !== 'current' && columns >= 72)
    parts.push(theme.flight(limitsWord(session.settings.limits, columns)));
  if (columns >= 110)
    parts.push(theme.second(strayWord(session.settings)), theme.second(`seed ${session.settings.seed}`));
  if (columns >= 72 && view.usd !== undefined) parts.push(theme.second(money(view.usd)));
  return parts.join(narrow ? '  ' : '   ');
}

/** Dials of its own take the place of the named setting. */
const strayWord = ({ delivery, dials }: Session['settings']): string =>
  dials === undefined ? delivery : `asks ${dials.asked} of ${dials.hosts} hosts`;

const limitsWord = (limits: string, columns: number): string =>
  columns >= 110 ? `${limits} limits` : limits;

function pace(theme: Theme, session: Session, still: boolean): string {
  const { marks } = theme;
  if (still) return `${theme.flight(marks.paused)} ${theme.strong('paused')}`;
  const arrows = session.speed === 1 ? marks.right : marks.right.repeat(2);
  return `${theme.done(arrows)} ${theme.strong(`${marks.times}${speedText(session.speed)}`)}`;
}

const speedText = (speed: number): string => String(speed).replace(/\B(?=(\d{3})+$)/g, ',');
