/**
 * A world in the same process, for the tests of an app that talks to AWS: no server, no wall clock.
 *
 * Theory of operation. A call of a client is served at once and answered after its latency, in the world's time. Time
 * passes in small strides, one instant after the other, whenever a call waits and the test's own code rests: that is
 * when some turns of Node's event loop have gone by in which no client called. `until` and `never` let time pass in
 * the same strides, with a judge looking on.
 */
import { CATALOG } from '../catalog.ts';
import { parseCondition } from '../command/conditionWords.ts';
import { splitScript } from '../command/splitScript.ts';
import { transcript } from '../command/transcript.ts';
import { worldSettings } from '../contract/world.ts';
import { Door } from '../endpoint/door.ts';
import { after, type Milliseconds, milliseconds } from '../engine/units.ts';
import { createJudge, type Judge } from '../projection/condition.ts';
import { parseDuration } from '../projection/duration.ts';
import { storyText } from '../projection/storyText.ts';
import { createSession, type WorldSession } from '../session/session.ts';
import type {
  ClientSettings,
  Duration,
  MessageStory,
  Playground,
  PlaygroundHandler,
  PlaygroundOptions,
  Snapshot,
} from './publicTypes.ts';
import { requestHandler } from './requestHandler.ts';

const DEFAULT_SPAN = '5m';
/** Turns of the event loop without a call after which the test's own code is at rest. */
const QUIET_TURNS = 4;
/** Somebody reads files without end: that is no reason to stand still. */
const TURNS_MAX = 10_000;
/** Instants that pass before the event loop gets its turn, when nobody waits for an answer. */
const STRIDE = 1_000;

export function createPlayground(options: PlaygroundOptions = {}): Playground {
  return new InProcess(options);
}

class InProcess implements Playground {
  readonly client: ClientSettings;
  readonly requestHandler: PlaygroundHandler;
  readonly #options: PlaygroundOptions;
  #session: WorldSession;
  #door: Door;
  /** Calls and answers so far: whether it grows tells if the test is at rest. */
  #heard = 0;
  #driving = false;

  constructor(options: PlaygroundOptions) {
    this.#options = options;
    this.#session = this.#newSession();
    this.#door = this.#newDoor();
    this.requestHandler = requestHandler(
      () => this.#door,
      () => {
        this.#heard++;
        if (options.time !== 'manual') void this.#drive();
      },
    );
    const { account, region } = this.#session.settings;
    this.client = {
      region,
      endpoint: 'http://localhost:4566',
      credentials: { accessKeyId: account, secretAccessKey: 'playground' },
      forcePathStyle: true,
      maxAttempts: 1,
      requestHandler: this.requestHandler,
    };
  }

  get now(): number {
    return this.#session.now;
  }

  run(script: string): string {
    const session = this.#session;
    const told: string[] = [];
    for (const line of splitScript(script)) {
      const { id } = session.enter(line);
      session.drain();
      const result = session.entry(id)?.result;
      if (result === undefined) throw new Error(`${line}\nwaits for what cannot come`);
      told.push(transcript(result));
      if (result.error !== undefined && !result.tolerated) throw new Error(transcript(result).trimEnd());
    }
    return told.join('');
  }

