/** The form of a requirement of the arena, a file of `arena/`. */
import * as z from 'zod';
import { FIGURES, type FigureId } from './arenaFigures.ts';

const line = z.string().min(3).max(2_000);
const name = z.string().regex(/^[a-z][a-z0-9-]{0,29}$/u, {
  error: 'write a name: a small letter, then at most 29 small letters, digits and -',
});
const words = (max: number) => z.string().min(3).max(max);
const designFormat = z.strictObject({ about: words(200), lines: z.array(line).min(1).max(40) });
/** Full marks at `target` or less, none at `worst` or more. */
const figureFormat = z.strictObject({
  weight: z.int().min(1).max(100),
  target: z.number().min(0),
  worst: z.number().min(0),
  why: words(200),
});

const ENTRIES = ['queue', 'topic', 'stream', 'delivery'] as const;

/** A file of `arena/`. */
export const arenaFormat = z.strictObject({
  $schema: z.string().max(200).optional(),
  formatVersion: z.literal(1),
  title: words(40),
  story: words(600),
  matters: z.array(words(120)).min(1).max(5),
  world: z.strictObject({
    seed: z.int().min(0),
    limits: z.enum(['current', 'study-guide', 'scaled']).default('current'),
    delivery: z.enum(['calm', 'typical', 'rough']).default('calm'),
  }),
  /** Lines that are run before the design: what is there already. */
  given: z.array(line).max(20).default([]),
  /** What the load may be sent to: the design names one resource `in` (or `in.fifo`). */
  entry: z.array(z.enum(ENTRIES)).min(1).max(4),
  load: z
    .array(
      z.strictObject({
        name,
        /** Of `app create-producer`: `--rate 20/s --count 200 --body 'order {n}'`. */
        flags: words(300),
        /** How many messages come of it. */
        count: z.int().min(1).max(5_000),
        /** Partition key or message group. */
        key: z.string().max(60).optional(),
      }),
    )
    .min(1)
    .max(4),
  /** From the first message to the reading of the figures. */
  seconds: z.int().min(5).max(1_200),
  /** Where messages must end. */
  ends: z
    .array(
      z.strictObject({
        at: z.string().regex(/^(app|bucket)\/[a-z][a-z0-9-]{0,29}$/u, {
          error: 'write app/NAME or bucket/NAME: where messages must end',
        }),
        /** What the work of an app is, whatever the design says: `--time 200ms`. */
        work: words(200).optional(),
        /** Messages that must end here; all if left out. */
        count: z.int().min(1).max(5_000).optional(),
      }),
    )
    .min(1)
    .max(4),
  figures: z.strictObject(
    Object.fromEntries(FIGURES.map((id) => [id, figureFormat.optional()])) as Record<
      FigureId,
      z.ZodOptional<typeof figureFormat>
    >,
  ),
  reference: designFormat,
  wrong: designFormat,
});

export type Requirement = z.infer<typeof arenaFormat>;

export interface CourseArena {
  /** The file's name without its number: `charge-once`. */
  readonly id: string;
  readonly file: string;
  readonly requirement: Requirement;
}
