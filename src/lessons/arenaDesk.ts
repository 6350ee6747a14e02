/** The requirements of a course with their best scores, and the worlds that were begun: each stays as it was left. */

import type { ReadFile } from '../session/surroundings.ts';
import type { CourseArena } from './arenaFormat.ts';
import { ArenaPlay } from './arenaPlay.ts';
import { bestScore } from './arenaProgress.ts';
import type { Course } from './load.ts';
import type { Progress, ProgressRecord } from './progress.ts';
import type { LessonWorlds } from './worlds.ts';

export interface ArenaRow extends CourseArena {
  readonly best: number | undefined;
  /** Its world was begun in this sitting. */
  readonly begun: boolean;
}

export interface ArenaDeskOptions {
  readonly course: Pick<Course, 'arena'>;
  readonly worlds: LessonWorlds;
  readonly progress: () => Progress;
  readonly onRecord: (entry: ProgressRecord) => void;
  readonly readFile?: ReadFile;
}

export class ArenaDesk {
  readonly #options: ArenaDeskOptions;
  readonly #begun = new Map<string, ArenaPlay>();

  constructor(options: ArenaDeskOptions) {
    this.#options = options;
  }

  rows(): readonly ArenaRow[] {
    const { course, progress } = this.#options;
    return course.arena.map((each) => ({
      ...each,
      best: bestScore(progress(), each.id),
      begun: this.#begun.has(each.id),
    }));
  }

  /** Undefined where the course has no such requirement. */
  open(id: string): ArenaPlay | undefined {
    const { course, worlds, progress, onRecord } = this.#options;
    const at = course.arena.findIndex((each) => each.id === id);
    const asked = course.arena[at];
    if (asked === undefined) return undefined;
    const known = this.#begun.get(id);
    if (known !== undefined) return known;
    const play = new ArenaPlay({
      asked,
      place: `Arena ${at + 1}/${course.arena.length}`,
      worlds,
      readFile: this.#options.readFile,
      best: () => bestScore(progress(), id),
      onScore: (score) => onRecord({ type: 'arena', requirement: id, score }),
    });
    this.#begun.set(id, play);
    return play;
  }
}
