/**
 * The course as its files stand, unchecked: for lists that are shown before the checks are loaded. `loadCourse`
 * reads the same files and says what is wrong with them.
 */
import type { Lesson } from './lesson.ts';
import type { Course, CourseFiles, CourseLesson } from './load.ts';

/** What lists of lessons are made from. */
export type CourseOutline = Pick<Course, 'tracks' | 'lessons' | 'facts'> & {
  /** Requirements of the arena. */
  readonly arena: readonly { readonly id: string }[];
};

/** `arena/NN-some-words.json`. */
export const ARENA_FILE = /^arena\/\d{2}-([a-z0-9-]{2,40})\.json$/;

/** Track, number and name of a lesson's file. */
export const LESSON_FILE = /^([a-z0-9-]+)\/(\d{2,3})-([a-z0-9-]+)\.json$/;

/** Folders of a course that hold no lessons, though their files are named alike. */
const NO_TRACKS: ReadonlySet<string> = new Set(['exam', 'arena']);

/** Where failure cases live: a track of every course that has some, named in `course.json` or not. */
export const LAB = 'lab';
const LAB_TRACK = { id: LAB, title: 'Failure lab' };

/** The course's tracks, and the failure lab where it has cases. */
export function tracksWith(
  tracks: Course['tracks'],
  byTrack: ReadonlyMap<string, readonly CourseLesson[]>,
): Course['tracks'] {
  const isNamed = tracks.some((track) => track.id === LAB);
  return isNamed || !byTrack.has(LAB) ? tracks : [...tracks, LAB_TRACK];
}

/** In the order of the tracks; tracks that the course does not name come last. */
export function lessonOrder(
  tracks: Course['tracks'],
  byTrack: ReadonlyMap<string, readonly CourseLesson[]>,
): readonly CourseLesson[] {
  const named = tracks.map((track) => track.id);
  const others = [...byTrack.keys()].filter((id) => !named.includes(id));
  return [...named, ...others].flatMap((id) => byTrack.get(id) ?? []);
}

/** Throws where a file is no JSON; members that are missing or of another type are not noticed. */
export function outlineOf(files: CourseFiles): CourseOutline {
  const json = <Value>(path: string): Value =>
    JSON.parse(new TextDecoder().decode(files.read(path))) as Value;
  const byTrack = new Map<string, CourseLesson[]>();
  const arena: { id: string }[] = [];
  for (const file of [...files.list()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))) {
    const requirement = ARENA_FILE.exec(file)?.[1];
    if (requirement !== undefined) arena.push({ id: requirement });
    const [, track, , name] = LESSON_FILE.exec(file) ?? [];
    if (track === undefined || name === undefined || NO_TRACKS.has(track)) continue;
    const others = byTrack.get(track) ?? [];
    byTrack.set(track, others);
    others.push({
      id: `${track}/${name}`,
      track,
      number: others.length + 1,
      file,
      lesson: json<Lesson>(file),
    });
  }
  const tracks = tracksWith(json<Pick<Course, 'tracks'>>('course.json').tracks, byTrack);
  const { facts } = json<Pick<Course, 'facts'>>('facts.json');
  return { tracks, lessons: lessonOrder(tracks, byTrack), facts, arena };
}
