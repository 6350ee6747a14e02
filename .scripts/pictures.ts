/**
 * Draws the README's pictures from the real program, in a real pseudo-terminal: `npm run pictures`. Build first.
 * A scene is a list of acts; a film keeps each screen that differs from the one before.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TerminalProgram } from '../test/support/terminal.ts';
import { type Frame, screenRows, terminalSvg } from './terminalSvg.ts';

const IMAGES = '.github/images';
const SIZE = { columns: 120, rows: 34 } as const;
const LOOK_EVERY_MS = 40;
/** A picture is painted in one go, which arrives in pieces. */
const PAINTED_AFTER_MS = 30;
/** A person types about so fast. */
const KEY_EVERY_MS = 45;
/** The last screen stands a while before the film begins again. */
const END_STANDS_MS = 3_000;

type Act =
  | { readonly press: string }
  | { readonly type: string }
  | { readonly see: string }
  | { readonly look: number };

interface Scene {
  readonly name: string;
  readonly title: string;
  readonly args: readonly string[];
  readonly film: boolean;
  readonly acts: readonly Act[];
}

const ENTER = '\r';
const LEFT = '\u001B[D';
const line = (text: string, look = 1_500): Act[] => [
  { type: text },
  { look: 400 },
  { press: ENTER },
  { look },
];

const SCENES: readonly Scene[] = [
  {
    name: 'lesson',
    title: 'A lesson: two workers charge one payment, because the message comes back before the work is done',
    args: ['lesson', 'sqs/charged-twice'],
    film: false,
    acts: [
      { see: 'Predict' },
      { type: 'b' },
      { press: ENTER },
      { see: 'Stage' },
      ...line("aws sqs send-message --queue-url payments --message-body 'Ana pays 30'"),
      { look: 8_000 },
    ],
  },
  {
    name: 'tour',
    title:
      'A queue is made and put under load; a consumer is too slow; the clock stops, goes back, and says why',
    args: ['sandbox', '--delivery', 'calm', '--seed', '7'],
    film: true,
    acts: [
      { see: 'This world is empty' },
      { look: 1_000 },
      ...line('aws sqs create-queue --queue-name orders --attributes VisibilityTimeout=5'),
      ...line('app create-producer --name web --to queue/orders --rate 2/s', 800),
      ...line('app create-consumer --name worker --from queue/orders --time 1500ms', 800),
      { press: ' ' },
      { look: 9_000 },
      { press: ' ' },
      { look: 1_500 },
      ...Array.from({ length: 6 }, (): Act[] => [{ press: LEFT }, { look: 350 }]).flat(),
      ...line('aws sqs receive-message --queue-url orders', 2_000),
      ...line('why queue/orders', 3_000),
    ],
  },
];

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

async function shoot({ name, title, args, film, acts }: Scene): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'msg-playground-pictures-'));
  const program = new TerminalProgram(process.execPath, ['dist/main.js', ...args], {
    ...SIZE,
    env: { MSG_PLAYGROUND_HOME: home },
  });
  const frames: Frame[] = [];
  let rows: readonly string[] | undefined;
  let since = performance.now();
  const keep = (): void => {
    const now = performance.now();
    if (rows !== undefined) frames.push({ rows, stands: now - since });
    since = now;
  };
  const watch = (): void => {
    if (program.quietFor < PAINTED_AFTER_MS) return;
    const seen = screenRows(program.screen);
    if (rows?.join() === seen.join()) return;
    keep();
    rows = seen;
  };
  let camera: NodeJS.Timeout | undefined;
  for (const act of acts) {
    if ('see' in act) {
      await program.shows(act.see);
      if (film) camera ??= setInterval(watch, LOOK_EVERY_MS);
    } else if ('look' in act) await pause(act.look);
    else if ('press' in act) program.press(act.press);
    else {
      for (const key of act.type) {
        program.press(key);
        await pause(KEY_EVERY_MS);
      }
    }
  }
  clearInterval(camera);
  watch();
  since = performance.now() - END_STANDS_MS;
  keep();
  program.kill('SIGTERM');
  await program.ended();
  rmSync(home, { recursive: true, force: true });
  writeFileSync(join(IMAGES, `${name}.svg`), terminalSvg(frames, SIZE.columns, title));
  process.stdout.write(`${IMAGES}/${name}.svg: ${frames.length} frames\n`);
}

const wanted = process.argv.slice(2);
for (const scene of SCENES) if (wanted.length === 0 || wanted.includes(scene.name)) await shoot(scene);
