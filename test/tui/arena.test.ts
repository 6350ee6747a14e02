/** The arena on the screen. */
import { beforeAll, describe, expect, it } from 'vitest';
import { openRequirement } from '../../src/tui/actions/arena.ts';
import { fitsIn } from '../../src/tui/renderFrame.tsx';
import { ScreenDriver, type Size } from '../support/screenDriver.ts';

const WIDE: Size = { columns: 120, rows: 36 };
const SIZES: readonly Size[] = [WIDE, { columns: 80, rows: 24 }, { columns: 60, rows: 16 }];
const PLAIN_QUEUE = [
  'aws sqs create-queue --queue-name in --attributes VisibilityTimeout=20',
  'app create-consumer --name billing --from queue/in --concurrency 4 --wait 0 --pause 200ms',
];
const FIFO = [
  'aws sqs create-queue --queue-name in.fifo --attributes FifoQueue=true,VisibilityTimeout=20',
  'app create-consumer --name billing --from queue/in.fifo --concurrency 4',
];

const begun = (size = WIDE, lines: readonly string[] = []): ScreenDriver => {
  const screen = new ScreenDriver(size);
  openRequirement(screen.shell, 'charge-once');
  for (const line of lines) screen.run(line);
  return screen;
};

describe('the arena', () => {
  it('is opened from home by key, row and palette, and left with esc', () => {
    const screen = new ScreenDriver(WIDE);
    expect(screen.frame()).toMatch(/Arena +12 designs to wire/);
    const list = screen.press('a').frame();
    expect(list).toContain('msg-playground › arena');
    expect(list).toMatch(/Charge each card once +not tried/);
    expect(list).toContain('What matters');
    expect(screen.press('esc').frame()).toContain('Learn');
    expect(screen.press('ctrl-p').type('enter the arena').press('enter').frame()).toContain('› arena');
  });

  it('reads on where the requirement is longer than its pane, and no further than its end', () => {
    const screen = new ScreenDriver({ columns: 60, rows: 16 }).press('a');
    expect(screen.frame()).not.toContain('Judged 90 s after');
    for (let page = 0; page < 20; page++) screen.press('pagedown');
    expect(screen.frame()).toContain('Judged 90 s after');
    expect(screen.press('down').shell.store.get().arena).toEqual({ cursor: 1, scroll: 0 });
  });

  it('opens a world with the requirement beside it', () => {
    const screen = new ScreenDriver(WIDE).press('a', 'enter');
    const frame = screen.frame();
    expect(frame).toMatch(/Arena 1\/12 › Charge each card once/);
    expect(frame).toContain('1 Requirement');
    expect(frame).toContain('A shop sends 10 payments a second');
    expect(frame).toContain('build, then: arena judge');
    expect(screen.press('esc', 'q').frame()).toMatch(/Charge each card once +begun/);
  });

  describe.each(SIZES)('at $columns × $rows', (size) => {
    it('fits: list, world, score card, reference', () => {
      const fits = (screen: ScreenDriver): void =>
        expect(fitsIn(screen.frame(), size.columns, size.rows)).toBe(true);
      fits(new ScreenDriver(size).press('a'));
      const screen = begun(size, PLAIN_QUEUE);
      fits(screen);
      fits(screen.press('esc', 'J'));
      expect(screen.frame()).toContain('Score card');
      fits(screen.press('v'));
    });
  });
});

describe('a design that is judged', () => {
  let screen: ScreenDriver;
  beforeAll(() => {
    screen = begun(WIDE, PLAIN_QUEUE);
    screen.press('esc', 'J');
  });

  it('has a score card that says what was lost, why, and what the reference does', () => {
    const frame = screen.frame();
    expect(frame).toMatch(/Your design +[━╾─]+ \d+ of 100/);
    expect(frame).toMatch(/Reference +[━╾─]+ \d+ of 100/);
    expect(frame).toMatch(/out of order +0% +\d[\d.]*% +[\d.]+\/30 +0% +30\/30/);
    expect(frame).toMatch(/points lost: Only groups and shards keep an order\./);
  });

  it('leaves the world alone', () => {
    expect(screen.session.view().resources.map(({ id }) => id)).toEqual(['queue/in', 'app/billing']);
    expect(screen.press('esc').frame()).toMatch(/Your design \d+\/100/);
    expect(screen.press('i').run('aws sqs list-queues').frame()).toMatch(/Your design/);
  });

  it('keeps the best score for the list, and the world as it was left', () => {
    const best = screen.shell.world()?.arena?.view().best;
    expect(best).toBeLessThan(60);
    screen.press('esc', 'q');
    expect(screen.frame()).toMatch(new RegExp(`Charge each card once +best ${best}`));
    expect(screen.press('enter').session.view().resources).toHaveLength(2);
  });
});

describe('the reference design', () => {
  it('opens as a world of its own, is judged without a score for the learner, and gives way again', () => {
    const screen = begun(WIDE).press('esc', 'v');
    expect(screen.frame()).toMatch(/› Charge each card once › the reference design/);
    expect(screen.session.view().resources.map(({ id }) => id)).toContain('queue/in.fifo');
    screen.press('esc', 'J');
    expect(screen.frame()).toMatch(/Reference +[━╾─]+ \d+ of 100/);
    expect(screen.shell.world()?.arena?.view().best).toBeUndefined();
    screen.press('v');
    expect(screen.session.view().resources).toEqual([]);
  });
});

describe('a world that was tried out before it is judged', () => {
  it('scores as an untried one, and says what still lay in its queues', () => {
    const tried = begun(WIDE, FIFO).pass(30_000);
    const judged = tried.shell.world()?.arena?.judge();
    expect(judged).toMatchObject({ ok: true, heldBefore: 0 });
    expect(judged?.ok && judged.total).toBeGreaterThanOrEqual(90);
    tried.run(
      'aws sqs send-message --queue-url in.fifo --message-body x --message-group-id a --message-deduplication-id a',
    );
    expect(tried.shell.world()?.arena?.view().outdated).toBe(true);
    tried.press('esc', 'J');
    expect(tried.frame()).toContain('1 message was in the queues before the load');
  });

  it('is not judged in its past, and begins again empty', () => {
    const screen = begun(WIDE, FIFO).pass(5_000);
    screen.session.back();
    expect(screen.shell.world()?.arena?.judge()).toMatchObject({
      ok: false,
      why: expect.stringContaining('past'),
    });
    expect(screen.press('esc', 'R').session.view().resources).toEqual([]);
  });
});
