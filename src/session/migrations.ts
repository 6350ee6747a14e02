/**
 * Old save files, one step at a time: step N makes format N + 1 of format N. A step is never changed once released;
 * a new format adds one. They work on parsed JSON, before it is read strictly.
 */
import type { Place } from './strictJson.ts';
import { Place as PlaceOf, ReadProblem } from './strictJson.ts';

type Json = Record<string, unknown>;
export type Migrations = Readonly<Record<number, (save: Json) => Json>>;

/** Format 1 is the first. */
const MIGRATIONS: Migrations = {};

/** The file in the newest format, and the format it came in. */
export function migrate(
  file: Place,
  newest: number,
  migrations: Migrations = MIGRATIONS,
): { readonly file: Place; readonly from: number } {
  const from = file.at('formatVersion').integer(1);
  if (from > newest) {
    throw new ReadProblem(
      'formatVersion',
      `is ${from}; this program reads up to ${newest}. A newer msg-playground wrote it: update this one`,
    );
  }
  let json = file.record();
  for (let version = from; version < newest; version++) {
    const step = migrations[version];
    if (step === undefined) throw new ReadProblem('formatVersion', `${version} is not read any more`);
    json = { ...step(json), formatVersion: version + 1 };
  }
  return { file: new PlaceOf(json, ''), from };
}
