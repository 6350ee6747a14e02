/** The Console's lines in a file. Only what is shown: a running line is left out, long answers are cut. */
import type { LineError, LineResult } from '../command/console.ts';
import { instant } from '../engine/units.ts';
import type { SavedConsoleEntry } from './saveTypes.ts';
import type { Place } from './strictJson.ts';

/** Newest lines kept in a save. */
export const CONSOLE_LINES_MAX = 200;
const OUTPUT_MAX = 20_000;
const TEXT_MAX = 100_000;

const cut = (text: string): string =>
  text.length <= OUTPUT_MAX
    ? text
    : `${text.slice(0, OUTPUT_MAX)}\n… ${text.length - OUTPUT_MAX} characters more`;

export function consoleToJson({ at, by, line, result }: SavedConsoleEntry): object {
  const error = result?.error;
  return {
    at,
    by,
    line: result?.echo ?? line,
    ...(result?.output ? { output: cut(result.output) } : {}),
    ...(result && result.notes.length > 0 ? { notes: result.notes } : {}),
    ...(error && {
      error: {
        kind: error.kind,
        text: error.text,
        ...optional('code', error.code),
        ...optional('why', error.why),
      },
    }),
    ...(result?.tolerated ? { tolerated: true } : {}),
  };
}

const optional = (name: string, value: string | undefined): object =>
  value === undefined ? {} : { [name]: value };

export function consoleFromJson(place: Place): SavedConsoleEntry {
  place.object(['at', 'by', 'line', 'output', 'notes', 'error', 'tolerated']);
  const line = place.at('line').text(TEXT_MAX);
  const error = place.optional('error', readError);
  const result: LineResult = {
    echo: line,
    output: place.optional('output', (item) => item.text(TEXT_MAX)) ?? '',
    notes: place.optional('notes', (item) => item.list(100).map((note) => note.text(2_000))) ?? [],
    tolerated: place.optional('tolerated', (item) => item.boolean()) ?? false,
    ...(error === undefined ? {} : { error }),
  };
  return { at: instant(place.at('at').integer(0)), by: place.at('by').text(100), line, result };
}

function readError(place: Place): LineError {
  place.object(['kind', 'text', 'code', 'why']);
  const code = place.optional('code', (item) => item.text(200));
  const why = place.optional('why', (item) => item.text(TEXT_MAX));
  return {
    kind: place.at('kind').oneOf(['usage', 'refused', 'expectation']),
    text: place.at('text').text(TEXT_MAX),
    ...(code === undefined ? {} : { code }),
    ...(why === undefined ? {} : { why }),
  };
}
