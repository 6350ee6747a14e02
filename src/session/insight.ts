/**
 * What can be asked of a world beside its views: why something was decided, what became of a message, what it cost,
 * how two forks differ. Each answer is made when somebody asks, from the world as it is or by walking again through
 * its past.
 */
import type { Authorization } from '../contract/guard.ts';
import type { AwsWorldSettings } from '../contract/world.ts';
import type { Timeline } from '../engine/timeline.ts';
import { type DecisionView, publishDecisions } from '../projection/decision.ts';
import { type Catalog, publishWorld } from '../projection/publish.ts';
import type { Story } from '../projection/storyTypes.ts';
import type { ForeignPast } from './foreignPast.ts';
import { type FoundId, Stories } from './story.ts';

/** What an answer is made from. */
export interface Ground {
  readonly world: Timeline;
  readonly catalog: Catalog;
  readonly settings: AwsWorldSettings;
  readonly explain: Authorization['explain'];
  /** A past that another version made: it cannot be walked through again. */
  readonly foreignPast?: ForeignPast | undefined;
}

export class Insight {
  readonly #ground: Ground;
  readonly #stories: Stories;

  constructor(
    world: Timeline,
    { catalog, settings, foreignPast }: Pick<Ground, 'catalog' | 'settings' | 'foreignPast'>,
    explain: Ground['explain'],
  ) {
    this.#ground = { world, catalog, settings, explain, foreignPast };
    this.#stories = new Stories(this.#ground);
  }

  /** What policies decided lately, newest first: of a refusal as it was, of a call let in as it is now. */
  decisions(limit: number): readonly DecisionView[] {
    const { world, explain } = this.#ground;
    return publishDecisions(world.simulation, explain, limit);
  }

  /** The one message whose id begins with these letters, or why there is none. */
  findMessage(prefix: string): FoundId {
    return this.#stories.find(prefix);
  }

  /** What became of a message, by its whole id; undefined: nothing is known of it. */
  story(messageId: string): Story | undefined {
    const { world, catalog, settings } = this.#ground;
    const { resources } = publishWorld(world.simulation, catalog, settings, 'default');
    return this.#stories.story(messageId, resources);
  }
}
