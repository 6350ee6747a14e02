/** The panes of a world's screen: their order, their keys and their names. */
export type PaneId =
  | 'lesson'
  | 'stage'
  | 'messages'
  | 'events'
  | 'resources'
  | 'timeline'
  | 'console'
  | 'story'
  | 'metrics'
  | 'costs'
  | 'policy'
  | 'facts'
  | 'subscriptions'
  | 'shards'
  | 'buffer'
  | 'broker'
  | 'object';

export const PANE_TITLES: Readonly<Record<PaneId, string>> = {
  lesson: 'Lesson',
  stage: 'Stage',
  messages: 'Messages',
  events: 'Events',
  resources: 'Resources',
  timeline: 'Timeline',
  console: 'Console',
  story: 'Story',
  metrics: 'Metrics',
  costs: 'Costs',
  policy: 'Policy',
  facts: 'Facts',
  subscriptions: 'Subscriptions',
  shards: 'Shards',
  buffer: 'Buffer',
  broker: 'Broker',
  object: 'Object',
};

/** The column at the left is a lesson's, or in the arena the requirement's. */
export const paneTitle = (pane: PaneId, inArena: boolean): string =>
  pane === 'lesson' && inArena ? 'Requirement' : PANE_TITLES[pane];

/** Each answers one question when it is asked: a letter opens it over the whole body. */
export const ASKED_PANES = [
  'story',
  'metrics',
  'costs',
  'policy',
  'facts',
  'subscriptions',
  'shards',
  'buffer',
  'broker',
  'object',
] as const;

export type AskedPane = (typeof ASKED_PANES)[number];

/** Panes of one kind of resource: they have a tab where there is such a one. */
const KINDS = {
  subscriptions: 'topic',
  shards: 'stream',
  buffer: 'delivery',
  broker: 'broker',
  object: 'bucket',
} as const satisfies Partial<Record<AskedPane, string>>;

/** The letter that opens a pane from any other that does not use the letter itself. */
export const PANE_LETTERS: Readonly<Record<AskedPane, string>> = {
  story: 'm',
  metrics: 'g',
  costs: 'c',
  policy: 'd',
  facts: 'F',
  subscriptions: 'S',
  shards: 'K',
  buffer: 'B',
  broker: 'M',
  object: 'O',
};

const SANDBOX_PANES: readonly PaneId[] = [
  'stage',
  'messages',
  'events',
  'resources',
  'timeline',
  'console',
  ...ASKED_PANES,
];
const LESSON_PANES: readonly PaneId[] = ['lesson', ...SANDBOX_PANES];

/** In the order of their keys: the first nine have a digit. */
export const panesOf = (lesson: boolean): readonly PaneId[] => (lesson ? LESSON_PANES : SANDBOX_PANES);

const isAsked = (pane: PaneId): pane is AskedPane => (ASKED_PANES as readonly PaneId[]).includes(pane);

/** The key that jumps to a pane: its digit, or its letter from the tenth on. */
export function paneKey(pane: PaneId, lesson: boolean): string {
  const digit = panesOf(lesson).indexOf(pane) + 1;
  return digit > 9 && isAsked(pane) ? PANE_LETTERS[pane] : String(digit);
}

/** The kind of resource a pane shows; undefined: it shows any. */
export const kindOfPane = (pane: PaneId): string | undefined =>
  (KINDS as Readonly<Partial<Record<PaneId, string>>>)[pane];

/** A track about one service shows its inside. */
const OF_TRACK: Readonly<Partial<Record<string, keyof typeof KINDS>>> = {
  kinesis: 'shards',
  firehose: 'buffer',
  mq: 'broker',
};
const INSIDES = ['shards', 'buffer', 'broker', 'subscriptions'] as const;

/**
 * The pane in the middle until the player has chosen one: the inside of what the lesson's track is about, else messages
 * where a queue has them, else the inside of what there is. `kinds`: of the resources in the world.
 */
export function usualPane(kinds: ReadonlySet<string>, track: string | undefined): PaneId {
  const own = OF_TRACK[track ?? ''];
  if (own !== undefined && kinds.has(KINDS[own])) return own;
  if (kinds.has('queue')) return 'messages';
  return INSIDES.find((pane) => kinds.has(KINDS[pane])) ?? 'messages';
}

/** What a pane has to show, as far as its tab needs to know. */
export interface TabNeeds {
  /** Looked at, newest first. */
  readonly recent: readonly PaneId[];
  readonly followsMessage: boolean;
  /** Kinds of resources in the world. */
  readonly kinds: ReadonlySet<string>;
  readonly hasDecisions: boolean;
}

/** Tabs of the asked panes that were visited this lately stay in the row. */
const VISITED = 4;

/** Of these panes the ones that have a tab now: those with something to show, and those lately visited. */
export function tabsWorth(panes: readonly PaneId[], needs: TabNeeds): readonly PaneId[] {
  const visited = needs.recent.slice(0, VISITED);
  const filled: Readonly<Record<AskedPane, boolean>> = {
    story: needs.followsMessage,
    metrics: needs.kinds.size > 0,
    costs: needs.kinds.size > 0,
    policy: needs.hasDecisions,
    facts: false,
    subscriptions: needs.kinds.has(KINDS.subscriptions),
    shards: needs.kinds.has(KINDS.shards),
    buffer: needs.kinds.has(KINDS.buffer),
    broker: needs.kinds.has(KINDS.broker),
    object: needs.kinds.has(KINDS.object),
  };
  return panes.filter((pane) => !isAsked(pane) || filled[pane] || visited.includes(pane));
}
