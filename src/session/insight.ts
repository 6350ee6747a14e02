/**
 * What can be asked of a world beside its views: why something was decided, what became of a message, what it cost,
 * how two forks differ. Each answer is made when somebody asks, from the world as it is or by walking again through
 * its past.
 */
import type { Authorization } from '../contract/guard.ts';
import type { AwsWorldSettings } from '../contract/world.ts';
import type { Timeline } from '../engine/timeline.ts';
import { type DecisionView, publishDecisions } from '../projection/decision.ts';
import type { Catalog } from '../projection/publish.ts';

/** What an answer is made from. */
export interface Ground {
  readonly world: Timeline;
  readonly catalog: Catalog;
  readonly settings: AwsWorldSettings;
  readonly explain: Authorization['explain'];
}

export class Insight {
  readonly #ground: Ground;

  constructor(
    world: Timeline,
    { catalog, settings }: Pick<Ground, 'catalog' | 'settings'>,
    explain: Ground['explain'],
  ) {
    this.#ground = { world, catalog, settings, explain };
  }

  /** What policies decided lately, newest first: of a refusal as it was, of a call let in as it is now. */
  decisions(limit: number): readonly DecisionView[] {
    const { world, explain } = this.#ground;
    return publishDecisions(world.simulation, explain, limit);
  }
}
