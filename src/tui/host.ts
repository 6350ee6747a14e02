/**
 * What the screen asks of the program around it. `main` implements it; tests and `frame` use a small one of their own.
 */
import type { ResourceView } from '../contract/view.ts';
import type { Instant } from '../engine/units.ts';
import type { ArenaDesk } from '../lessons/arenaDesk.ts';
import type { DrawingTest } from '../lessons/drawingTest.ts';
import type { ExamDesk } from '../lessons/examDesk.ts';
import type { FactGroup } from '../lessons/factSheet.ts';
import type { Block } from '../lessons/markdown.ts';
import type { QuestionView } from '../lessons/questions.ts';
import type { Pacer } from '../session/pacer.ts';
import type { Done, Session } from '../session/sessionTypes.ts';

/** One thing that may be typed next. */
export interface CompletionItem {
  readonly text: string;
  /** Shown instead where `text` is long: `a1f3 hello #1` for a receipt handle. */
  readonly label?: string | undefined;
  /** What it is: a service, an operation, an option, a value. */
  readonly kind: string;
  /** Its range or type: "0–20 s", "list". */
  readonly range?: string | undefined;
  readonly purpose?: string | undefined;
  readonly required?: boolean | undefined;
}

/** What may stand between `from` and `to` of the line. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly items: readonly CompletionItem[];
  /** What belongs after the cursor to make the line complete; empty when nothing does. */
  readonly ghost: string;
  /** In words, for the right end of the prompt's row. */
  readonly status: string;
  /** Nothing required is missing. */
  readonly complete: boolean;
  /** The operation or group the items belong to. */
  readonly title: string;
}

export interface LessonCard {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly minutes: number;
  readonly state: 'new' | 'begun' | 'done';
  /** While begun: the step, counted from 1, and how many there are. */
  readonly step?: { readonly at: number; readonly of: number } | undefined;
  readonly teaches: readonly { readonly id: string; readonly title: string; readonly proved: boolean }[];
  readonly after: readonly { readonly title: string; readonly done: boolean }[];
}

export interface TrackCard {
  readonly id: string;
  readonly title: string;
  readonly lessons: readonly LessonCard[];
}

/** One entry of "Continue", newest first. */
export interface ContinueCard {
  readonly kind: 'lesson' | 'save' | 'exam';
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly when: string;
}

export interface FactsCard {
  readonly service: string;
  readonly facts: readonly { readonly id: string; readonly state: 'proved' | 'review' | 'new' }[];
}

export interface SaveCard {
  readonly name: string;
  readonly about: string;
  readonly when: string;
}

/** What home says of the practice exam. */
export interface ExamCard {
  /** Missed facts that come back now, and in all. */
  readonly due: number;
  readonly missed: number;
  /** The paper that was put aside: "5 of 20 answered". */
  readonly aside: string | undefined;
  /** The last result: "14 of 20 right, 70%". */
  readonly last: string | undefined;
}

export interface HomeView {
  readonly tracks: readonly TrackCard[];
  readonly continues: readonly ContinueCard[];
  readonly facts: readonly FactsCard[];
  /** All of them, with what is known of each. */
  readonly factSheet: readonly FactGroup[];
  readonly exam: ExamCard;
  /** Requirements of the arena: how many there are, how many were tried, the mean of their best scores. */
  readonly arena: { readonly of: number; readonly tried: number; readonly mean: number };
  /** Worlds of the player, newest first, then those of the gallery. */
  readonly saves: readonly SaveCard[];
}

export interface StepView {
  readonly title: string;
  readonly state: 'done' | 'skipped' | 'now' | 'todo';
}

/** One part of what is still to be reached. */
export interface TodoView {
  readonly text: string;
  readonly met: boolean;
  /** When time alone can bring it: from when, and when. */
  readonly since?: Instant | undefined;
  readonly due?: Instant | undefined;
}

/** What remains when all steps are done. */
export interface CompletedView {
  readonly takeaways: readonly (readonly Block[])[];
  readonly facts: readonly { readonly id: string; readonly statement: string }[];
  readonly steps: readonly {
    readonly title: string;
    readonly state: 'done' | 'skipped';
    /** Time of the world from the step's start until its goal was met. */
    readonly tookMs: number | undefined;
    readonly note: string;
  }[];
  readonly predictions: { readonly right: number; readonly of: number };
  readonly review: { readonly right: number; readonly of: number };
  /** Names the run, for whoever wants to compare it. */
  readonly run: string;
  readonly next?: NextLesson | undefined;
  readonly track: { readonly title: string; readonly done: number; readonly of: number };
  readonly factsProved: { readonly service: string; readonly proved: number; readonly of: number };
}

