/** Many contents as JSON, field by field: messages of one shape give a column for each of their fields. */
import { type Column, fromColumn, toColumn } from './columns.ts';

export interface ContentColumns {
  /** The shapes, each a list of field names. */
  readonly shapes: readonly (readonly string[])[];
  /** Runs of contents of one shape, in order: shape, count, shape, count … */
  readonly runs: readonly number[];
  /** For each shape, for each field, the values in order. */
  readonly columns: readonly (readonly Column[])[];
}

interface Shape {
  readonly place: number;
  readonly fields: readonly string[];
  readonly values: readonly unknown[][];
}

type Fields = Readonly<Record<string, unknown>>;

export function toColumns(contents: Iterable<object>): ContentColumns {
  const shapes = new Map<string, Shape>();
  const runs: number[] = [];
  let last: Shape | undefined;
  for (const content of contents) {
    const shape = last !== undefined && hasShape(content, last.fields) ? last : shapeOf(content, shapes);
    if (shape === last) runs[runs.length - 1]!++;
    else runs.push(shape.place, 1);
    last = shape;
    const { fields, values } = shape;
    for (let index = 0; index < fields.length; index++) {
      values[index]!.push((content as Fields)[fields[index]!]);
    }
  }
  const list = [...shapes.values()];
  return {
    shapes: list.map(({ fields }) => fields),
    runs,
    columns: list.map(({ values }) => values.map(toColumn)),
  };
}

/** Has the content exactly these fields, in this order? */
function hasShape(content: object, fields: readonly string[]): boolean {
  let place = 0;
  for (const field in content) if (fields[place++] !== field) return false;
  return place === fields.length;
}

function shapeOf(content: object, shapes: Map<string, Shape>): Shape {
  const fields = Object.keys(content);
  const key = JSON.stringify(fields);
  let shape = shapes.get(key);
  if (shape === undefined) {
    shape = { place: shapes.size, fields, values: fields.map(() => []) };
    shapes.set(key, shape);
  }
  return shape;
}

/** How many contents there are. */
export function contentCount({ runs }: ContentColumns): number {
  let count = 0;
  for (let run = 1; run < runs.length; run += 2) count += Math.max(0, runs[run]!);
  return count;
}

/** The contents in order, frozen. */
export function fromColumns({ shapes, runs, columns }: ContentColumns): object[] {
  const counts = shapes.map(() => 0);
  for (let run = 0; run + 1 < runs.length; run += 2) counts[runs[run]!]! += runs[run + 1]!;
  const values = columns.map((fields, shape) => fields.map((column) => fromColumn(column, counts[shape]!)));
  const taken = shapes.map(() => 0);
  const contents: object[] = [];
  for (let run = 0; run + 1 < runs.length; run += 2) {
    const shape = runs[run]!;
    const [fields, from] = [shapes[shape]!, values[shape]!];
    for (let count = runs[run + 1]!; count > 0; count--) {
      const place = taken[shape]!++;
      const content: Record<string, unknown> = {};
      for (let index = 0; index < fields.length; index++) {
        const value = from[index]![place];
        if (value !== undefined) content[fields[index]!] = value;
      }
      contents.push(Object.freeze(content));
    }
  }
  return contents;
}
