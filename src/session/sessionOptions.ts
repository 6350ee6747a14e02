/** What a session is made from. */
import type { ControlAnswer } from '../command/console.ts';
import type { AwsWorldSettings } from '../contract/world.ts';
import type { TimelineOptions } from '../engine/timeline.ts';
import type { TimelineData } from '../engine/timelineData.ts';
import type { PriceList } from '../projection/cost.ts';
import type { Catalog } from '../projection/publish.ts';
import type { ForeignPast } from './foreignPast.ts';
import type { Session } from './sessionTypes.ts';
import type { ReadFile } from './surroundings.ts';

export interface SessionOptions {
  readonly catalog: Catalog;
  readonly settings: AwsWorldSettings;
  readonly name?: string;
  /** A world that was saved; else a new one. */
  readonly data?: TimelineData;
  /** Its past was made by another version: before this place it is only to look at. */
  readonly foreignPast?: ForeignPast;
  /** What `file://` reaches; nothing if left out. */
  readonly readFile?: ReadFile;
  /** Verbs that need more than a world (save, load, lesson …): asked first; undefined: not its own. */
  readonly control?: (
    session: Session,
    group: string,
    verb: string,
    input: object,
  ) => ControlAnswer | undefined;
  readonly timeline?: TimelineOptions;
  /** The program's own list if left out. */
  readonly prices?: PriceList;
}
