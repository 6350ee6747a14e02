/**
 * Reads JSON that may come from anywhere: every member is asked for by name and type, nothing unknown is let pass,
 * sizes are bounded, and what is wrong is told with its place, what was found and what was expected.
 */

/** What is wrong with a file. Thrown inside a reader; given as a value at its edge. */
export class ReadProblem extends Error {
  override readonly name = 'ReadProblem';
  /** `branches[0].journal[3].at`, or `line 12, column 4`. */
  readonly where: string;

  constructor(where: string, message: string) {
    super(`${where}: ${message}`);
    this.where = where;
  }
}

/** Runs a reader; its problem comes back as a value. */
export function attemptRead<Value>(read: () => Value): Value | ReadProblem {
  try {
    return read();
  } catch (error) {
    if (error instanceof ReadProblem) return error;
    throw error;
  }
}

const DEPTH_MAX = 100;

/** Text to JSON, with line and column where it is not JSON, and a bound on its depth. */
export function parseJson(text: string): Place {
  checkDepth(text);
  try {
    return new Place(JSON.parse(text), '');
  } catch (error) {
    const message = (error as Error).message;
    const position = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
    const what = position >= text.trimEnd().length ? 'the file ends too early' : 'this is not JSON';
    throw new ReadProblem(placeOf(text, position), `${what} (${message.replace(/ in JSON.*/, '')})`);
  }
}

function placeOf(text: string, position: number): string {
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  return `line ${line}, column ${position - before.lastIndexOf('\n')}`;
}

/** A reader of nested values would run out of stack: the depth is counted before anything is built. */
function checkDepth(text: string): void {
  let depth = 0;
  let inText = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inText) {
      if (code === 0x5c) index++;
      else if (code === 0x22) inText = false;
    } else if (code === 0x22) {
      inText = true;
    } else if (code === 0x5b || code === 0x7b) {
      if (++depth > DEPTH_MAX) throw new ReadProblem(placeOf(text, index), `nested deeper than ${DEPTH_MAX}`);
    } else if (code === 0x5d || code === 0x7d) {
      depth--;
    }
  }
}

/** A value with its place in the file. */
export class Place {
  readonly value: unknown;
  readonly path: string;

  constructor(value: unknown, path: string) {
    this.value = value;
    this.path = path;
  }

  fail(expected: string): never {
    throw new ReadProblem(this.path || 'the file', `found ${show(this.value)}, expected ${expected}`);
  }

  /** An object whose members are all known. */
  object(known: readonly string[]): Record<string, unknown> {
    const record = this.record();
    const unknown = Object.keys(record).find((name) => !known.includes(name));
    if (unknown !== undefined) {
      throw new ReadProblem(this.at(unknown).path, `is not known here; known are ${known.join(', ')}`);
    }
    return record;
  }

  /** An object of any members. */
  record(): Record<string, unknown> {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value)) {
      this.fail('an object');
    }
    return this.value as Record<string, unknown>;
  }

  at(name: string): Place {
    return new Place(this.record()[name], this.path === '' ? name : `${this.path}.${name}`);
  }

  has(name: string): boolean {
    return this.record()[name] !== undefined;
  }

  optional<Value>(name: string, read: (place: Place) => Value): Value | undefined {
    return this.has(name) ? read(this.at(name)) : undefined;
  }

  list(max: number): Place[] {
    if (!Array.isArray(this.value)) this.fail('a list');
    const items = this.value as unknown[];
    if (items.length > max) {
      throw new ReadProblem(this.path, `holds ${items.length} entries, at most ${max} are read`);
    }
    return items.map((item, index) => new Place(item, `${this.path}[${index}]`));
  }

  text(max: number): string {
    if (typeof this.value !== 'string') this.fail('a text');
    if (this.value.length > max) {
      throw new ReadProblem(this.path, `is ${this.value.length} characters long, at most ${max} are read`);
    }
    return this.value;
  }

  integer(min: number, max: number = Number.MAX_SAFE_INTEGER): number {
    if (
      typeof this.value !== 'number' ||
      !Number.isInteger(this.value) ||
      this.value < min ||
      this.value > max
    ) {
      this.fail(
        max === Number.MAX_SAFE_INTEGER
          ? `a whole number from ${min}`
          : `a whole number from ${min} to ${max}`,
      );
    }
    return this.value;
  }

  boolean(): boolean {
    if (typeof this.value !== 'boolean') this.fail('true or false');
    return this.value;
  }

  oneOf<Value extends string>(values: readonly Value[]): Value {
    const found = values.find((value) => value === this.value);
    return found ?? this.fail(`one of ${values.join(', ')}`);
  }
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}
