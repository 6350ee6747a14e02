/** The chart of a story: one lane a resource, running down; the line of a lane says the state of what is in it. */
import type { Story, StoryItem, StoryState } from '../../projection/storyTypes.ts';
import { ENDED } from '../../projection/storyTypes.ts';
import { plain } from '../paint/plain.ts';
import { cut, padEnd, width } from '../paint/text.ts';
import type { Role, Theme } from '../paint/theme.ts';

export interface LaneShape {
  /** Cells of one lane. */
  readonly each: number;
  /** Lanes drawn; what is further right has words only. */
  readonly count: number;
}

const LANE_MAX = 16;
const LANE_MIN = 5;

/** As wide as the names want and the words leave. */
export function lanesOf(theme: Theme, story: Story, columns: number, wordsLeast: number): LaneShape {
  const names = story.lanes.map(({ name }) => width(plain(name, { ascii: theme.marks.ascii })) + 2);
  const wanted = Math.min(LANE_MAX, Math.max(LANE_MIN, ...names));
  const room = Math.max(LANE_MIN, columns - wordsLeast);
  const count = Math.max(1, Math.min(story.lanes.length, Math.floor(room / LANE_MIN)));
  return { each: Math.max(LANE_MIN, Math.min(wanted, Math.floor(room / count))), count };
}

const axisOf = (shape: LaneShape, lane: number): number =>
  lane * shape.each + Math.floor((shape.each - 1) / 2);

/** The lanes' titles and names, each centred on its line. */
export function laneHeads(theme: Theme, story: Story, shape: LaneShape): readonly [string, string] {
  const centred = (text: string, paint: (text: string) => string): string => {
    const cells = shape.each;
    const shown = cut(plain(text, { ascii: theme.marks.ascii, limit: 60 }), cells - 1, theme.marks.more);
    const before = Math.max(0, Math.floor((cells - 1 - width(shown)) / 2));
    return padEnd(' '.repeat(before) + paint(shown), cells);
  };
  const lanes = story.lanes.slice(0, shape.count);
  return [
    lanes.map(({ title }) => centred(title, theme.second)).join(''),
    lanes.map(({ name }) => centred(name, theme.strong)).join(''),
  ];
}

interface InLane {
  readonly lane: number;
  readonly state: StoryState;
  readonly dead: boolean;
}

export const roleOfState = (state: StoryState | undefined, dead: boolean): Role => {
  if (state === 'inFlight') return 'flight';
  if (state === 'delayed') return 'delayed';
  if (state === 'deleted') return 'done';
  if (state === 'visible') return dead ? 'bad' : 'visible';
  return state === undefined || state === 'moved' || state === 'passed' ? 'second' : 'bad';
};

/** A mark of the legend, and its colour. */
function markOf(theme: Theme, item: StoryItem): string {
  const { marks } = theme;
  const turned = item.after !== item.before;
  if (item.type === 'app/Crashed') return theme.bad(marks.dead);
  if (item.tone === 'quiet') return theme.second(marks.open);
  if (item.type === 'app/EffectRepeated') return theme.flight(marks.slow);
  if (item.to !== undefined && item.dead === true) return theme.bad(marks.dead);
  if (item.after === undefined || !(turned || item.after === 'inFlight')) return theme.second(marks.open);
  const role = theme[roleOfState(item.after, item.dead === true)];
  if (item.after === 'deleted') return role(marks.done);
  if (item.after === 'moved' || item.after === 'passed') return theme.accent(marks.right);
  if (item.after === 'expired' || item.after === 'gone' || item.after === 'lost') return role(marks.dead);
  return role(marks[item.after]);
}

/** Draws row after row from the top: it remembers what is in each lane. */
export class StoryChart {
  readonly #theme: Theme;
  readonly #shape: LaneShape;
  readonly #inLanes = new Map<string, InLane>();

  constructor(theme: Theme, shape: LaneShape) {
    this.#theme = theme;
    this.#shape = shape;
  }

  /** The cells of a row on which something happens; the lanes below it are as it left them. */
  item(item: StoryItem): string {
    const cells = this.#lines();
    const mark = markOf(this.#theme, item);
    this.#note(item);
    const isDrawn = item.lane < this.#shape.count;
    if (item.to !== undefined && isDrawn && item.to < this.#shape.count) this.#arrow(cells, item);
    if (isDrawn) cells[axisOf(this.#shape, item.lane)] = item.type.endsWith('Sent') ? this.#sender() : mark;
    return cells.join('');
  }

  /** A row between two. */
  between(dotted = false): string {
    return this.#lines(dotted).join('');
  }

  #sender(): string {
    return this.#theme.second(this.#theme.marks.open);
  }

  #note({ messageId, after, lane, to, dead }: StoryItem): void {
    if (after === undefined) return;
    if (ENDED.has(after)) this.#inLanes.delete(messageId);
    else {
      const before = this.#inLanes.get(messageId)?.lane;
      const stays = before ?? lane;
      this.#inLanes.set(messageId, { lane: to ?? stays, state: after, dead: dead === true });
    }
  }

  #lines(dotted = false): string[] {
    const { each, count } = this.#shape;
    const cells = new Array<string>(each * count).fill(' ');
    for (let lane = 0; lane < count; lane++) {
      cells[axisOf(this.#shape, lane)] = this.#line(lane, dotted);
    }
    return cells;
  }

  /** Thick: in someone's hands; thin: waiting; dotted: nothing, or not here yet. */
  #line(lane: number, dotted: boolean): string {
    const { marks, ...theme } = this.#theme;
    const here = [...this.#inLanes.values()].filter((copy) => copy.lane === lane);
    const top =
      here.find(({ state }) => state === 'inFlight') ??
      here.find(({ state }) => state === 'visible') ??
      here[0];
    if (top === undefined) return theme.faint(marks.lifeline);
    const line = { inFlight: marks.limit, delayed: marks.cursorLine }[top.state as 'inFlight' | 'delayed'];
    return theme[roleOfState(top.state, top.dead)](dotted ? marks.cursorLine : (line ?? marks.column));
  }

  #arrow(cells: string[], { lane, to = lane, after, dead }: StoryItem): void {
    const { marks } = this.#theme;
    const paint = this.#theme[dead === true ? 'bad' : roleOfState(after, false)];
    const from = axisOf(this.#shape, lane);
    const end = axisOf(this.#shape, to);
    const step = end > from ? 1 : -1;
    for (let at = from + step; at !== end; at += step) {
      const crosses = at % this.#shape.each === axisOf(this.#shape, 0);
      cells[at] = paint(crosses ? marks.cross : marks.line);
    }
    cells[end - step] = paint(step > 0 ? marks.right : marks.left);
    cells[end] = this.#arrived(after, dead === true);
  }

  #arrived(after: StoryState | undefined, dead: boolean): string {
    const { marks } = this.#theme;
    const state = after === 'delayed' ? 'delayed' : 'visible';
    return this.#theme[roleOfState(state, dead)](marks[state]);
  }
}
