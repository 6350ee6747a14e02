/**
 * What the terminal can do, and giving it back as it was. Read once, before anything that paints is loaded: chalk
 * looks at the environment when it is imported.
 */
import type { ReadStream, WriteStream } from 'node:tty';

export interface TerminalTraits {
  /** Both ends are a terminal that can be painted on. */
  readonly fullScreen: boolean;
  /** Why not, when it is not. */
  readonly why?: string;
  readonly unicode: boolean;
  readonly colours: 0 | 16 | 256 | 16_777_216;
  /** Somebody said NO_COLOR. */
  readonly colourless: boolean;
  readonly columns: number;
  readonly rows: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** chalk ignores NO_COLOR (no-color.org: any value that is not empty). Call before it is loaded. */
export function obeyNoColour(environment: NodeJS.ProcessEnv = process.env): void {
  if ((environment.NO_COLOR ?? '') !== '') environment.FORCE_COLOR = '0';
}

export function traits(
  environment: Environment = process.env,
  input: Pick<ReadStream, 'isTTY'> = process.stdin,
  output: Pick<WriteStream, 'isTTY' | 'columns' | 'rows'> = process.stdout,
  platform: string = process.platform,
): TerminalTraits {
  const why = whyNotFullScreen(environment, input, output);
  return {
    fullScreen: why === undefined,
    ...(why === undefined ? {} : { why }),
    unicode: hasUnicode(environment, platform),
    colours: coloursOf(environment, output.isTTY === true),
    colourless: isColourless(environment),
    columns: output.columns ?? 80,
    rows: output.rows ?? 24,
  };
}

function whyNotFullScreen(
  environment: Environment,
  input: { readonly isTTY?: boolean },
  output: { readonly isTTY?: boolean },
): string | undefined {
  if (input.isTTY !== true) return 'the input is not a terminal';
  if (output.isTTY !== true) return 'the output is not a terminal';
  if (environment.TERM === 'dumb') return 'this terminal (TERM=dumb) cannot place its cursor';
  return undefined;
}

/** The locale says so; Windows by the terminals that are known to. */
function hasUnicode(environment: Environment, platform: string): boolean {
  if (platform === 'win32') {
    return (
      environment.WT_SESSION !== undefined ||
      environment.TERM_PROGRAM === 'vscode' ||
      /^xterm/.test(environment.TERM ?? '')
    );
  }
  if (environment.TERM === 'linux') return false;
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
  // Without any locale most terminals of today show UTF-8; C and POSIX say ASCII in so many words.
  return locale === '' || /utf-?8/i.test(locale);
}

const isColourless = (environment: Environment): boolean =>
  (environment.NO_COLOR ?? '') !== '' || environment.FORCE_COLOR === '0';

function coloursOf(environment: Environment, isTerminal: boolean): TerminalTraits['colours'] {
  if (isColourless(environment)) return 0;
  if (environment.FORCE_COLOR === '3') return 16_777_216;
  if (environment.FORCE_COLOR === '2') return 256;
  if (environment.FORCE_COLOR !== undefined && environment.FORCE_COLOR !== '') return 16;
  if (!isTerminal || environment.TERM === 'dumb') return 0;
  if (/truecolor|24bit/.test(environment.COLORTERM ?? '')) return 16_777_216;
  if (environment.WT_SESSION !== undefined) return 16_777_216;
  if (/-256(color)?$/.test(environment.TERM ?? '')) return 256;
  return 16;
}

/** Is a colour, as a terminal answers OSC 11, light? Undefined when it is no answer. */
export function isLightAnswer(answer: string): boolean | undefined {
  const [, red, green, blue] = /\x1b\]11;rgba?:([0-9a-f]+)\/([0-9a-f]+)\/([0-9a-f]+)/i.exec(answer) ?? [];
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  const part = (hex: string): number => Number.parseInt(hex, 16) / (16 ** hex.length - 1);
  return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue) > 0.5;
}

/**
 * Asks the terminal for its background, for at most `patience` milliseconds. What else arrives meanwhile (somebody
 * types already) is put back for the next reader.
 */
export async function askBackground(patience = 100): Promise<'light' | 'dark' | undefined> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) return undefined;
  const wasRaw = stdin.isRaw;
  return await new Promise((resolve) => {
    let heard = '';
    const done = (): void => {
      clearTimeout(timer);
      stdin.off('data', listen);
      stdin.pause();
      stdin.setRawMode(wasRaw);
      const typed = heard.replace(/\x1b\]11;[^\x07\x1b]*(\x07|\x1b\\)?/, '').replace(/\x1b\[\?[\d;]*c/, '');
      if (typed !== '') stdin.unshift(Buffer.from(typed, 'latin1'));
      const light = isLightAnswer(heard);
      resolve(light === undefined ? undefined : light ? 'light' : 'dark');
    };
    const listen = (data: Buffer): void => {
      heard += data.toString('latin1');
      // Every terminal answers the second question; those that know the first one answer it before.
      if (/\x1b\[\?[\d;]*c/.test(heard)) done();
    };
    const timer = setTimeout(done, patience);
    stdin.setRawMode(true);
    stdin.on('data', listen);
    stdin.resume();
    stdout.write('\x1b]11;?\x1b\\\x1b[c');
  });
}

/** Stops the program as Ctrl+Z does in a shell, and returns when it goes on. */
export async function stopUntilContinued(): Promise<void> {
  if (process.platform === 'win32') return;
  // A signal alone does not keep a program running: without the timer it could end before it hears of going on.
  const alive = setInterval(() => {}, 1_000);
  await new Promise<void>((resolve) => {
    process.once('SIGCONT', () => resolve());
    process.kill(process.pid, 'SIGTSTP');
  });
  clearInterval(alive);
}

/** Leaves the alternate screen, shows the cursor, ends bracketed paste, mouse reports and kitty's keys: a last resort. */
export const GIVE_BACK = '\x1b[?2004l\x1b[<u\x1b[?1000l\x1b[?1006l\x1b[?25h\x1b[?1049l\x1b[0m';
