/**
 * The story of a message, told from the events of a world in their order. One thread follows a message and all that
 * became of it: a move makes it go on under a new id (`newMessageId`), and an event may name the message it came from
 * (`causedBy`) or what it became (`became`, as a publish becomes a queue's message), so that a story goes on across
 * services.
 */
import type { ResourceView } from '../contract/view.ts';
import type { Instant } from '../engine/units.ts';
import type { EventView } from './snapshot.ts';
import { heirOf, idOfEvent, recordsBehind, recordsIn } from './storyLinks.ts';
import { nextOf } from './storyNext.ts';
import { summaryOf } from './storySummary.ts';
import { numberOf, type Told, textOf } from './storyTelling.ts';
import { ENDED, type Story, type StoryCopy, type StoryItem, type StoryLane } from './storyTypes.ts';
import { tellEvent } from './storyWords.ts';

type Copy = { -readonly [Key in keyof StoryCopy]: StoryCopy[Key] } & {
  receivers: string[];
  crashed: boolean;
  timeoutMs: number | undefined;
};

/** A story names so many copies; further ones of a wide fan-out are left out. */
const COPIES_MAX = 40;

export class StoryThread {
  /** Every id the story is about. */
  readonly ids: Set<string>;
  /** Ids that turned up as the origin of another: what happened to them before is not told yet. */
  readonly origins = new Set<string>();
  readonly items: StoryItem[] = [];
  /** The events that were told, for telling them again. */
  readonly events: EventView[] = [];
  readonly lanes: StoryLane[] = [];
  readonly copies = new Map<string, Copy>();
  readonly spent = { visible: 0, hidden: 0, delayed: 0, dead: 0 };
  /** Records of streams among them, and the shard of each. */
  readonly #shards = new Map<string, number>();
  /** Those that a group of workers noted as done: `APP/SEQUENCENUMBER`. */
  readonly #noted = new Set<string>();
  readonly #resources: readonly ResourceView[];

  constructor(ids: Iterable<string>, resources: readonly ResourceView[]) {
    this.ids = new Set(ids);
    this.#resources = resources;
  }

  /** Nothing more can happen to any copy. */
  get over(): boolean {
    return this.copies.size > 0 && [...this.copies.values()].every(({ state }) => ENDED.has(state));
  }

  /** Tells an event if it is about this message; false: it is not. */
  take(event: EventView): boolean {
    const targets = this.#targetsOf(event);
    if (targets.length === 0) return false;
    this.events.push(event);
    for (const id of targets) this.#tell(event, id);
    return true;
  }

  #targetsOf(event: EventView): readonly string[] {
    const { fields, type } = event;
    if (type === 'sqs/QueuePurged' || type === 'sqs/QueueDeleted') {
      const place = `queue/${textOf(fields, 'queue')}`;
      return this.#living(({ lane }) => this.lanes[lane]!.id === place);
    }
    const records = [...recordsIn(event, this.#shards), ...recordsBehind(event, this.#shards, this.#noted)];
    if (records.length > 0) return records;
    const id = idOfEvent(event);
    if (type === 'app/Crashed' && !this.ids.has(id)) {
      const worker = textOf(fields, 'worker') || event.by;
      return this.#living(({ holder, state }) => state === 'inFlight' && holder === worker);
    }
    if (id === '' || this.ids.size >= COPIES_MAX) return this.ids.has(id) ? [id] : [];
    const cause = textOf(fields, 'causedBy');
    const heir = heirOf(event);
    if (this.ids.has(id)) {
      if (cause !== '') this.#isOrigin(cause);
      // What it became was told of before: that is looked for again.
      if (type !== 'sqs/MessageMoved' && heir !== '') this.#isOrigin(heir);
      if (type === 'kinesis/RecordPut') this.#shards.set(id, numberOf(fields, 'shard'));
      return [id];
    }
    if (this.ids.has(heir)) {
      this.#isOrigin(id);
      return [id];
    }
    if (!this.ids.has(cause)) return [];
    this.ids.add(id);
    return [id];
  }

  #isOrigin(id: string): void {
    if (this.ids.has(id)) return;
    this.ids.add(id);
    this.origins.add(id);
  }

