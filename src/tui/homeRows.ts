/** The rows of the home screen's list: tracks that unfold, and what else can be opened. */
import type { ExamCard, HomeView, LessonCard, TrackCard } from './host.ts';
import type { UiState } from './store.ts';

export type HomeRow =
  | { readonly type: 'track'; readonly track: TrackCard; readonly open: boolean }
  | {
      readonly type: 'lesson';
      readonly track: TrackCard;
      readonly lesson: LessonCard;
      readonly place: number;
    }
  | { readonly type: 'rule' }
  | { readonly type: 'exam'; readonly exam: ExamCard }
  | { readonly type: 'arena'; readonly arena: HomeView['arena'] }
  | { readonly type: 'draw' }
  | { readonly type: 'sandbox'; readonly worlds: number };

const matches = (lesson: LessonCard, query: string): boolean => {
  const text = `${lesson.title} ${lesson.question}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
};

/** While something is searched, tracks show only the lessons that match. */
export function homeRows(view: HomeView, home: UiState['home']): readonly HomeRow[] {
  const rows: HomeRow[] = [];
  for (const track of view.tracks) {
    const lessons = track.lessons.map((lesson, index) => ({
      type: 'lesson' as const,
      track,
      lesson,
      place: index + 1,
    }));
    const found =
      home.find === undefined ? lessons : lessons.filter((row) => matches(row.lesson, home.find ?? ''));
    if (home.find !== undefined && found.length === 0) continue;
    const open = home.find !== undefined || isOpen(track, view, home);
    rows.push({ type: 'track', track, open });
    if (open) rows.push(...found);
  }
  if (home.find === undefined)
    rows.push(
      { type: 'rule' },
      { type: 'exam', exam: view.exam },
      ...(view.arena.of === 0 ? [] : [{ type: 'arena' as const, arena: view.arena }]),
      { type: 'draw' },
      { type: 'sandbox', worlds: view.saves.length },
    );
  return rows;
}

/** A track is open when the player unfolded it; at first the one where there is something to go on with. */
function isOpen(track: TrackCard, view: HomeView, home: UiState['home']): boolean {
  if (home.unfolded.length > 0) return home.unfolded.includes(track.id);
  const next =
    view.tracks.find((other) => other.lessons.some((lesson) => lesson.state !== 'done')) ?? view.tracks[0];
  return track.id === next?.id;
}

/** The lesson a new player should take, or the one begun last: where the cursor stands at first. */
function firstRow(rows: readonly HomeRow[]): number {
  const begun = rows.findIndex((row) => row.type === 'lesson' && row.lesson.state === 'begun');
  if (begun >= 0) return begun;
  const fresh = rows.findIndex((row) => row.type === 'lesson' && row.lesson.state === 'new');
  return Math.max(0, fresh);
}

/** Where the cursor stands; -1 in the state means "not moved yet". */
export const cursorOf = (rows: readonly HomeRow[], home: UiState['home']): number =>
  home.cursor < 0 ? firstRow(rows) : Math.min(home.cursor, rows.length - 1);
