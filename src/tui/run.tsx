/** Opens the screen on a terminal and stays until the player leaves. The caller has made sure that it is a terminal. */
import { render } from 'ink';
import { App } from './app.tsx';
import type { Host, Settings } from './host.ts';
import { shortCodes } from './paint/shortCodes.ts';
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
  /** Told when the player leaves, before the terminal is given back. */
  readonly onLeave?: () => void;
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
      options.onLeave?.();
      leave();
    },
    redraw: () => void suspend(async () => {}),
    suspend: () => {
      if (host.suspend !== undefined) void suspend(host.suspend);
    },
  });
  options.start?.(shell);
  const output = writeShort(stdout, options.entered === true);
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
  output.painted();
  try {
    await app.waitUntilExit();
  } finally {
    output.end();
  }
}

const ENTER = '\x1b[?1049h';
const BEGIN_FRAME = '\x1b[?2026h';

/**
 * Everything that is written goes out with short codes. Where a first picture is there already, Ink is kept from
 * entering the alternate screen a second time, which would blank that; its own first frame begins by clearing it.
 */
function writeShort(
  stdout: NodeJS.WriteStream,
  entered: boolean,
): { readonly painted: () => void; readonly end: () => void } {
  const own = Object.getOwnPropertyDescriptor(stdout, 'write');
  const write = stdout.write.bind(stdout) as (chunk: unknown, ...rest: unknown[]) => boolean;
  let paintOver = entered;
  stdout.write = ((chunk: unknown, ...rest: unknown[]): boolean => {
    if (paintOver && chunk === ENTER) return true;
    if (paintOver && chunk === BEGIN_FRAME) return write(`${BEGIN_FRAME}\x1b[H\x1b[J`);
    return write(typeof chunk === 'string' ? shortCodes(chunk) : chunk, ...rest);
  }) as typeof stdout.write;
  return {
    painted: () => {
      paintOver = false;
    },
    end: () => {
      if (own === undefined) Reflect.deleteProperty(stdout, 'write');
      else Object.defineProperty(stdout, 'write', own);
    },
  };
}