interface NextLesson {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly minutes: number;
}

export interface LessonView {
  readonly id: string;
  readonly title: string;
  /** "SQS 3/13". */
  readonly place: string;
  readonly steps: readonly StepView[];
  readonly stepIndex: number;
  /**
   * `predict`: a question comes first. `doing`: the goal is not met yet. `reached`: it is, the learner goes on when
   * ready. `spoiled`: something happened that makes the goal impossible. `review`: questions on the whole lesson.
   * `completed`: all is behind.
   */
  readonly phase: 'predict' | 'doing' | 'reached' | 'spoiled' | 'review' | 'completed';
  readonly text: readonly Block[];
  /** What happened and why, once the goal is met. */
  readonly afterwards: readonly Block[];
  readonly spoiled: string;
  /** The step's question, or the review's that is asked now. */
  readonly question: QuestionView | undefined;
  readonly review: { readonly index: number; readonly of: number } | undefined;
  readonly todo: readonly TodoView[];
  readonly hintsShown: readonly (readonly Block[])[];
  readonly hintCount: number;
  /** Command lines, once the learner asked for them. */
  readonly solution: readonly string[] | undefined;
  /** Command lines of the step's text, to copy. */
  readonly commands: readonly string[];
  /** Facts the step proved. */
  readonly proved: readonly { readonly id: string; readonly statement: string }[];
  readonly freePlay: boolean;
  /** An error of the lesson itself. */
  readonly problem: string | undefined;
  readonly completed: CompletedView | undefined;
}

/** A lesson being played. Every change shows in `view()` and is told to who subscribed. */
export interface LessonPlay {
  /** Another one after `resetLesson`. */
  readonly session: Session;
  subscribe(listener: () => void): () => void;
  view(): LessonView;
  /** Answers the question asked now: the choices' places in the file. */
  answer(choices: readonly number[]): Done;
  /** From `reached` to the next step, and from an answered question to the next. */
  goOn(): Done;
  hint(): Done;
  showSolution(): Done;
  skip(): Done;
  resetStep(): Done;
  resetLesson(): Done;
  jump(step: number): Done;
  freePlay(): Done;
  /** Back from free play: with what happened there, or with the world as it was. */
  comeBack(keep: boolean): Done;
  close(): void;
}

export type ThemeChoice = 'auto' | 'dark' | 'light' | 'high-contrast' | 'blue-orange' | 'ansi';

export interface Settings {
  readonly theme: ThemeChoice;
  /** Frames a second while something moves; 0 for no motion. */
  readonly fps: number;
  readonly ascii: boolean;
  /** Of lessons, where they are translated: `de`. */
  readonly language?: string;
}

export type Opened<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: string };

/** A world to look at. */
export interface Preview {
  readonly resources: readonly ResourceView[];
  readonly now: number;
}

export interface Host {
  /** Wall time in milliseconds; only differences count. */
  wall(): number;
  home(): HomeView;
  openLesson(id: string): Opened<LessonPlay>;
  /** The desk of the practice exam. */
  openExam(): Opened<ExamDesk>;
  /** The arena: requirements, and the worlds that were begun for them. */
  openArena(): Opened<ArenaDesk>;
  /** The drawing test, with the player's own picture where one was given. */
  openDrawing(): Opened<DrawingTest>;
  /** What stands on a lesson's stage as it begins; nothing is recorded. */
  readonly preview?: ((id: string) => Preview | undefined) | undefined;
  /** A save's name, a gallery world's, or nothing for a new world. */
  openSandbox(name?: string): Opened<Session>;
  save(session: Session, name: string): Done;
  /** Called when the player leaves a world: the last chance to keep it. */
  leave(session: Session): void;
  complete(session: Session, text: string, cursor: number): Completion;
  readonly settings: Settings;
  /** Of the course: its own language, then those it is translated into. Absent until the course is read. */
  readonly languages?: readonly string[] | undefined;
  change(settings: Settings): void;
  /** Puts a text on the terminal's clipboard. */
  copy(text: string): void;
  /** Gives the terminal back until the player returns. Absent where that cannot be done. */
  readonly suspend?: (() => Promise<void>) | undefined;
  /** Who already lets this world's time follow the wall, together with the screen. */
  readonly pacerOf?: ((session: Session) => Pacer | undefined) | undefined;
  /** Tells when the host answers otherwise than before without having been asked to. */
  readonly subscribe?: ((listener: () => void) => () => void) | undefined;
}
