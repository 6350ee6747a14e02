/** A real program in a real pseudo-terminal, and a real terminal emulator that reads what it paints. */
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What the program finds in TERM. */
  readonly name?: string;
}

/** Generous: a loaded machine is slow, and a test that waits for nothing fails by its own words. */
const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 25;

export class TerminalProgram {
  readonly #pty: IPty;
  readonly screen: xterm.Terminal;
  #exit: { code: number; signal: number | undefined } | undefined;
  #wroteAt = 0;
  /** Every byte that the program wrote. */
  written = '';

  constructor(command: string, args: readonly string[], options: TerminalOptions = {}) {
    const { columns: cols = 120, rows = 36, name = 'xterm-256color' } = options;
    this.screen = new xterm.Terminal({ cols, rows, allowProposedApi: true, scrollback: 1000 });
    this.#pty = spawn(command, [...args], {
      cols,
      rows,
      name,
      env: { ...cleanEnvironment(), ...options.env },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    this.#pty.onData((data) => {
      this.written += data;
      this.#wroteAt = performance.now();
      this.screen.write(data);
    });
    this.#pty.onExit(({ exitCode, signal }) => {
      this.#exit = { code: exitCode, signal: signal || undefined };
    });
  }

  /** Milliseconds since it last wrote. */
  get quietFor(): number {
    return performance.now() - this.#wroteAt;
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** The rows of the screen as text, without trailing blanks. */
  get rows(): string[] {
    const { buffer, rows } = this.screen;
    return Array.from({ length: rows }, (_, row) =>
      (buffer.active.getLine(buffer.active.baseY + row)?.translateToString(true) ?? '').trimEnd(),
    );
  }

  get text(): string {
    return this.rows.join('\n');
  }

  get onAlternateScreen(): boolean {
    return this.screen.buffer.active.type === 'alternate';
  }

  get pastesBracketed(): boolean {
    return this.screen.modes.bracketedPasteMode;
  }

  press(keys: string): void {
    this.#pty.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.screen.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  kill(signal: string): void {
    this.#pty.kill(signal);
  }

  /** Waits until the screen shows this; fails with the screen as it is. */
  async shows(wanted: string | RegExp): Promise<void> {
    const there = (): boolean =>
      typeof wanted === 'string' ? this.text.includes(wanted) : wanted.test(this.text);
    await this.#until(there, () => `the screen never showed ${wanted}:\n${this.text}`);
  }

  /** Waits for the end; gives the exit code. */
  async ended(): Promise<{ readonly code: number; readonly signal: number | undefined }> {
    await this.#until(
      () => this.#exit !== undefined,
      () => `the program did not end:\n${this.text}`,
    );
    // What was written last is still on its way to the emulator.
    await new Promise<void>((resolve) => this.screen.write('', resolve));
    return this.#exit!;
  }

  async #until(done: () => boolean, otherwise: () => string): Promise<void> {
    for (let waited = 0; !done(); waited += LOOK_EVERY_MS) {
      if (waited > PATIENCE_MS) {
        this.#pty.kill('SIGKILL');
        throw new Error(otherwise());
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}

/** As a person's shell has it: not as a test runner's. */
function cleanEnvironment(): Record<string, string> {
  const { CI, NO_COLOR, FORCE_COLOR, NODE_ENV, VITEST, TMUX, ...rest } = process.env;
  void [CI, NO_COLOR, FORCE_COLOR, NODE_ENV, VITEST, TMUX];
  return { ...(rest as Record<string, string>), COLORTERM: 'truecolor', LANG: 'C.UTF-8' };
}
