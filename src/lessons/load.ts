/**
 * Reads a course from its files: `course.json`, `facts.json`, and one JSON file a lesson. Pure over `CourseFiles`;
 * what is wrong is collected, never thrown, and what is right can still be played.
 */
import type { z } from 'zod';
import { formProblems } from '../projection/formProblems.ts';
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
import { LAB, LESSON_FILE, lessonOrder, tracksWith } from './outline.ts';
import { errorIn, type Problem } from './problem.ts';
import { applyTranslation } from './translation.ts';

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

export interface CourseBank {
  readonly file: string;
  readonly bank: Bank;
}

export interface Course {
  readonly title: string;
  readonly language: string;
  readonly allowSkip: boolean;
  readonly tracks: CourseFile['tracks'];
  /** In the order of the tracks, then of their numbers. */
  readonly lessons: readonly CourseLesson[];
  readonly facts: readonly Fact[];
  readonly banks: readonly CourseBank[];
  readonly problems: readonly Problem[];
  /** The course's copy of `lesson.schema.json`, where it has one. */
  readonly schema: unknown;
  /** Its copy of `exam.schema.json`, likewise. */
  readonly examSchema: unknown;
  /** What `file://NAME` reaches in a lesson of this track. */
  fileOf(track: string, name: string): Uint8Array | undefined;
}

export const lessonOf = (course: Course, id: string): CourseLesson | undefined =>
  course.lessons.find((lesson) => lesson.id === id);

const TRANSLATION_FILE = /^(.+)\.([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)\.json$/;
export const SCHEMA_FILE = 'lesson.schema.json';
export const EXAM_SCHEMA_FILE = 'exam.schema.json';
const FILES_MAX = 2_000;
/** A name below `files/`: no way out of the folder. */
const FILE_NAME = /^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_./-]{0,100}$/;

/** `locale`: show texts in this language where the course has them. */
export function loadCourse(files: CourseFiles, locale?: string): Course {
  const problems: Problem[] = [];
  const reader = new Reader(files, problems);
  const header = reader.json('course.json', courseFormat);
  const facts = files.list().includes('facts.json') ? reader.json('facts.json', factsFormat) : undefined;
  const schema = reader.has(SCHEMA_FILE) ? reader.rawJson(SCHEMA_FILE) : undefined;
  const examSchema = reader.has(EXAM_SCHEMA_FILE) ? reader.rawJson(EXAM_SCHEMA_FILE) : undefined;
  const paths = [...files.list()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).slice(0, FILES_MAX);
  const tracks = header?.tracks ?? [];
  const banks: CourseBank[] = [];
  const byTrack = new Map<string, CourseLesson[]>();
  for (const path of paths) {
    if (path.startsWith('exam/') && path.endsWith('.json')) {
      const bank = reader.json(path, bankFormat);
      if (bank !== undefined) banks.push({ file: path, bank });
      continue;
    }
    const found = lessonFile(path, problems);
    if (found === undefined) continue;
    const { track, id } = found;
    if (header !== undefined && track !== LAB && !tracks.some((each) => each.id === track)) {
      problems.push(errorIn(path, '(its folder)', track, 'add the track to course.json, or move the file'));
    }
    const lesson = reader.json(path, lessonFormat);
    if (lesson === undefined) continue;
    const shown = locale === undefined ? lesson : translated(reader, path, lesson, locale);
    const others = byTrack.get(track) ?? [];
    if (others.some((other) => other.id === id)) {
      problems.push(
        errorIn(path, '(its name)', `a second lesson ${id}`, 'give it another name: numbers do not count'),
      );
      continue;
    }
    others.push({ id, track, number: others.length + 1, file: path, lesson: shown });
    byTrack.set(track, others);
  }
  const allTracks = tracksWith(tracks, byTrack);
  return {
    title: header?.title ?? 'A course that cannot be read',
    language: header?.language ?? 'en',
    allowSkip: header?.allowSkip ?? true,
    tracks: allTracks,
    lessons: lessonOrder(allTracks, byTrack),
    facts: facts?.facts ?? [],
    banks,
    problems,
    schema,
    examSchema,
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
  const known = ['course.json', 'facts.json', SCHEMA_FILE, EXAM_SCHEMA_FILE].includes(path);
  const nested = path.includes('/files/') || TRANSLATION_FILE.test(path);
  if (!known && !nested && path.endsWith('.json')) {
    problems.push(errorIn(path, '(its name)', 'a name no lesson has', 'name it TRACK/NN-some-words.json'));
  }
  return undefined;
}

function translated(reader: Reader, path: string, lesson: Lesson, locale: string): Lesson {
  const file = path.replace(/\.json$/, `.${locale}.json`);
  return reader.has(file) ? applyTranslation(lesson, reader.rawJson(file)) : lesson;
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
      return problem(`${bytes.length} bytes`, `at most ${FILE_BYTES_MAX} bytes`);
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
      return problem(error instanceof Error ? error.message : 'no JSON', 'mend the JSON at this place');
    }
  }
}
