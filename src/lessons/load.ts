/**
 * Reads a course from its files: `course.json`, `facts.json`, and one JSON file a lesson. Pure over `CourseFiles`;
 * what is wrong is collected, never thrown, and what is right can still be played.
 */
import type { z } from 'zod';
import { formProblems } from '../projection/formProblems.ts';
import { arenaFormat, type CourseArena } from './arenaFormat.ts';
import {
  type Bank,
  bankFormat,
  type CourseFile,
  courseFormat,
  type Fact,
  FILE_BYTES_MAX,
  FORMAT_WORDS,
  factsFormat,
  type Lesson,
  lessonFormat,
} from './lesson.ts';
import { ARENA_FILE, LAB, LESSON_FILE, lessonOrder, tracksWith } from './outline.ts';
import { errorIn, type Problem } from './problem.ts';
import { type Translation, translatedTexts, translationFormat } from './translation.ts';

/** A folder as the loader sees it: paths relative to it, with `/`. */
export interface CourseFiles {
  list(): readonly string[];
  read(path: string): Uint8Array | undefined;
}

export interface CourseLesson {
  /** `sqs/visibility-timeout`: the path without the number. */
  readonly id: string;
  readonly track: string;
  /** Place in its track, from 1. */
  readonly number: number;
  readonly file: string;
  readonly lesson: Lesson;
}

interface CourseBank {
  readonly file: string;
  readonly bank: Bank;
}

/** A file of translations, read against what it translates. */
export interface CourseTranslation {
  readonly file: string;
  readonly locale: string;
  /** The lesson or the `course.json` that it belongs to, in the course's own language. */
  readonly original: unknown;
  readonly texts: Translation;
  /** Whether the original may look like this. */
  fits(translated: unknown): boolean;
}

export interface Course {
  /** Names the course where several are kept apart: `id` of `course.json`, or made from its title. */
  readonly id: string;
  readonly title: string;
  readonly language: string;
  /** Its own language, and those it is translated into. */
  readonly languages: readonly string[];
  readonly allowSkip: boolean;
  readonly tracks: CourseFile['tracks'];
  /** In the order of the tracks, then of their numbers. */
  readonly lessons: readonly CourseLesson[];
  readonly facts: readonly Fact[];
  readonly banks: readonly CourseBank[];
  /** Requirements of the arena, by their files' numbers. */
  readonly arena: readonly CourseArena[];
  readonly problems: readonly Problem[];
  /** Its translations, read when they are asked for; what is wrong with them besides. */
  translations(): { readonly files: readonly CourseTranslation[]; readonly problems: readonly Problem[] };
  /** The course's copy of `lesson.schema.json`, where it has one. */
  readonly schema: unknown;
  /** Its copy of `exam.schema.json`, likewise. */
  readonly examSchema: unknown;
  /** Its copy of `arena.schema.json`, likewise. */
  readonly arenaSchema: unknown;
  /** What `file://NAME` reaches in a lesson of this track. */
  fileOf(track: string, name: string): Uint8Array | undefined;
}

export const lessonOf = (course: Course, id: string): CourseLesson | undefined =>
  course.lessons.find((lesson) => lesson.id === id);

const TRANSLATION_FILE = /^(.+)\.([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)\.json$/;
const COURSE_FILE = 'course.json';
const FACTS_FILE = 'facts.json';
export const SCHEMA_FILE = 'lesson.schema.json';
export const EXAM_SCHEMA_FILE = 'exam.schema.json';
export const ARENA_SCHEMA_FILE = 'arena.schema.json';
const FILES_MAX = 2_000;
/** A name below `files/`: no way out of the folder. */
const FILE_NAME = /^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_./-]{0,100}$/;

