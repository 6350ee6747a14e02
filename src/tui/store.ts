/**
 * What the player is looking at: a value, changed only by `update`. What happens in the world is the session's.
 */
import { produce } from 'immer';
import type { Line } from './lineEditor.ts';
import { EMPTY_LINE } from './lineEditor.ts';
import { type PaneId, panesOf } from './panesOf.ts';

/** What the player asks why about: a thing by its name or id (nothing: the last answer), or a Console entry. */
export type WhyAsked = { readonly about?: string } | { readonly entry: number };

/** Where the keys go when no popover is open. */
type Focus = 'prompt' | PaneId;

export type Popover =
  | { type: 'palette'; query: string; selected: number }
  | { type: 'help'; page: number; pages: number }
  | { type: 'kinds'; selected: number }
  | { type: 'form'; form: string; field: number; fields: Record<string, string>; problem: string }
  /** `fresh`: nothing was typed yet, so the first letter takes the place of the name. */
  | { type: 'save'; name: string; fresh: boolean; problem: string }
  | { type: 'open'; selected: number }
  | { type: 'settings'; selected: number }
  | { type: 'quit'; selected: number }
  | { type: 'comeBack'; selected: number }
  | { type: 'steps'; selected: number }
  /** `open`: how many questions of the paper have no answer; `counts`: whether they count as missed. */
  | { type: 'handIn'; selected: number; open: number; counts: boolean }
  | { type: 'why'; question: WhyAsked; selected: number; scroll: number }
  /** The score card of a design in the arena. */
  | { type: 'score'; scroll: number }
  | { type: 'text'; title: string; text: string; scroll: number };

export type FactsShown = 'all' | 'seen' | 'missed' | 'not seen';

/** Which row a pane's cursor is on, and what is searched in it. */
export interface PaneState {
  selected: number;
  /** Rows scrolled away from the pane's natural end. */
  scroll: number;
  find: string | undefined;
}

export interface UiState {
  screen: 'home' | 'world' | 'exam' | 'draw' | 'arena';
  /** `facts`: the facts of the study guide stand in the place of the lessons. */
  home: { cursor: number; unfolded: string[]; find: string | undefined; facts: boolean };
  /**
   * The practice exam: its desk, the paper, or what it came to; the row of a list one is on; and rows scrolled away
   * (undefined: as the cursor wants it).
   */
  exam: { page: 'desk' | 'paper' | 'result'; cursor: number; scroll: number | undefined };
  /** The drawing test: what is chosen, how many lines have arrived on the screen, rows scrolled (undefined: follow). */
  draw: {
    page: 'desk' | 'run';
    way: number;
    picture: number;
    seed: number;
    shown: number;
    playing: boolean;
    scroll: number | undefined;
  };
  /** The list of requirements: its row, and rows of the chosen one scrolled away. */
  arena: { cursor: number; scroll: number };
  focus: Focus;
  /** Panes in the order they were last looked at, newest first. */
  recent: PaneId[];
  full: PaneId | undefined;
  line: Line;
  history: string[];
  /** Whether the list of what may be typed next is open, and its row; `moved` once the player chose in it. */
  completion: { open: boolean; selected: number; moved: boolean };
  search: { query: string; at: number | undefined } | undefined;
  popover: Popover | undefined;
  /** A pane's text field is open for what to find. */
  finding: boolean;
  panes: Record<PaneId, PaneState>;
  /** Console entries shown in full, by id. */
  unfolded: number[];
  /** Which queue the Messages pane shows, and which resource is selected on the stage. */
  selected: string | undefined;
  /** The message whose path is drawn in accent, by its id. */
  followed: string | undefined;
  /** Rounds of the Story pane shown in full, by the number of their first event. */
  unfoldedRounds: number[];
  /** Forks side by side in the Timeline pane: the one that was marked, and the two that are compared. */
  comparing: { marked: number | undefined; pair: readonly [number, number] | undefined };
  /** The decision the Policy pane shows, by `decisionKey`, and whether it has the whole pane. */
  decision: { key: string | undefined; open: boolean };
  /** The key of the object that has the whole Object pane. */
  object: { open: string | undefined };
  /** The Metrics pane: the instant its cursor is on (undefined: the end), and its span's place among those there are. */
  metrics: { cursor: number | undefined; zoom: number | undefined };
  factsShown: FactsShown;
  /** The answer being chosen for a question, before it is given. */
  answer: { cursor: number; chosen: number[] };
  /** One sentence beside the prompt, until the next key. */
  notice: string | undefined;
}

const pane = (): PaneState => ({ selected: 0, scroll: 0, find: undefined });
/** Nobody has chosen a row: the pane does. */
export const NOT_CHOSEN = -1;

export const initialState = (): UiState => ({
  screen: 'home',
  home: { cursor: -1, unfolded: [], find: undefined, facts: false },
  exam: { page: 'desk', cursor: 0, scroll: 0 },
  draw: { page: 'desk', way: 1, picture: 0, seed: 5, shown: 0, playing: false, scroll: undefined },
  arena: { cursor: 0, scroll: 0 },
  focus: 'prompt',
  recent: ['stage'],
  full: undefined,
  line: EMPTY_LINE,
  history: [],
  completion: { open: false, selected: 0, moved: false },
  search: undefined,
  popover: undefined,
  finding: false,
  panes: {
    ...(Object.fromEntries(panesOf(true).map((id) => [id, pane()])) as Record<PaneId, PaneState>),
    buffer: { ...pane(), selected: NOT_CHOSEN },
  },
  unfolded: [],
  selected: undefined,
  followed: undefined,
  unfoldedRounds: [],
  comparing: { marked: undefined, pair: undefined },
  decision: { key: undefined, open: false },
  object: { open: undefined },
  metrics: { cursor: undefined, zoom: undefined },
  factsShown: 'all',
  answer: { cursor: 0, chosen: [] },
  notice: undefined,
});

export interface UiStore {
  get(): UiState;
  update(change: (draft: UiState) => void): void;
  subscribe(listener: () => void): () => void;
}

export function createStore(start: UiState = initialState()): UiStore {
  let state = start;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    update(change) {
      const next = produce(state, change);
      if (next === state) return;
      state = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
