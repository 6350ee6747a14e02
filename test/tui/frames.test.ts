import { describe, expect, it } from 'vitest';
import { width } from '../../src/tui/paint/text.ts';
import { fitsIn } from '../../src/tui/renderFrame.tsx';
import { busySandbox, ScreenDriver, type Size } from '../support/screenDriver.ts';

const SIZES: readonly Size[] = [
  { columns: 240, rows: 70 },
  { columns: 160, rows: 45 },
  { columns: 120, rows: 36 },
  { columns: 120, rows: 20 },
  { columns: 100, rows: 30 },
  { columns: 80, rows: 24 },
  { columns: 79, rows: 24 },
  { columns: 60, rows: 16 },
];

const RECEIVE = 'aws sqs receive-message --queue-url orders';

/** Every screen and popover there is, each a way to get there. */
const SCREENS: Readonly<Record<string, () => ScreenDriver>> = {
  home: () => new ScreenDriver(),
  'home, searching': () => new ScreenDriver().press('/').type('first'),
  'an empty world': () => new ScreenDriver().sandbox(),
  'a busy world': () => busySandbox(),
  completion: () => busySandbox().type('aws sqs receive-message --'),
  'a refusal': () => busySandbox().run('aws sqs delete-message --queue-url orders --receipt-handle x'),
  'a typing error': () => busySandbox().run('aws sqs send-mesage --queue-url orders'),
  'a search of the history': () => busySandbox().press('ctrl-r').type('create'),
  messages: () => busySandbox().press('esc', '2', 'down'),
  events: () => busySandbox().press('esc', '3'),
  resources: () => busySandbox().press('esc', '4', 'down'),
  'the timeline': () => busySandbox().press('esc', 't', 'left', 'left', 'f'),
  'the past': () => busySandbox().press('left', 'left'),
  'a pane searched': () => busySandbox().press('esc', '2', '/').type('hello 1'),
  palette: () => busySandbox().press('ctrl-p').type('sen'),
  'palette, nothing found': () => busySandbox().press('ctrl-p').type('zzzz'),
  help: () => busySandbox().press('esc', '?'),
  'help in the prompt': () => busySandbox().press('f1'),
  kinds: () => busySandbox().press('esc', 'n'),
  'form of a queue': () => busySandbox().press('esc', 'n', 'enter', 'down', 'right'),
  'form of a producer': () => busySandbox().press('esc', 'n', 'down', 'enter'),
  'form of a consumer': () => busySandbox().press('esc', 'n', 'up', 'enter'),
  save: () => busySandbox().press('esc', 's').type('flash sale').press('enter'),
  open: () => busySandbox().press('esc', 'o'),
  quit: () => busySandbox().press('ctrl-c'),
  'a prediction': () => new ScreenDriver().lesson('sqs/visibility-timeout'),
  'a step': () => new ScreenDriver().lesson('sqs/visibility-timeout').press('a', 'enter'),
  'a step with hint and solution': () =>
    new ScreenDriver().lesson('sqs/visibility-timeout').press('a', 'enter', 'esc', 'h', 'h', 's'),
  'a goal reached': () =>
    new ScreenDriver().lesson('sqs/visibility-timeout').press('a', 'enter').run(RECEIVE),
  'free play': () => new ScreenDriver().lesson('sqs/visibility-timeout').press('p'),
  'the steps': () => new ScreenDriver().lesson('sqs/visibility-timeout').press('j'),
};

describe.each(Object.entries(SCREENS))('%s', (_name, open) => {
  const screen = open();

  it.each(SIZES)('fits $columns × $rows', ({ columns, rows }) => {
    const frame = screen.resize({ columns, rows }).frame();
    expect(frame.split('\n').length).toBe(rows);
    expect(fitsIn(frame, columns, rows)).toBe(true);
    expect(frame).not.toMatch(/undefined|NaN|\[object/);
  });

  it('ends its frames at the right edge', () => {
    const lines = screen.resize({ columns: 120, rows: 36 }).frame().split('\n');
    const body = lines.slice(1, -2);
    for (const line of body) expect(width(line), line).toBe(120);
  });

  it('says how to get help', () => {
    const last = screen.resize({ columns: 80, rows: 24 }).frame().split('\n').at(-1);
    expect(last).toMatch(/help|esc close/);
  });
});

describe('what a frame says', () => {
  it('needs no more than the picture to know what is hidden and until when', () => {
    const frame = busySandbox().frame();
    expect(frame).toMatch(/◐ \w{4} hello 3 +hidden +━+╾?─* +30\.0 s {2}you/);
    expect(frame).toContain('SQS orders');
    expect(frame).toContain('worker-1');
  });

  it('shows a refusal in AWS’s words', () => {
    const frame = SCREENS['a refusal']!().frame();
    expect(frame).toContain('╳ refused');
    expect(frame).toContain('An error occurred (ReceiptHandleIsInvalid)');
  });

  it('says that one looks at the past, and that acting forks', () => {
    const frame = SCREENS['the past']!().frame();
    expect(frame).toContain('◄ PAST');
    expect(frame).toContain('read-only: an act here forks');
  });

  it('folds a long answer and opens it with Enter on an empty line', () => {
    const screen = busySandbox({ columns: 120, rows: 60 });
    expect(screen.frame()).toMatch(/\+\d+ lines ⏎/);
    screen.press('enter');
    expect(screen.frame()).not.toMatch(/\+\d+ lines ⏎/);
    expect(screen.frame()).toContain('"Body": "hello 3"');
  });

  it('excuses itself when there is no room, and has kept all when there is again', () => {
    const screen = busySandbox().type('aws sqs li');
    expect(screen.resize({ columns: 50, rows: 12 }).frame()).toContain('needs 60 × 16, has 50 × 12');
    expect(screen.resize({ columns: 120, rows: 36 }).frame()).toContain('$ aws sqs li');
  });

  it('has no letter outside ASCII when ASCII is asked for', () => {
    const ascii = { settings: { ascii: true } } as const;
    const frames = [
      busySandbox({ columns: 120, rows: 36 }, ascii).frame(),
      new ScreenDriver({ columns: 120, rows: 36 }, ascii).frame(),
      busySandbox({ columns: 80, rows: 24 }, ascii).press('esc', 't').frame(),
      busySandbox({ columns: 120, rows: 36 }, ascii).press('esc', '?').frame(),
      busySandbox({ columns: 120, rows: 36 }, ascii).press('esc', 'n', 'enter').frame(),
      new ScreenDriver({ columns: 120, rows: 36 }, ascii).lesson('sqs/visibility-timeout').frame(),
    ];
    for (const frame of frames) expect(frame.match(/[^\n\x20-\x7e]/g) ?? []).toEqual([]);
  });

  it('lets no control character of a message reach the terminal', () => {
    const body = 'hi\u001b]52;c;AAAA\u0007\u001b[2J\u202efdp';
    const screen = new ScreenDriver().sandbox().run('aws sqs create-queue --queue-name orders');
    screen.session.enter(`aws sqs send-message --queue-url orders --message-body '${body}'`);
    screen.session.drain();
    screen.run(RECEIVE);
    const codes = screen.painted().replace(/\u001b\[[0-9;]*m/g, '');
    expect(codes.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/g) ?? []).toEqual([]);
  });
});
