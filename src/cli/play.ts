/** `msg-playground`, `lesson` and `sandbox`: the screen, or lines where there is no terminal to paint on. */
import type { GlobalFlags } from '../flags.ts';
import { dataFolders } from '../platform/folders.ts';
import { onSignal, onTrouble } from '../platform/process.ts';
import { traits } from '../platform/terminal.ts';
import type { Shell } from '../tui/shell.ts';
import { complain, type Exit, FAILED, Failed, GOOD, WRONG_USAGE } from './exit.ts';
import { PlayHost } from './host.ts';
import { settingsFor, themes } from './settings.ts';

/** Where the player begins: a lesson, a world (a new one without a name), or home. */
export type Start =
  | { readonly type: 'home' }
  | { readonly type: 'lesson'; readonly id: string }
  | { readonly type: 'sandbox'; readonly save: string | undefined };

export const home = (flags: GlobalFlags): Promise<Exit> => begin(flags, { type: 'home' });

export const lesson = (flags: GlobalFlags, id?: string): Promise<Exit> =>
  begin(flags, id === undefined ? { type: 'home' } : { type: 'lesson', id });

export const sandbox = (flags: GlobalFlags, save?: string): Promise<Exit> =>
  begin(flags, { type: 'sandbox', save });

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
  const host = new PlayHost(flags, settings);
  const open = opener(host, start);
  const { runScreen } = await import('../tui/run.tsx');
  const edges = edgesFor(host);
  try {
    await runScreen({
      host,
      themeOf,
      stdin: process.stdin,
      stdout: process.stdout,
      start: (shell) => {
        open(shell);
        host.attach(shell);
      },
    });
  } catch (error) {
    edges.fail(error);
    return FAILED;
  }
  host.worlds.leaveAll();
  return GOOD;
}

/** Opens before the screen does, so that what cannot be opened is told on a terminal that is still itself. */
export function opener(host: PlayHost, start: Start): (shell: Shell) => void {
  if (start.type === 'home') return () => {};
  if (start.type === 'lesson') {
    const opened = host.openLesson(start.id);
    if (!opened.ok) throw new Failed(`${opened.why} msg-playground lessons list shows all.`);
    return (shell) => shell.show({ session: opened.value.session, play: opened.value });
  }
  const opened = host.openSandbox(start.save);
  if (!opened.ok) throw new Failed(opened.why);
  return (shell) => shell.show({ session: opened.value, play: undefined });
}

/** Whatever ends the program: the world is kept, and the terminal given back. */
export function edgesFor(host: PlayHost): { readonly fail: (error: unknown) => void } {
  const edges = {
    log: dataFolders().log,
    keep: () => host.worlds.flush(),
    giveBack: () => host.shell?.exit(),
  };
  onSignal(edges);
  return { fail: onTrouble(edges) };
}
