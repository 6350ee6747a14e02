/**
 * Many contents as JSON, field by field: messages of one shape give a column for each field, so that names are
 * written once, and like stands beside like for the compressor.
 */
import { fromJSONValue, toJSONValue } from './contentJson.ts';

export interface ContentColumns {
  /** The shapes, each a list of field names. */
  readonly shapes: readonly (readonly string[])[];
  /** Runs of contents of one shape, in order: shape, count, shape, count … */
  readonly runs: readonly number[];
  /** For each shape, for each field, the values in order. */
  readonly columns: readonly (readonly (readonly unknown[])[])[];
}

export function toColumns(contents: Iterable<object>): ContentColumns {
  const shapes: string[][] = [];
  const columns: unknown[][][] = [];
  const runs: number[] = [];
  const known = new Map<string, number>();
  for (const content of contents) {
    const fields = Object.keys(content);
    const key = fields.join('\n');
    let shape = known.get(key);
    if (shape === undefined) {
      shape = shapes.push(fields) - 1;
      known.set(key, shape);
      columns.push(fields.map(() => []));
    }
    if (runs.at(-2) === shape) runs[runs.length - 1]!++;
    else runs.push(shape, 1);
    const values = columns[shape]!;
    for (let index = 0; index < fields.length; index++) {
      values[index]!.push(toJSONValue((content as Record<string, unknown>)[fields[index]!]));
    }
  }
  return { shapes, runs, columns };
}

/** The contents in order, frozen. */
export function* fromColumns({ shapes, runs, columns }: ContentColumns): Generator<object> {
  const taken = shapes.map(() => 0);
  for (let run = 0; run + 1 < runs.length; run += 2) {
    const shape = runs[run]!;
    const fields = shapes[shape]!;
    const values = columns[shape]!;
    for (let count = runs[run + 1]!; count > 0; count--) {
      const place = taken[shape]!++;
      const content: Record<string, unknown> = {};
      for (let index = 0; index < fields.length; index++) {
        const value = values[index]![place];
        if (value !== undefined) content[fields[index]!] = fromJSONValue(value);
      }
      yield Object.freeze(content);
    }
  }
}