/** `wanted`: show texts in this language where the course has them. */
export function loadCourse(files: CourseFiles, wanted?: string): Course {
  const problems: Problem[] = [];
  const reader = new Reader(files, problems);
  const paths = [...files.list()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).slice(0, FILES_MAX);
  const own = reader.json(COURSE_FILE, courseFormat);
  const languages = [...new Set([own?.language ?? 'en', ...paths.flatMap(localeOf)])];
  const locale = wanted === undefined ? undefined : languageIn(languages, wanted);
  const inLocale = <Value>(path: string, value: Value, format: z.ZodType<Value>): Value =>
    locale === undefined ? value : translated(reader, path, value, { locale, format });
  const ownFacts = reader.has(FACTS_FILE) ? reader.json(FACTS_FILE, factsFormat) : undefined;
  const facts = ownFacts && inLocale(FACTS_FILE, ownFacts, factsFormat);
  const schema = reader.has(SCHEMA_FILE) ? reader.rawJson(SCHEMA_FILE) : undefined;
  const examSchema = reader.has(EXAM_SCHEMA_FILE) ? reader.rawJson(EXAM_SCHEMA_FILE) : undefined;
  const arenaSchema = reader.has(ARENA_SCHEMA_FILE) ? reader.rawJson(ARENA_SCHEMA_FILE) : undefined;
  const tracks = own?.tracks ?? [];
  const banks: CourseBank[] = [];
  const arena: CourseArena[] = [];
  const byTrack = new Map<string, CourseLesson[]>();
  for (const path of paths) {
    if (path.startsWith('exam/') && path.endsWith('.json') && !TRANSLATION_FILE.test(path)) {
      const bank = reader.json(path, bankFormat);
      if (bank !== undefined) banks.push({ file: path, bank: inLocale(path, bank, bankFormat) });
      continue;
    }
    const wanted = ARENA_FILE.exec(path)?.[1];
    if (wanted !== undefined) {
      const requirement = reader.json(path, arenaFormat);
      if (requirement !== undefined) arena.push({ id: wanted, file: path, requirement });
      continue;
    }
    const found = lessonFile(path, problems);
    if (found === undefined) continue;
    if (own !== undefined && found.track !== LAB && !tracks.some(({ id }) => id === found.track)) {
      const todo = 'add the track to course.json, or move the file';
      problems.push(errorIn(path, '(its folder)', found.track, todo));
    }
    const lesson = reader.json(path, lessonFormat);
    if (lesson === undefined) continue;
    const shown = inLocale(path, lesson, lessonFormat);
    const others = byTrack.get(found.track) ?? [];
    byTrack.set(found.track, others);
    if (others.every((other) => other.id !== found.id))
      others.push({ ...found, number: others.length + 1, file: path, lesson: shown });
    else {
      const todo = 'give it another name: its number does not count';
      problems.push(errorIn(path, '(its name)', `a second lesson ${found.id}`, todo));
    }
  }
  const allTracks = tracksWith(tracks, byTrack);
  const names = { title: own?.title ?? 'A course that cannot be read', tracks: allTracks };
  return {
    id: own?.id ?? idOf(own?.title ?? ''),
    ...(locale === undefined ? names : namesIn(reader, names, locale)),
    language: own?.language ?? 'en',
    languages,
    allowSkip: own?.allowSkip ?? true,
    lessons: lessonOrder(allTracks, byTrack),
    facts: facts?.facts ?? [],
    banks,
    arena,
    problems,
    translations: () => translationsIn(files, paths, names),
    schema,
    examSchema,
    arenaSchema,
    fileOf: (track, name) => (FILE_NAME.test(name) ? files.read(`${track}/files/${name}`) : undefined),
  };
}

/** Track and id of a lesson's file; undefined for other files, which are named when they look like a mistake. */
function lessonFile(
  path: string,
  problems: Problem[],
): { readonly track: string; readonly id: string } | undefined {
  const found = LESSON_FILE.exec(path);
  if (found !== null) return { track: found[1]!, id: `${found[1]}/${found[3]}` };
  const known = ['course.json', 'facts.json', SCHEMA_FILE, EXAM_SCHEMA_FILE, ARENA_SCHEMA_FILE].includes(
    path,
  );
  const nested = path.includes('/files/') || TRANSLATION_FILE.test(path);
  if (!known && !nested && path.endsWith('.json')) {
    problems.push(
      errorIn(
        path,
        '(its name)',
        'a name that no file of a course has',
        'name a lesson TRACK/NN-some-words.json; what file:// reaches goes into TRACK/files/',
      ),
    );
  }
  return undefined;
}

/** What is in a file with its texts in another language; what is not valid then stays as it is. */
function translated<Value>(
  reader: Reader,
  path: string,
  value: Value,
  { locale, format }: { readonly locale: string; readonly format: z.ZodType<Value> },
): Value {
  const file = path.replace(/\.json$/, `.${locale}.json`);
  if (!reader.has(file)) return value;
  const read = format.safeParse(translatedTexts(value, reader.rawJson(file)));
  return read.success ? read.data : value;
}

/** What the course calls itself and its tracks: the part of `course.json` that can be translated. */
const namesFormat = courseFormat.pick({ title: true, tracks: true });
type CourseNames = z.infer<typeof namesFormat>;

function namesIn(reader: Reader, names: CourseNames, locale: string): CourseNames {
  const file = `course.${locale}.json`;
  if (!reader.has(file)) return names;
  const read = namesFormat.safeParse(translatedTexts(names, reader.rawJson(file)));
  return read.success ? read.data : names;
}

