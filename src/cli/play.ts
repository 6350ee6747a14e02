/** `msg-playground`, `lesson` and `sandbox`: the screen, or lines where there is no terminal to paint on. */
import type { GlobalFlags } from '../flags.ts';
import type { DrawnPicture } from '../lessons/drawingPictures.ts';
import type { PaperOptions } from '../lessons/examDesk.ts';
import { later } from '../platform/clock.ts';
import { dataFolders } from '../platform/folders.ts';
import { onSignal, onTrouble } from '../platform/process.ts';
import { GIVE_BACK, traits } from '../platform/terminal.ts';
import { openArena, openRequirement } from '../tui/actions/arena.ts';
import { beginDraw, type DrawStart } from '../tui/actions/draw.ts';
import { beginExam } from '../tui/actions/exam.ts';
import type { Host, Settings } from '../tui/host.ts';
import type { Theme } from '../tui/paint/theme.ts';
import type { Shell } from '../tui/shell.ts';
import { complain, type Exit, FAILED, Failed, GOOD, WRONG_USAGE } from './exit.ts';
import { firstHome } from './firstHome.ts';
import { HomeHost } from './homeHost.ts';
import type { PlayHost } from './host.ts';
import { settingsFor, themes } from './settings.ts';

/** Where the player begins: a lesson, a world (a new one without a name), or home, with one track unfolded. */
export type Start =
  | { readonly type: 'home'; readonly track?: string }
  | { readonly type: 'lesson'; readonly id: string }
  | { readonly type: 'sandbox'; readonly save: string | undefined }
  /** The desk of the practice exam, or a paper that is drawn at once. */
  | { readonly type: 'exam'; readonly paper: PaperOptions | undefined }
  /** The arena's list of requirements, or the world of one. */
  | { readonly type: 'arena'; readonly id: string | undefined }
  /** The drawing test, with a picture of the player's own. */
  | { readonly type: 'draw'; readonly chosen: DrawStart & { readonly own: DrawnPicture | undefined } };

export const home = (flags: GlobalFlags): Promise<Exit> => begin(flags, { type: 'home' });

export const homeAt = (flags: GlobalFlags, track: string): Promise<Exit> =>
  begin(flags, { type: 'home', track });

export const lesson = (flags: GlobalFlags, id?: string): Promise<Exit> =>
  begin(flags, id === undefined ? { type: 'home' } : { type: 'lesson', id });

export const sandbox = (flags: GlobalFlags, save?: string): Promise<Exit> =>
  begin(flags, { type: 'sandbox', save });

export async function examOnScreen(flags: GlobalFlags, paper: PaperOptions | undefined): Promise<Exit> {
  if (flags.plain !== true) return begin(flags, { type: 'exam', paper });
  const [{ examInLines }, { examDesk }, { courseFor }] = await Promise.all([
    import('./examPlain.ts'),
    import('./exam.ts'),
    import('./course.ts'),
  ]);
  return examInLines(examDesk(flags), courseFor(flags).facts, paper);
}

export const drawOnScreen = (
  flags: GlobalFlags,
  chosen: DrawStart & { readonly own: DrawnPicture | undefined },
): Promise<Exit> => begin(flags, { type: 'draw', chosen });

export const arenaOnScreen = (flags: GlobalFlags, id: string | undefined): Promise<Exit> =>
  begin(flags, { type: 'arena', id });

async function begin(flags: GlobalFlags, start: Start): Promise<Exit> {
  if (flags.plain === true) {
    const { playPlain } = await import('./plain.ts');
    return playPlain(flags, start);
  }
  const terminal = traits();
  if (!terminal.fullScreen) {
    const { commandLine } = await import('../flags.ts');
    process.stderr.write(commandLine(() => {}).helpInformation());
    complain(`${terminal.why}; --plain plays in lines, run and frame need no terminal`);
    return WRONG_USAGE;
  }
  const settings = settingsFor(flags, terminal);
  const themeOf = await themes(settings, terminal);
  const { host, open, afterwards, watchFrom } = await hostFor(flags, settings, start);
  let stopWatching = (): void => {};
  const edges = edgesFor(host);
  let isPainted = false;
  let callOff = (): void => {};
  try {
    // Keys wait, unseen, until the screen takes them: no Ctrl+Z may stop the program with a picture half there.
    process.stdin.setRawMode(true);
    const entered = isPlainHome(start) && (await showFirst(host, themeOf(settings)));
    const { runScreen } = await import('../tui/run.tsx');
    await runScreen({
      host,
      themeOf,
      stdin: process.stdin,
      stdout: process.stdout,
      entered,
      start: (shell) => {
        open(shell);
        host.attach(shell);
        stopWatching = watchFrom?.() ?? stopWatching;
      },
      onLeave: () => callOff(),
      onRender: () => {
        if (!isPainted) callOff = later(SETTLE_MS, () => void afterwards?.().catch(edges.fail));
        isPainted = true;
      },
    });
  } catch (error) {
    edges.fail(error);
    return FAILED;
  }
  stopWatching();
  host.shell?.exam()?.leave();
  host.worlds?.leaveAll();
  return GOOD;
}

