/** The practice exam on the screen: keys in, frames out. */
import { describe, expect, it } from 'vitest';
import { beginExam, openExam } from '../../src/tui/actions/exam.ts';
import { goHome } from '../../src/tui/actions/home.ts';
import { fitsIn } from '../../src/tui/renderFrame.tsx';
import { examSecond } from '../../src/tui/useExamClock.ts';
import { ScreenDriver, type Size } from '../support/screenDriver.ts';

const WIDE: Size = { columns: 120, rows: 36 };
const SIZES: readonly Size[] = [
  { columns: 60, rows: 16 },
  { columns: 80, rows: 24 },
  WIDE,
  { columns: 200, rows: 50 },
];

const runOf = (screen: ScreenDriver) => screen.shell.exam()!.run!;

/** The letters of the right answers to the question on the screen, or as many wrong ones. */
function letters(screen: ScreenDriver, right = true): string[] {
  const run = runOf(screen);
  const view = run.view();
  const { choices } = run.questions[view.index]!.question;
  const wanted = view.question.choices.flatMap(({ index }, row) =>
    (choices[index]?.right === true) === right ? [String.fromCharCode(97 + row)] : [],
  );
  return wanted.slice(0, view.question.choose);
}

const practice = (size: Size = WIDE, paper = {}): ScreenDriver => {
  const screen = new ScreenDriver(size);
  beginExam(screen.shell, { mode: 'practice', seed: 2, count: 3, ...paper });
  return screen;
};

describe('the practice exam', () => {
  it('is opened from home by its key, by its row, and by the palette', () => {
    const byKey = new ScreenDriver(WIDE).press('e');
    expect(byKey.frame()).toContain('msg-playground › exam');
    expect(byKey.frame()).toMatch(/Timed exam +65 questions, 130 min/);
    const home = new ScreenDriver(WIDE);
    expect(home.frame()).toMatch(/Practice exam +on every fact/);
    expect(home.press('ctrl-p').type('practice exam').press('enter').frame()).toContain(
      'msg-playground › exam',
    );
    expect(byKey.press('esc').frame()).toContain('Learn');
  });

  it('asks, takes the answer, and shows every reason and where it is seen', () => {
    const screen = practice();
    const each = runOf(screen).questions[0]!.question;
    expect(screen.frame()).toContain('Question 1 of 3');
    screen.press(...letters(screen, false), 'enter');
    const frame = screen.frame().replace(/\s+/g, ' ');
    expect(frame).toContain('✗ not so');
    expect(frame).toContain(each.fact);
    for (const { because } of each.choices) expect(frame).toContain(because.slice(0, 25));
    expect(screen.press('enter').frame()).toContain('Question 2 of 3');
  });

  it('does not take half an answer where two are asked for', () => {
    const screen = practice(WIDE, { count: 60 });
    const two = runOf(screen).questions.findIndex(({ question }) => question.choices.length === 5);
    for (let at = 0; at < two; at++) screen.press('right');
    expect(screen.frame()).toContain('Choose two.');
    screen.press(letters(screen)[0]!, 'enter');
    expect(screen.frame()).toContain('Mark 2 with their letters, or with space.');
    screen.press(letters(screen)[1]!, 'enter');
    expect(screen.frame()).toContain('✓ right');
  });

  it('ends after the last answer with a result by service, and its questions can be looked at again', () => {
    const screen = practice();
    for (const right of [true, false, true]) screen.press(...letters(screen, right), 'enter', 'enter');
    expect(screen.frame()).toContain('2 of 3 right, 66%');
    expect(screen.frame()).toContain('not passed');
    expect(screen.frame()).toMatch(/Missed.*1 fact/);
    screen.press('enter');
    expect(screen.frame()).toContain('Question 2 of 3');
    expect(screen.frame()).toContain('✗ not so');
    screen.press('H');
    expect(screen.frame()).toContain('2 of 3 right');
    screen.press('esc');
    expect(screen.frame()).toMatch(/2026-01-05 practice +2\/3 +66%/);
    expect(screen.press('esc').frame()).toContain('Practice exam');
  });

  it('opens the step that shows the answer, and comes back to the question', () => {
    const screen = practice(WIDE, { service: 'SQS', count: 1, seed: 5 });
    screen.press('s');
    expect(screen.frame()).toContain('The answer comes first.');
    screen.press(...letters(screen), 'enter');
    const place = screen.shell.exam()!.showOf(runOf(screen).questions[0]!.name)!;
    expect(place.type).toBe('step');
    screen.press('s');
    const play = screen.shell.world()?.play?.view();
    expect(place).toMatchObject({ lesson: play?.id, index: play?.stepIndex });
    goHome(screen.shell);
    expect(screen.shell.world()).toBeUndefined();
    expect(screen.frame()).toContain('Question 1 of 1');
  });

  it('opens the pane of the world that a question names', () => {
    const screen = practice(WIDE, { service: 'Around', count: 15, seed: 1 });
    const at = runOf(screen).questions.findIndex(
      ({ question }) => question.show === 'world/write-buffer#stage',
    );
    expect(at).toBeGreaterThanOrEqual(0);
    for (let step = 0; step < at; step++) screen.press('right');
    screen.press(...letters(screen), 'enter', 's');
    expect(screen.session.name).toBe('write-buffer');
    expect(screen.shell.store.get().focus).toBe('stage');
  });

  it('is put aside with esc, offered on home, and gone on with', () => {
    const screen = practice();
    screen.press(...letters(screen), 'enter', 'enter', 'esc');
    expect(screen.frame()).toMatch(/Go on: practice +1 of 3 answered/);
    screen.press('esc');
    expect(screen.frame()).toMatch(/Practice exam, question 2 of 3/);
    screen.press('c');
    expect(screen.frame()).toContain('Question 2 of 3');
  });

  it('feeds the Facts pane', () => {
    const screen = practice();
    const { fact } = runOf(screen).questions[0]!.question;
    screen
      .press(...letters(screen, false), 'enter', 'esc', 'esc', 'f', '/')
      .type(fact)
      .press('enter');
    expect(screen.frame()).toMatch(new RegExp(`${fact}.*missed`));
  });
});