/** `A first course, by Ana` as `a-first-course-by-ana`. */
const idOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60) || 'course';

/** The language to show: the wanted one, or `de` for `de-AT`. */
export const languageIn = (languages: readonly string[], wanted: string): string | undefined =>
  languages.find((each) => each === wanted) ?? languages.find((each) => each === wanted.split('-')[0]);

function localeOf(path: string): string[] {
  const [, , locale] = path.includes('/files/') ? [] : (TRANSLATION_FILE.exec(path) ?? []);
  return locale === undefined ? [] : [locale];
}

/** The form of a file that can be translated: a lesson, a question bank, the facts. */
function formatOf(path: string): z.ZodType | undefined {
  if (path === FACTS_FILE) return factsFormat;
  if (path.startsWith('exam/')) return bankFormat;
  return LESSON_FILE.test(path) && !path.startsWith('arena/') ? lessonFormat : undefined;
}

function translationsIn(
  files: CourseFiles,
  paths: readonly string[],
  names: CourseNames,
): ReturnType<Course['translations']> {
  const problems: Problem[] = [];
  const reader = new Reader(files, problems);
  const found: CourseTranslation[] = [];
  for (const file of paths) {
    const [, name, locale] = TRANSLATION_FILE.exec(file) ?? [];
    if (name === undefined || locale === undefined || file.includes('/files/')) continue;
    const translated = `${name}.json`;
    const isCourse = translated === COURSE_FILE;
    const format = isCourse ? namesFormat : formatOf(translated);
    if (format === undefined || !reader.has(translated)) {
      const what = `a translation of ${translated}, which is no lesson`;
      problems.push(errorIn(file, '(its name)', what, 'name it as the lesson, or remove it'));
      continue;
    }
    // What is wrong with the original is told of the original.
    const original = format.safeParse(isCourse ? names : new Reader(files, []).rawJson(translated));
    const texts = reader.json(file, translationFormat);
    if (!original.success || texts === undefined) continue;
    const fits = (value: unknown): boolean => format.safeParse(value).success;
    found.push({ file, locale, original: original.data, texts, fits });
  }
  return { files: found, problems };
}

const MEND_JSON = 'mend the JSON there: a comma, a quote or a bracket too many or too few';

/** The parser's own words, with the line where it stopped; characters are counted as editors do, from 1. */
function jsonTrouble(message: string, source: string): string {
  const words = message.replace(/ in JSON.*$/su, '').replace(/ \(line.*$/su, '');
  const at = /position (\d+)/u.exec(message)?.[1];
  if (at === undefined) return message.includes('end of JSON') ? 'an end that comes too early' : words;
  const before = source.slice(0, Number(at)).split('\n');
  return `${words} at line ${before.length}, character ${(before.at(-1) ?? '').length + 1}`;
}

class Reader {
  readonly #files: CourseFiles;
  readonly #problems: Problem[];
  readonly #paths: ReadonlySet<string>;

  constructor(files: CourseFiles, problems: Problem[]) {
    this.#files = files;
    this.#problems = problems;
    this.#paths = new Set(files.list());
  }

  has(path: string): boolean {
    return this.#paths.has(path);
  }

  json<Format extends z.ZodType>(path: string, format: Format): z.output<Format> | undefined {
    const value = this.rawJson(path);
    if (value === undefined) return undefined;
    const read = format.safeParse(value, { reportInput: true });
    if (read.success) return read.data;
    for (const problem of formProblems(read.error, value, FORMAT_WORDS)) {
      this.#problems.push({ severity: 'error', file: path, ...problem });
    }
    return undefined;
  }

  rawJson(path: string): unknown {
    const problem = (found: string, todo: string): undefined => {
      this.#problems.push(errorIn(path, '(the whole file)', found, todo));
    };
    const bytes = this.#files.read(path);
    if (bytes === undefined) return problem('no such file', `add ${path}`);
    if (bytes.length > FILE_BYTES_MAX)
      return problem(
        `${bytes.length} bytes`,
        `split or shorten the file: it may have at most ${FILE_BYTES_MAX} bytes`,
      );
    let source: string;
    try {
      source = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return problem('bytes that are no UTF-8', 'save the file as UTF-8');
    }
    try {
      const value: unknown = JSON.parse(source);
      return value ?? problem('null', 'write an object { … }');
    } catch (error) {
      return problem(error instanceof Error ? jsonTrouble(error.message, source) : 'no JSON', MEND_JSON);
    }
  }
}