/** After the first frame, keys that were pressed already come first: the worlds take the processor for a while. */
const SETTLE_MS = 250;

interface Begun {
  readonly host: HomeHost | PlayHost;
  readonly open: (shell: Shell) => void;
  /** For authors: begins to look at the course's files; what comes back ends it. */
  readonly watchFrom?: (() => () => void) | undefined;
  /** What is left to load once the first frame is painted. */
  readonly afterwards?: () => Promise<void>;
}

/** Shows home while the rest of the program is still loading. False where it cannot be shown. */
async function showFirst(host: Host, theme: Theme): Promise<boolean> {
  const { firstFrame } = await import('../tui/firstFrame.ts');
  const { stdout } = process;
  const frame = firstFrame(host, theme, stdout.columns, stdout.rows);
  if (frame === undefined) return false;
  stdout.write(`\x1b[?1049h\x1b[?25l\x1b[H${frame}`);
  return true;
}

/** Home needs no world: it is painted before all that makes one is loaded. */
async function hostFor(flags: GlobalFlags, settings: Settings, start: Start): Promise<Begun> {
  const first = start.type === 'home' ? firstHome(flags) : undefined;
  if (first !== undefined) {
    const host = new HomeHost(flags, settings, first);
    return { host, open: unfolding(start), afterwards: () => host.load() };
  }
  const { PlayHost } = await import('./host.ts');
  const host = new PlayHost(flags, settings);
  if (flags.watch !== true) return { host, open: opener(host, start) };
  const { watchCourse } = await import('./reloading.ts');
  const watchFrom = () => watchCourse(host, flags);
  return { host, open: opener(host, start), watchFrom };
}

/** The frame that is shown while the program loads unfolds no track of one's choice. */
const isPlainHome = (start: Start): boolean => start.type === 'home' && start.track === undefined;

/** Home with a track unfolded, where one is named. */
function unfolding(start: Start): (shell: Shell) => void {
  if (start.type !== 'home' || start.track === undefined) return () => {};
  const { track } = start;
  return (shell) => {
    shell.store.update((state) => {
      state.home.unfolded = [track];
    });
  };
}

/** Opens before the screen does, so that what cannot be opened is told on a terminal that is still itself. */
export function opener(host: PlayHost, start: Start): (shell: Shell) => void {
  if (start.type === 'home') return unfolding(start);
  if (start.type === 'lesson') {
    const opened = host.openLesson(start.id);
    if (!opened.ok) throw new Failed(`${opened.why} msg-playground lessons list shows all.`);
    return (shell) => shell.show({ session: opened.value.session, play: opened.value });
  }
  if (start.type === 'exam') return (shell) => beginExam(shell, start.paper);
  if (start.type === 'arena') {
    const { id } = start;
    return (shell) => {
      if (id === undefined) openArena(shell);
      else if (!openRequirement(shell, id)) shell.notice(`There is no requirement ${id}.`);
    };
  }
  if (start.type === 'draw') {
    host.ownPicture = start.chosen.own;
    return (shell) => beginDraw(shell, start.chosen);
  }
  const opened = host.openSandbox(start.save);
  if (!opened.ok) throw new Failed(opened.why);
  return (shell) => shell.show({ session: opened.value, play: undefined });
}

/** Whatever ends the program: the world is kept, and the terminal given back. */
export function edgesFor(host: Pick<HomeHost, 'worlds' | 'shell'>): {
  readonly fail: (error: unknown) => void;
} {
  const edges = {
    log: dataFolders().log,
    keep: () => {
      host.shell?.exam()?.leave();
      host.worlds?.flush();
    },
    giveBack: () => {
      if (host.shell === undefined) process.stdout.write(GIVE_BACK);
      else host.shell.exit();
    },
  };
  onSignal(edges);
  return { fail: onTrouble(edges) };
}