describe('a timed paper', () => {
  const timed = (size: Size = WIDE) => {
    let now = 0;
    const screen = new ScreenDriver(size, { wall: () => now });
    beginExam(screen.shell, { mode: 'timed', seed: 4 });
    return {
      screen,
      pass(ms: number) {
        now += ms;
        examSecond(screen.shell);
      },
    };
  };

  it('tells the time that is left, and no reason before the end', () => {
    const { screen, pass } = timed();
    expect(screen.frame()).toMatch(/question 1\/65 +left 2 h 10 m/);
    pass(9_000_000 - 1_800_000);
    expect(screen.frame()).toMatch(/left 10 m/);
    screen.press(...letters(screen));
    expect(screen.frame()).toContain('1 of 65 answered');
    expect(screen.press('s').frame()).toContain('The answer comes first.');
    expect(screen.press('enter').frame()).toContain('Question 2 of 65');
    screen.press('left');
    expect(screen.frame()).toMatch(/◆ [a-e]/);
  });

  it('asks before it is handed in with open questions', () => {
    const { screen } = timed();
    screen.press(...letters(screen), 'm', 'H');
    expect(screen.frame().replace(/[\s│]+/g, ' ')).toContain(
      '64 questions have no answer yet, and would count as',
    );
    screen.press('enter');
    expect(runOf(screen).finished).toBe(false);
    screen.press('H', 'up', 'enter');
    expect(screen.frame()).toContain('1 of 65 right, 1%');
    expect(screen.frame()).toContain('64 without an answer');
  });

  it('is taken away when its time has run out', () => {
    const { screen, pass } = timed();
    screen.press('H');
    pass(130 * 60_000);
    expect(screen.frame()).toContain('The 130 minutes were over');
  });
});

describe('every screen of the exam', () => {
  it.each(SIZES)('fits $columns × $rows, with every answer in reach', (size) => {
    const screen = new ScreenDriver(size);
    openExam(screen.shell);
    const fits = (): void => expect(fitsIn(screen.frame(), size.columns, size.rows)).toBe(true);
    fits();
    beginExam(screen.shell, { mode: 'practice', seed: 8, count: 3 });
    for (let at = 0; at < 3; at++) {
      const count = runOf(screen).view().question.choices.length;
      screen.press('up');
      fits();
      expect(screen.frame()).toMatch(new RegExp(`▸ [○◆] ${String.fromCharCode(96 + count)} `));
      screen.press(...letters(screen, at % 2 === 0), 'enter');
      fits();
      screen.press(...Array.from({ length: 4 }, () => 'pagedown'));
      expect(screen.frame()).toMatch(/opens it|shows it yet/);
      screen.press('enter');
    }
    expect(screen.frame()).toMatch(/\d+ of 3 right/);
    fits();
  });

  it('can be read without Unicode', () => {
    const screen = new ScreenDriver({ columns: 80, rows: 24 }, { settings: { ascii: true } });
    beginExam(screen.shell, { mode: 'practice', seed: 8, count: 2 });
    screen.press(...letters(screen), 'enter');
    expect(screen.frame()).toMatch(/v right/);
    expect([...screen.frame()].filter((letter) => letter > '~')).toEqual([]);
  });
});
