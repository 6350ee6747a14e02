/** Opens the screen on a terminal and stays until the player leaves. The caller has made sure that it is a terminal. */
import { render } from 'ink';
import { App } from './app.tsx';
import type { Host, Settings } from './host.ts';
import type { Theme } from './paint/theme.ts';
import { createShell, type Shell } from './shell.ts';

export interface RunOptions {
  readonly host: Host;
  readonly themeOf: (settings: Settings) => Theme;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Opens a lesson or a world before the first frame. */
  readonly start?: (shell: Shell) => void;
  /** The alternate screen is shown already, with a first picture on it. */
  readonly entered?: boolean;
  /** Told of each painted frame, for the meter. */
  readonly onRender?: (renderMs: number) => void;
}

/** Resolves when the player has left; rejects with the error that ended the screen. */
export async function runScreen(options: RunOptions): Promise<void> {
  const { host, stdout } = options;
  let leave = (): void => {};
  let suspend = async (_: () => Promise<void>): Promise<void> => {};
  const shell = createShell(host, {
    size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
    exit: () => {
      const session = shell.world()?.session;
      if (session !== undefined) host.leave(session);
      leave();
    },
    redraw: () => void suspend(async () => {}),
    suspend: () => {
      if (host.suspend !== undefined) void suspend(host.suspend);
    },
  });
  options.start?.(shell);
  const release = options.entered === true ? paintOver(stdout) : undefined;
  const app = render(
    <App
      shell={shell}
      themeOf={options.themeOf}
      onReady={(ready) => {
        leave = () => ready.exit();
        suspend = ready.suspendTerminal;
      }}
    />,
    {
      stdin: options.stdin,
      stdout,
      exitOnCtrlC: false,
      interactive: true,
      alternateScreen: true,
      incrementalRendering: true,
      maxFps: 60,
      patchConsole: false,
      kittyKeyboard: { mode: 'auto' },
      onRender: ({ renderTime }) => options.onRender?.(renderTime),
    },
  );
  release?.();
  await app.waitUntilExit();
}

const ENTER = '\x1b[?1049h';
const BEGIN_FRAME = '\x1b[?2026h';

/**
 * Keeps Ink from entering the alternate screen a second time, which would blank the first picture; its own first
 * frame begins by clearing that. Gives back what ends this: once `render` has painted.
 */
function paintOver(stdout: NodeJS.WriteStream): () => void {
  const own = Object.getOwnPropertyDescriptor(stdout, 'write');
  const write = stdout.write.bind(stdout);
  stdout.write = ((text: string): boolean => {
    if (text === ENTER) return true;
    return write(text === BEGIN_FRAME ? `${BEGIN_FRAME}\x1b[H\x1b[J` : text);
  }) as typeof stdout.write;
  return () => {
    if (own === undefined) Reflect.deleteProperty(stdout, 'write');
    else Object.defineProperty(stdout, 'write', own);
  };
}
