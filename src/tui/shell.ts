/**
 * The live things behind the screen in one place: the host, what the player looks at, and the world being played.
 * Handlers of keys get it, and nothing else.
 */
import type { ArenaPlay } from '../lessons/arenaPlay.ts';
import type { ExamDesk } from '../lessons/examDesk.ts';
import type { Session } from '../session/sessionTypes.ts';
import type { Completion, Host, LessonPlay } from './host.ts';
import type { PaneId } from './panesOf.ts';
import type { UiState, UiStore } from './store.ts';
import { createStore, initialState } from './store.ts';

export interface World {
  readonly session: Session;
  readonly play: LessonPlay | undefined;
  /** The requirement that is built for, in the arena. */
  readonly arena?: ArenaPlay | undefined;
}

/** A lesson's text, or a requirement, stands beside the world. */
export const hasColumn = (world: World | undefined): boolean =>
  world?.play !== undefined || world?.arena !== undefined;

export interface Shell {
  readonly host: Host;
  readonly store: UiStore;
  world(): World | undefined;
  /** Shows a world; undefined goes home. */
  show(world: World | undefined): void;
  /** The desk of the practice exam while it stands on the screen, or behind a world that was opened from it. */
  exam(): ExamDesk | undefined;
  /** Shows the exam; undefined: leaves it, for home. */
  showExam(desk: ExamDesk | undefined): void;
  /** One sentence for the player; the next key takes it away. */
  notice(text: string): void;
  /** What may stand at the prompt's cursor now. */
  completion(): Completion;
  /** Leaves the program. */
  exit(): void;
  /** Paints the whole screen anew. */
  redraw(): void;
  /** Something changed that no store tells of: a second of the exam has passed. */
  refresh(): void;
  /** Gives the terminal back until the player returns. */
  suspend(): void;
  size(): { readonly columns: number; readonly rows: number };
  subscribe(listener: () => void): () => void;
  /** Grows with every change that a screen could show. */
  version(): number;
}

export interface ShellOptions {
  readonly size: () => { readonly columns: number; readonly rows: number };
  readonly exit?: () => void;
  readonly redraw?: () => void;
  readonly suspend?: () => void;
  readonly state?: Partial<UiState>;
}

const NOTHING: Completion = { from: 0, to: 0, items: [], ghost: '', status: '', complete: false, title: '' };

/** Asks the host only when the line or the world changed. */
function rememberCompletion(
  host: Host,
): (world: World | undefined, text: string, cursor: number) => Completion {
  let key = '';
  let last = NOTHING;
  return (world, text, cursor) => {
    if (world === undefined) return NOTHING;
    const now = `${world.session.version} ${cursor} ${text}`;
    if (now === key) return last;
    key = now;
    last = host.complete(world.session, text, cursor);
    return last;
  };
}

export function createShell(host: Host, options: ShellOptions): Shell {
  const store = createStore({ ...initialState(), ...options.state });
  const listeners = new Set<() => void>();
  let world: World | undefined;
  let desk: ExamDesk | undefined;
  let version = 0;
  let release = (): void => {};
  const complete = rememberCompletion(host);
  const changed = (): void => {
    version++;
    for (const listener of [...listeners]) listener();
  };
  store.subscribe(changed);
  host.subscribe?.(changed);
  return {
    host,
    store,
    world: () => world,
    show(next) {
      release();
      if (world?.play !== undefined && world.play !== next?.play) world.play.close();
      const releases =
        next === undefined
          ? []
          : [next.session.subscribe(changed), next.play?.subscribe(changed), next.arena?.subscribe(changed)];
      release = () => {
        for (const one of releases) one?.();
      };
      world = next;
      store.update((state) => enter(state, next, desk !== undefined));
      changed();
    },
    exam: () => desk,
    showExam(next) {
      desk = next;
      store.update((state) => {
        state.screen = next === undefined ? 'home' : 'exam';
        state.answer = { cursor: 0, chosen: [] };
        state.popover = undefined;
      });
      changed();
    },
    notice: (text) =>
      store.update((state) => {
        state.notice = text;
      }),
    completion: () => complete(world, store.get().line.text, store.get().line.cursor),
    exit: () => options.exit?.(),
    redraw: () => options.redraw?.(),
    refresh: changed,
    suspend: () => options.suspend?.(),
    size: options.size,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    version: () => version,
  };
}

/** A world opens with the prompt focused; home keeps its cursor, and the exam its place. */
function enter(state: UiState, world: World | undefined, inExam: boolean): void {
  const fresh = initialState();
  const recent: PaneId[] = hasColumn(world) ? ['lesson', 'stage'] : ['stage'];
  Object.assign(state, fresh, {
    screen: world !== undefined ? 'world' : inExam ? 'exam' : 'home',
    home: state.home,
    exam: state.exam,
    draw: state.draw,
    arena: state.arena,
    // Back from the step of a fact, its list stands where it was.
    focus: world === undefined && state.home.facts ? 'facts' : fresh.focus,
    panes: { ...fresh.panes, facts: state.panes.facts },
    factsShown: state.factsShown,
    history: historyOf(world) ?? state.history,
    recent,
  });
}

/** A world that was kept brings its own lines back; a new one goes on with those of the day. */
function historyOf(world: World | undefined): string[] | undefined {
  const lines = (world?.session.console() ?? [])
    .filter((entry) => entry.by === 'you')
    .map((entry) => entry.line);
  return lines.length === 0 ? undefined : lines.filter((line, index) => line !== lines[index - 1]);
}
