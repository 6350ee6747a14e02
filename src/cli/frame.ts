/** `frame`: any screen printed once, without a terminal. */
import { splitScript } from '../command/splitScript.ts';
import type { GlobalFlags } from '../flags.ts';
import { readText } from '../platform/files.ts';
import { traits } from '../platform/terminal.ts';
import { focusPane } from '../tui/actions/panes.ts';
import type { PaneId } from '../tui/panesOf.ts';
import { panesOf } from '../tui/panesOf.ts';
import { renderFrame } from '../tui/renderFrame.tsx';
import { createShell } from '../tui/shell.ts';
import { type Exit, FAILED, Failed, GOOD, printRaw, Usage } from './exit.ts';
import { PlayHost } from './host.ts';
import { opener } from './play.ts';
import { pricesFrom } from './prices.ts';
import { play } from './run.ts';
import { settingsFor, themes } from './settings.ts';
import { filesOfScript, settingsFrom } from './world.ts';

interface FrameFlags extends GlobalFlags {
  readonly lesson?: string;
  readonly save?: string;
  readonly run?: string;
  readonly size?: string;
  readonly pane?: string;
}

export async function frame(flags: FrameFlags): Promise<Exit> {
  const [columns, rows] = sizeOf(flags.size ?? '120x36');
  const found = traits();
  // A picture that is asked for with a theme has its colours also when it goes into a file.
  const none = flags.plain === true || found.colourless;
  const colours = none ? 0 : flags.theme === undefined ? found.colours : 16_777_216;
  const terminal = {
    ...found,
    colours,
    unicode: found.unicode || flags.ascii !== true,
    fullScreen: false,
  } as const;
  const settings = settingsFor(flags, terminal);
  const host = new PlayHost(flags, settings);
  const shell = createShell(host, { size: () => ({ columns, rows }) });
  const good = open(host, shell, flags);
  host.attach(shell);
  if (flags.pane !== undefined) focusPane(shell, paneOf(flags.pane, shell.world()?.play !== undefined));
  const themeOf = await themes(settings, terminal);
  printRaw(renderFrame(shell, { theme: themeOf(settings), plain: flags.plain === true }));
  return good ? GOOD : FAILED;
}

function open(host: PlayHost, shell: ReturnType<typeof createShell>, flags: FrameFlags): boolean {
  if (flags.run !== undefined) {
    const lines = splitScript(readText(flags.run, 4 * 1_048_576));
    const script = { lines, readFile: filesOfScript(flags.run), prices: pricesFrom(flags.prices) };
    const { session, failure } = play(script, settingsFrom(flags));
    shell.show({ session, play: undefined });
    return failure === undefined;
  }
  if (flags.lesson !== undefined) opener(host, { type: 'lesson', id: flags.lesson })(shell);
  else if (flags.save !== undefined) opener(host, { type: 'sandbox', save: flags.save })(shell);
  return true;
}

function sizeOf(text: string): [number, number] {
  const [, columns, rows] = /^(\d{1,3})x(\d{1,3})$/.exec(text) ?? [];
  if (columns === undefined || rows === undefined || Number(columns) < 1 || Number(rows) < 1) {
    throw new Usage(`--size ${text}: write columns x rows, like 120x36`);
  }
  return [Number(columns), Number(rows)];
}

function paneOf(name: string, lesson: boolean): PaneId {
  const panes = panesOf(lesson);
  const found = panes.find((pane) => pane === name);
  if (found === undefined) throw new Failed(`there is no pane ${name} here; there are ${panes.join(', ')}`);
  return found;
}