  async advance(duration: Duration): Promise<void> {
    const end = after(this.#session.now, span(duration));
    const session = this.#session;
    await this.#quiet();
    while (this.#session === session && session.now < end) await this.#stride(end);
  }

  async until(
    condition: string | object,
    { within = DEFAULT_SPAN }: { readonly within?: Duration } = {},
  ): Promise<void> {
    const judge = await this.#judged(condition, span(within));
    if (judge.isMet) return;
    const { unmet } = judge.verdict();
    const missing = unmet.map(({ text }) => text).join('; ');
    throw new Error(
      `${worded(condition)}: not met within ${within} of the world's time; still to come: ${missing}`,
    );
  }

  async never(
    condition: string | object,
    { for: duration = DEFAULT_SPAN }: { readonly for?: Duration } = {},
  ): Promise<void> {
    const { isMet } = await this.#judged(condition, span(duration));
    if (isMet) throw new Error(`${worded(condition)}: met at ${this.#session.now} ms of the world's time`);
  }

  story(messageId: string): MessageStory | undefined {
    const { insight } = this.#session;
    const found = insight.findMessage(messageId);
    const story = found.ok ? insight.story(found.messageId) : undefined;
    if (story === undefined) return undefined;
    return {
      messageId: story.messageId,
      moments: story.items.map(({ at, type, by, lane, words, after: state }) => ({
        at,
        type,
        by,
        where: story.lanes[lane]!.id,
        words,
        state,
      })),
      summary: story.summary,
      text: storyText(story),
    };
  }

  snapshot(): Snapshot {
    const { now, resources, usd, requests } = this.#session.view();
    return {
      now,
      time: new Date(this.#session.settings.epoch + now).toISOString(),
      resources: resources.map(({ id, kind, name, fields }) => ({ id, kind, name, fields })),
      usd,
      requests,
    };
  }

  reset(): void {
    const before = this.#session;
    this.#session = this.#newSession();
    this.#door = this.#newDoor();
    before.pause();
  }

  #newSession(): WorldSession {
    const { time: _time, instant = true, epoch, ...given } = this.#options;
    const settings = worldSettings({
      ...given,
      ...(instant && { instant: true as const }),
      ...(epoch !== undefined && { epoch: epoch.getTime() }),
    });
    const session = createSession({ catalog: CATALOG, settings, name: 'library' });
    session.resume();
    return session;
  }

  #newDoor(): Door {
    let requests = 0;
    return new Door({
      session: () => this.#session,
      catalog: CATALOG,
      newRequestId: () => `00000000-0000-4000-8000-${String(++requests).padStart(12, '0')}`,
      account: this.#session.settings.account,
      catchUp: () => {},
      takesTime: true,
    });
  }

  /** Lets time pass while calls wait. */
  async #drive(): Promise<void> {
    if (this.#driving) return;
    this.#driving = true;
    try {
      await this.#quiet();
      while (this.#session.clients.clientsWaiting > 0) {
        const due = this.#session.nextDue();
        if (due === undefined) break;
        await this.#stride(due);
      }
    } finally {
      this.#driving = false;
    }
  }

  /** Up to `end`, or to where an answer reaches a client; then the test's own code goes on until it rests. */
  async #stride(end: number): Promise<void> {
    const session = this.#session;
    const heard = this.#heard;
    for (
      let count = 0;
      count < STRIDE && session.now < end && this.#heard === heard && !session.held;
      count++
    ) {
      const due = Math.min(session.nextDue() ?? end, end);
      session.skip(milliseconds(due - session.now));
    }
    await this.#quiet();
  }

  /** Some turns in which nobody calls, nothing is answered, and no file is being read. */
  async #quiet(): Promise<void> {
    let heard = this.#heard;
    for (let turn = 0, turns = 0; turn < QUIET_TURNS && turns < TURNS_MAX; turn++, turns++) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (this.#heard === heard && !isReading()) continue;
      heard = this.#heard;
      turn = -1;
    }
  }

  async #judged(condition: string | object, within: Milliseconds): Promise<Watch> {
    await this.#quiet();
    const session = this.#session;
    const watch = new Watch(session, parseCondition(condition));
    try {
      const end = after(session.now, within);
      while (!watch.isMet && this.#session === session && session.now < end) await this.#stride(end);
    } finally {
      watch.end();
    }
    return watch;
  }
}

/** Stops time at the instant at which a condition is met. */
class Watch {
  isMet: boolean;
  readonly #session: WorldSession;
  readonly #judge: Judge;
  readonly #unwatch: () => void;

  constructor(session: WorldSession, condition: ReturnType<typeof parseCondition>) {
    this.#session = session;
    this.#judge = createJudge(condition, { at: session.now });
    this.isMet = this.#judge.met(() => session.view());
    this.#unwatch = session.watch({
      observe: (events, world) => {
        if (this.isMet) return 'hold';
        for (const event of events) this.#judge.observe(event);
        this.isMet = this.#judge.met(world);
        return this.isMet ? 'hold' : undefined;
      },
      wakeAt: (now) => this.#judge.needsTimeAt(now),
    });
  }

  verdict(): ReturnType<Judge['judge']> {
    return this.#judge.judge(() => this.#session.view());
  }

  end(): void {
    this.#unwatch();
    this.#session.release();
  }
}

/** The SDK reads its settings from files before its first call. */
const isReading = (): boolean => process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq'));

function span(duration: Duration): Milliseconds {
  const read = typeof duration === 'number' ? duration : parseDuration(duration);
  if (read === undefined || !Number.isFinite(read) || read < 0)
    throw new Error(`${duration} is not a duration; write milliseconds, or 500ms, 30s, 5m, 2h, 4d`);
  return milliseconds(Math.round(read));
}

const worded = (condition: string | object): string =>
  typeof condition === 'string' ? condition : JSON.stringify(condition);
