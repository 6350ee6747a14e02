/** The drawing test as it lies on the screen: its pictures, and the drawings that were made, each once. */
import type { Catalog } from '../projection/publish.ts';
import { type Drawing, draw } from './drawing.ts';
import { type DrawnPicture, PICTURES } from './drawingPictures.ts';
import type { DrawingWay } from './drawingWays.ts';

const KEPT_MAX = 20;
/** In this seed each way shows what it can do. */
export const DRAWING_SEED = 5;

export class DrawingTest {
  readonly pictures: readonly DrawnPicture[];
  readonly #catalog: Catalog;
  readonly #kept = new Map<string, Drawing>();

  /** `own`: the player's picture; it comes first. */
  constructor(catalog: Catalog, own?: DrawnPicture) {
    this.#catalog = catalog;
    this.pictures = own === undefined ? PICTURES : [own, ...PICTURES];
  }

  drawing(way: DrawingWay, pictureIndex: number, seed: number): Drawing {
    const key = `${way.id} ${pictureIndex} ${seed}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const picture = this.pictures[pictureIndex] ?? this.pictures[0]!;
    const made = draw({ catalog: this.#catalog, picture, way, seed });
    if (this.#kept.size >= KEPT_MAX) this.#kept.clear();
    this.#kept.set(key, made);
    return made;
  }
}
