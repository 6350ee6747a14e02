/**
 * What can be asked of a world beside its views: why something was decided, what became of a message, what it cost,
 * how two forks differ. Each answer is made when somebody asks, from the world as it is or by walking again through
 * its past.
 */
import type { Authorization } from '../contract/guard.ts';
import type { ShardsView } from '../contract/shards.ts';
import type { ObjectRow, ObjectView, ResourceId } from '../contract/view.ts';
import type { AwsWorldSettings } from '../contract/world.ts';
import type { Timeline } from '../engine/timeline.ts';
import { type Instant, instant } from '../engine/units.ts';
import { exportWorld, type Format } from '../export/index.ts';
import {
  type CostView,
  costOfMonth,
  costSoFar,
  type PriceList,
  workDone,
  workDoneBy,
} from '../projection/cost.ts';
import { type DecisionView, publishDecisions } from '../projection/decision.ts';
import { type MetricsAsked, type MetricsView, publishMetrics } from '../projection/metrics.ts';
import {
  type Catalog,
  publishObject,
  publishObjects,
  publishShards,
  publishWorld,
} from '../projection/publish.ts';
import type { Story } from '../projection/storyTypes.ts';
import { askingCopy } from './asking.ts';
import type { ClientsAtDoor } from './clientTypes.ts';
import { type BranchName, compareBranches, type FoundComparison } from './comparison.ts';
import type { ForeignPast } from './foreignPast.ts';
import { type FoundId, Stories } from './story.ts';
import { type FoundWhy, Reasons } from './why.ts';

/** What an answer is made from. */
export interface Ground {
  readonly world: Timeline;
  readonly catalog: Catalog;
  readonly settings: AwsWorldSettings;
  readonly explain: Authorization['explain'];
  /** A past that another version made: it cannot be walked through again. */
  readonly foreignPast?: ForeignPast | undefined;
  /** The program's own list if left out. */
  readonly prices?: PriceList | undefined;
  /** Real clients whose calls wait or are held. */
  readonly clients?: Pick<ClientsAtDoor, 'waiting' | 'held'> | undefined;
}

export class Insight {
  readonly #ground: Ground;
  readonly #stories: Stories;
  readonly #reasons: Reasons;

  constructor(
    world: Timeline,
    {
      catalog,
      settings,
      foreignPast,
      prices,
      clients,
    }: Pick<Ground, 'catalog' | 'settings' | 'foreignPast' | 'prices' | 'clients'>,
    explain: Ground['explain'],
  ) {
    this.#ground = { world, catalog, settings, explain, foreignPast, prices, clients };
    this.#stories = new Stories(this.#ground);
    this.#reasons = new Reasons(this.#ground);
  }

  /** What policies decided lately, newest first: of a refusal as it was, of a call let in as it is now. */
  decisions(limit: number): readonly DecisionView[] {
    const { world, explain } = this.#ground;
    return publishDecisions(world.simulation, explain, limit);
  }

  /**
   * Why: about the last answer worth a question (nothing, or `last`), a resource (`queue/orders`), or a message (the
   * beginning of its id).
   */
  why(about?: string): FoundWhy {
    return this.#reasons.about(about);
  }

  /** Why an answer was what it was: the number of its `api/Answered`. */
  whyAnswer(sequence: number): FoundWhy {
    return this.#reasons.ofAnswer(sequence);
  }

  /** Why a line of the Console was answered so; `before`: like lines entered at the same instant before it. */
  whyLine(line: string, at: Instant, before: number): FoundWhy {
    return this.#reasons.ofLine(line, at, before);
  }

  /** What it costs so far, before the free tier, and what the same work would have cost done differently. */
  cost(): CostView {
    const { world, catalog, prices } = this.#ground;
    return costSoFar(workDone(world.simulation, catalog), prices);
  }

  /** A month at the rate of the last while, after the free tier. Undefined: no time has passed that could be asked. */
  costOfMonth(rateOverMs: number): CostView | undefined {
    const { world, catalog, prices, foreignPast } = this.#ground;
    const { now } = world.simulation;
    const from = instant(Math.max(now - rateOverMs, foreignPast?.before.at ?? 0));
    if (from >= now) return undefined;
    const since = workDoneBy(from, world, catalog);
    return costOfMonth(workDone(world.simulation, catalog), since, now - from, prices);
  }

  /** The CloudWatch metrics of a resource; undefined: nothing here has metrics. */
  metrics(asked: MetricsAsked): MetricsView | undefined {
    const { world, catalog, settings } = this.#ground;
    return publishMetrics(world.simulation, catalog, settings, asked);
  }

  /** Objects of a bucket, by key; and one of them, to look into. */
  objects(bucket: ResourceId, from: number, limit: number): readonly ObjectRow[] {
    return publishObjects(this.#ground.world.simulation, this.#ground.catalog, bucket, from, limit);
  }

  object(bucket: ResourceId, key: string): ObjectView | undefined {
    return publishObject(this.#ground.world.simulation, this.#ground.catalog, bucket, key);
  }

  /** The shards of a stream, to draw; undefined: there is no such stream. */
  shards(stream: ResourceId): ShardsView | undefined {
    return publishShards(this.#ground.world.simulation, this.#ground.catalog, stream);
  }

  /** What builds the same resources elsewhere: a script, a template, a diagram. */
  exported(format: Format): string {
    const { world, catalog, settings } = this.#ground;
    const { resources } = publishWorld(world.simulation, catalog, settings, 'default');
    const { account, region } = settings;
    const services = new Map(catalog.map(({ description }) => [description.name, description]));
    const ask = askingCopy(world, services, account);
    return exportWorld({ ask, catalog: services, resources, account, region }, format);
  }

  /** The one message whose id begins with these letters, or why there is none. */
  findMessage(prefix: string): FoundId {
    return this.#stories.find(prefix);
  }

  /** What became of a message, by its whole id; undefined: nothing is known of it. `hasty`: asked for each frame. */
  story(messageId: string, hasty = false): Story | undefined {
    const { world, catalog, settings } = this.#ground;
    const { resources } = publishWorld(world.simulation, catalog, settings, 'default');
    return this.#stories.story(messageId, resources, hasty);
  }

  /**
   * Two branches side by side at the earlier of their heads, by name or number. Left out: this one and its parent (of
   * the first branch, its newest fork).
   */
  compare(a?: BranchName, b?: BranchName): FoundComparison {
    return compareBranches(this.#ground, a, b);
  }
}
