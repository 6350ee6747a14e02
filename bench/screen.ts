/** B17: frames of the screen at 200 × 60, with a busy world. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { PlayHost } from '../src/cli/host.ts';
import { makeTheme } from '../src/tui/paint/theme.ts';
import { runScreen } from '../src/tui/run.tsx';
import type { Shell } from '../src/tui/shell.ts';
import { atMost, type Bench, percentile } from './measure.ts';
import { machineFactor } from './reference/loop.ts';

const WARM_UP = 60;
const FRAMES = 150;
/** Budgets of Node 24; older ones have their own. */
const isModern = Number(process.versions.node.split('.')[0]) >= 24;
const [MEAN, P95] = isModern ? [20, 33] : [45, 70];

const LINES = [
  'sqs create-queue --queue-name orders',
  'sqs create-queue --queue-name mails',
  'sqs create-queue --queue-name bills',
  ...['orders', 'mails', 'bills'].flatMap((queue) => [
    `app create-producer --name to-${queue} --to queue/${queue} --rate 12/s`,
    `app create-consumer --name from-${queue} --from queue/${queue} --concurrency 6 --time 300ms..1s`,
  ]),
];

/** A terminal of 200 × 60 that counts what is written to it. */
class CountingTerminal extends PassThrough {
  readonly columns = 200;
  readonly rows = 60;
  readonly isTTY = true;
  bytes = 0;

  constructor() {
    super();
    this.on('data', (data: Buffer) => {
      this.bytes += data.length;
    });
  }

  hasColors(): boolean {
    return true;
  }

  getColorDepth(): number {
    return 24;
  }
}

class Keyboard extends PassThrough {
  readonly isTTY = true;
  isRaw = false;
  setRawMode(raw: boolean): this {
    this.isRaw = raw;
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

interface Screen {
  readonly terminal: CountingTerminal;
  readonly keyboard: Keyboard;
  readonly shell: Shell;
  readonly frames: number[];
  readonly ended: Promise<void>;
}

function open(): Screen {
  const terminal = new CountingTerminal();
  const keyboard = new Keyboard();
  const frames: number[] = [];
  const settings = { theme: 'dark', fps: 20, ascii: false } as const;
  const host = new PlayHost({}, settings);
  let shell: Shell | undefined;
  const ended = runScreen({
    host,
    themeOf: () => makeTheme({ name: 'dark', depth: 'truecolor', ascii: false }),
    stdin: keyboard as unknown as NodeJS.ReadStream,
    stdout: terminal as unknown as NodeJS.WriteStream,
    start: (opened) => {
      shell = opened;
      const world = host.openSandbox();
      if (!world.ok) throw new Error(world.why);
      for (const line of LINES) {
        world.value.enter(line);
        world.value.drain();
      }
      world.value.resume();
      opened.show({ session: world.value, play: undefined });
      host.attach(opened);
    },
    onRender: (ms) => frames.push(ms),
  });
  return { terminal, keyboard, shell: shell!, frames, ended };
}

/** Until so many frames have been painted; an error when the screen stands still. */
async function painted(screen: Screen, count: number): Promise<void> {
  const start = performance.now();
  while (screen.frames.length < count) {
    await sleep(5);
    if (performance.now() - start > 120_000)
      throw new Error(`only ${screen.frames.length} frames in two minutes`);
  }
}

/** Milliseconds from a key to the next painted frame. */
async function keyToFrame(screen: Screen, key: string): Promise<number> {
  const before = screen.terminal.bytes;
  const start = performance.now();
  screen.keyboard.write(key);
  while (screen.terminal.bytes === before) {
    if (performance.now() - start > 5_000) return Number.POSITIVE_INFINITY;
    await sleep(1);
  }
  return performance.now() - start;
}

export const screenFrames: Bench = {
  name: 'B17',
  title: 'frames at 200 × 60',
  async run() {
    const home = mkdtempSync(join(tmpdir(), 'msg-playground-bench-'));
    process.env.MSG_PLAYGROUND_HOME = home;
    const screen = open();
    const session = screen.shell.world()!.session;
    await painted(screen, WARM_UP);
    screen.frames.length = 0;
    screen.terminal.bytes = 0;
    await painted(screen, FRAMES);
    const frames = screen.frames.slice(0, FRAMES);
    const bytes = screen.terminal.bytes / screen.frames.length / 1_024;
    session.pause();
    await sleep(1_500);
    const still = screen.terminal.bytes;
    await sleep(1_500);
    const idle = screen.terminal.bytes - still;
    const keys: number[] = [];
    for (let count = 0; count < 40; count++) {
      keys.push(await keyToFrame(screen, 'a'));
      await sleep(60);
    }
    screen.shell.exit();
    await screen.ended;
    rmSync(home, { recursive: true, force: true });
    const factor = machineFactor();
    const mean = frames.reduce((sum, ms) => sum + ms, 0) / frames.length;
    const wall = (ms: number): string => ` (${ms.toFixed(0)} ms here)`;
    return [
      atMost('a frame, mean', mean / factor, MEAN, 'ms', wall(mean)),
      atMost('a frame, p95', percentile(frames, 0.95) / factor, P95, 'ms', wall(percentile(frames, 0.95))),
      atMost('written for a frame', bytes, 8, 'KB'),
      atMost('written while nothing changes', idle, 0, 'B'),
      atMost('key to frame, p95', percentile(keys, 0.95) / factor, 50, 'ms', wall(percentile(keys, 0.95))),
    ];
  },
};