  #living(which: (copy: Copy) => boolean): string[] {
    return [...this.copies.values()]
      .filter((copy) => !ENDED.has(copy.state) && which(copy))
      .map(({ messageId }) => messageId);
  }

  #tell(event: EventView, messageId: string): void {
    const known = this.copies.get(messageId);
    const told = tellEvent(event, {
      state: known?.state,
      holder: known?.holder,
      crashed: known?.crashed ?? false,
      timeoutMs: known?.timeoutMs,
    });
    const lane = this.#laneOf(told, known);
    const before = known?.state;
    const copy = known ?? this.#begin(event, messageId, lane);
    this.#change(copy, event, told);
    // What a timeout of zero does is told by the event that follows.
    if (event.type === 'sqs/VisibilityChanged' && numberOf(event.fields, 'timeoutMs') === 0) return;
    const from = told.from === undefined ? lane : this.#lane(`by/${told.from}`);
    const to = told.to === undefined ? undefined : this.#lane(told.to);
    this.items.push({
      sequence: event.sequence,
      at: event.at,
      type: event.type,
      by: event.by,
      messageId,
      lane: from,
      ...(to !== undefined && to !== from && { to }),
      before,
      after: told.after ?? before,
      ...(copy.dead && { dead: true }),
      ...(told.tone && { tone: told.tone }),
      words: told.words,
      ...(told.detail !== undefined && told.detail !== '' && { detail: told.detail }),
    });
    if (event.type === 'sqs/MessageMoved') this.#moved(event, told, copy);
  }

  /** Actors first, as they come before what they send to. */
  #laneOf(told: Told, known: Copy | undefined): number {
    if (told.from !== undefined) this.#lane(`by/${told.from}`);
    if (told.place !== undefined) return this.#lane(told.place);
    return known?.lane ?? this.#lane('by/world');
  }

  #lane(id: string): number {
    const at = this.lanes.findIndex((lane) => lane.id === id);
    if (at >= 0) return at;
    const name = id.slice(id.indexOf('/') + 1);
    const resource = this.#resources.find((one) => one.id === (id.startsWith('by/') ? `app/${name}` : id));
    const title = resource?.title ?? TITLES[id.slice(0, id.indexOf('/'))] ?? '';
    return this.lanes.push({ id, title, name }) - 1;
  }

  #begin(event: EventView, messageId: string, lane: number): Copy {
    const isFirst = /\/(?:MessageSent|MessagePublished|RecordPut|ObjectCreated)$/.test(event.type);
    const group = textOf(event.fields, 'group');
    const copy: Copy = {
      messageId,
      body: textOf(event.fields, 'body'),
      group: group === '' ? undefined : group,
      lane,
      state: 'visible',
      dead: false,
      since: event.at,
      sent: isFirst ? event.at : undefined,
      due: undefined,
      receiveCount: 0,
      holder: undefined,
      receivers: [],
      crashed: false,
      timeoutMs: undefined,
    };
    this.copies.set(messageId, copy);
    return copy;
  }

  #change(copy: Copy, event: EventView, told: Told): void {
    const { fields, at } = event;
    if (told.after !== undefined && !ENDED.has(copy.state)) this.#spend(copy, at);
    if (event.type === 'sqs/MessageReceived') {
      copy.holder = event.by;
      copy.crashed = false;
      copy.receivers.push(event.by);
    }
    if (typeof fields.receiveCount === 'number') copy.receiveCount = fields.receiveCount;
    if (event.type === 'app/Crashed') copy.crashed = true;
    const wait = typeof fields.timeoutMs === 'number' ? fields.timeoutMs : fields.delayMs;
    if (typeof wait === 'number') copy.timeoutMs = wait;
    if (told.after !== undefined) {
      copy.state = told.after;
      copy.since = at;
      const waits = (copy.state === 'inFlight' || copy.state === 'delayed') && typeof wait === 'number';
      copy.due = waits ? ((at + wait) as Instant) : undefined;
    }
    if (told.dead !== true) return;
    copy.dead = true;
    if (told.to !== undefined) copy.lane = this.#lane(told.to);
    // A FIFO dead-letter queue counts its retention anew.
    if (textOf(fields, 'to').endsWith('.fifo')) copy.sent = at;
  }

  #moved(event: EventView, told: Told, from: Copy): void {
    const messageId = textOf(event.fields, 'newMessageId');
    this.ids.add(messageId);
    const copy = this.#begin(event, messageId, this.#lane(told.to ?? ''));
    copy.body = from.body;
    copy.sent = event.at;
  }

  #spend(copy: Copy, until: Instant): void {
    const passed = until - copy.since;
    if (copy.state === 'delayed') this.spent.delayed += passed;
    else if (copy.state === 'inFlight') this.spent.hidden += passed;
    else if (copy.dead) this.spent.dead += passed;
    else this.spent.visible += passed;
  }

  /** What the living copies spent up to now. */
  spendUntil(now: Instant): void {
    for (const copy of this.copies.values()) if (!ENDED.has(copy.state)) this.#spend(copy, now);
  }
}

const TITLES: Readonly<Record<string, string>> = {
  queue: 'SQS',
  topic: 'SNS',
  stream: 'Kinesis',
  delivery: 'Firehose',
  broker: 'MQ',
  bucket: 'S3',
  function: 'Lambda',
  by: '',
};

export interface StoryGround {
  readonly messageId: string;
  readonly ids: Iterable<string>;
  /** All events about it, in order, as far as they are known on this branch. */
  readonly events: readonly EventView[];
  readonly now: Instant;
  /** How many events had happened now: later ones are told apart. */
  readonly eventCount: number;
  readonly missing: string | undefined;
  readonly resources: readonly ResourceView[];
}

export function tellStory(ground: StoryGround): Story {
  const { messageId, now, missing, resources } = ground;
  const all = new StoryThread(ground.ids, resources);
  for (const event of ground.events) all.take(event);
  const past = ground.events.filter(({ sequence }) => sequence < ground.eventCount);
  const thread = past.length === ground.events.length ? all : new StoryThread(ground.ids, resources);
  if (thread !== all) {
    thread.lanes.push(...all.lanes);
    for (const event of past) thread.take(event);
  }
  thread.spendUntil(now);
  const copies = [...thread.copies.values()].map(
    ({ crashed: _crashed, timeoutMs: _timeout, ...copy }): StoryCopy => copy,
  );
  const told = { lanes: thread.lanes, items: thread.items, copies, now };
  return {
    messageId,
    missing,
    ...told,
    later: all.items.filter(({ sequence }) => sequence >= ground.eventCount),
    next: nextOf(told, resources),
    spent: thread.spent,
    summary: summaryOf(told),
  };
}
