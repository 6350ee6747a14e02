/** What the keys of the practice exam do: at its desk, on a paper, on its result. */
import type { ShowPlace } from '../../lessons/examBank.ts';
import type { ExamDesk, PaperOptions } from '../../lessons/examDesk.ts';
import type { ExamRun, Told } from '../../lessons/examRun.ts';
import { type DeskRow, deskRows } from '../examDeskRows.ts';
import { ASKED_PANES, panesOf } from '../panesOf.ts';
import type { Shell } from '../shell.ts';
import type { UiState } from '../store.ts';
import { goHome, openLesson, openSandbox } from './home.ts';
import { focusPane, openPane } from './panes.ts';

/** Opens the desk; undefined where it cannot be opened yet. */
function deskOf(shell: Shell): ExamDesk | undefined {
  const opened = shell.host.openExam();
  if (opened.ok) return opened.value;
  shell.notice(opened.why);
  return undefined;
}

function enter(shell: Shell, desk: ExamDesk, page: UiState['exam']['page']): void {
  if (shell.world() !== undefined) goHome(shell);
  shell.showExam(desk);
  goTo(shell, page);
}

const goTo = (shell: Shell, page: UiState['exam']['page']): void =>
  shell.store.update((state) => {
    state.exam = { page, cursor: 0, scroll: 0 };
    state.answer = { cursor: 0, chosen: [] };
  });

export function openExam(shell: Shell): void {
  const desk = deskOf(shell);
  if (desk !== undefined) enter(shell, desk, 'desk');
}

/** With a paper at once, or at the desk. */
export function beginExam(shell: Shell, paper: PaperOptions | undefined): void {
  openExam(shell);
  if (paper !== undefined) lay(shell, (desk) => desk.begin(paper));
}

export function goOnWithExam(shell: Shell): void {
  openExam(shell);
  lay(shell, (desk) => desk.resume());
}

function lay(shell: Shell, act: (desk: ExamDesk) => Told): void {
  const desk = shell.exam();
  if (desk === undefined) return;
  const told = act(desk);
  if (!told.ok) {
    shell.notice(told.why);
    return;
  }
  goTo(shell, 'paper');
  showMarks(shell);
}

/** The paper is put aside, and home is shown. */
export function closeExam(shell: Shell): void {
  shell.exam()?.leave();
  shell.showExam(undefined);
}

/** From the paper, or its result, back to the desk. */
export function toDesk(shell: Shell): void {
  shell.exam()?.leave();
  goTo(shell, 'desk');
}

// At the desk.

const rowsOf = (shell: Shell): readonly DeskRow[] => {
  const desk = shell.exam();
  return desk === undefined ? [] : deskRows(desk.view());
};

export function moveAtDesk(shell: Shell, by: number): void {
  const { length } = rowsOf(shell);
  shell.store.update((state) => {
    state.exam.cursor = Math.max(0, Math.min(length - 1, state.exam.cursor + by));
  });
}

export function chooseAtDesk(shell: Shell): void {
  const row = rowsOf(shell)[shell.store.get().exam.cursor];
  if (row === undefined) return;
  const { paper } = row;
  lay(shell, (desk) => (paper === undefined ? desk.resume() : desk.begin(paper)));
}

// On a paper.

const runOf = (shell: Shell): ExamRun | undefined => shell.exam()?.run;

/** What was marked before is marked again. */
function showMarks(shell: Shell): void {
  const view = runOf(shell)?.view();
  const chosen = (view?.question.choices ?? []).flatMap((choice, row) => (choice.chosen ? [row] : []));
  shell.store.update((state) => {
    state.answer = { cursor: chosen[0] ?? 0, chosen };
    state.exam.scroll = 0;
  });
}

function told(shell: Shell, answer: Told): boolean {
  if (!answer.ok) shell.notice(answer.why);
  return answer.ok;
}

/** To the result, when the time ran out under one's hands. */
function ranOut(shell: Shell): boolean {
  const run = runOf(shell);
  if (run?.tick() !== true) return false;
  goTo(shell, 'result');
  return true;
}

export function moveQuestion(shell: Shell, by: number): void {
  const run = runOf(shell);
  if (run === undefined || ranOut(shell)) return;
  if (told(shell, run.move(by))) showMarks(shell);
}

export function nextOpenQuestion(shell: Shell): void {
  const run = runOf(shell);
  if (run === undefined || ranOut(shell)) return;
  if (told(shell, run.nextOpen())) showMarks(shell);
}

/** Up and down through the answers; where the reasons are shown, through the rows, at most to row `most`. */
export function moveOnPaper(shell: Shell, by: number, most: number): void {
  const view = runOf(shell)?.view();
  if (view === undefined) return;
  if (view.question.right !== undefined) {
    scrollPaper(shell, by, most);
    return;
  }
  const count = view.question.choices.length;
  shell.store.update((state) => {
    state.answer.cursor = (state.answer.cursor + by + count) % count;
    state.exam.scroll = undefined;
  });
}

export const scrollPaper = (shell: Shell, by: number, most: number): void =>
  shell.store.update((state) => {
    state.exam.scroll = Math.max(0, Math.min(most, (state.exam.scroll ?? 0) + by));
  });

/** Marks a choice by its row; where one is right, it takes the place of the one before. */
export function markAnswer(shell: Shell, row: number): void {
  const run = runOf(shell);
  if (run === undefined || ranOut(shell)) return;
  const { question, mode } = run.view();
  if (question.right !== undefined || row >= question.choices.length) return;
  shell.store.update((state) => {
    state.answer.cursor = row;
    state.exam.scroll = undefined;
    const { chosen } = state.answer;
    const at = chosen.indexOf(row);
    if (question.choose <= 1) state.answer.chosen = [row];
    else if (at >= 0) chosen.splice(at, 1);
    else if (chosen.length < question.choose) chosen.push(row);
  });
  // In a timed paper a mark is the answer, as on the real one.
  if (mode === 'timed') told(shell, run.answer(placesOf(shell, run)));
}

export const markAtCursor = (shell: Shell): void => markAnswer(shell, shell.store.get().answer.cursor);

const placesOf = (shell: Shell, run: ExamRun): readonly number[] => {
  const { choices } = run.view().question;
  return shell.store.get().answer.chosen.flatMap((row) => choices[row]?.index ?? []);
};

/** Gives the answer, or goes on from an answered question; after the last one, to the result. */
export function enterOnPaper(shell: Shell): void {
  const run = runOf(shell);
  if (run === undefined || ranOut(shell)) return;
  const view = run.view();
  const { question } = view;
  if (question.right !== undefined) {
    goOn(shell, run);
    return;
  }
  if (question.choose <= 1 && shell.store.get().answer.chosen.length === 0) markAtCursor(shell);
  const { chosen } = shell.store.get().answer;
  if (chosen.length < question.choose) {
    shell.notice(`Mark ${question.choose} with their letters, or with space.`);
    return;
  }
  if (run.mode === 'timed') {
    goOn(shell, run);
    return;
  }
  if (told(shell, run.answer(placesOf(shell, run)))) {
    shell.store.update((state) => {
      state.exam.scroll = 0;
    });
  }
}

function goOn(shell: Shell, run: ExamRun): void {
  const view = run.view();
  const isLast = view.index === view.of - 1;
  if (run.finished) {
    if (isLast) goTo(shell, 'result');
    else moveQuestion(shell, 1);
    return;
  }
  if (view.answered === view.of) {
    if (run.mode === 'practice') handIn(shell);
    else askToHandIn(shell);
    return;
  }
  if (isLast) nextOpenQuestion(shell);
  else moveQuestion(shell, 1);
}

export function markForLater(shell: Shell): void {
  const run = runOf(shell);
  if (run !== undefined && !ranOut(shell)) told(shell, run.mark());
}

export function askToHandIn(shell: Shell): void {
  const view = runOf(shell)?.view();
  if (view === undefined) return;
  if (view.result !== undefined) {
    goTo(shell, 'result');
    return;
  }
  const counts = view.mode === 'timed';
  if (view.answered === 0 && !counts) {
    shell.notice('Nothing is answered yet. Esc puts the paper aside.');
    return;
  }
  const open = view.of - view.answered;
  shell.store.update((state) => {
    state.popover = { type: 'handIn', selected: open > 0 ? 1 : 0, open, counts };
  });
}

export function handIn(shell: Shell): void {
  runOf(shell)?.handIn();
  goTo(shell, 'result');
}

// On the result.

export function moveOnResult(shell: Shell, by: number): void {
  const missed = runOf(shell)?.view().result?.missed.length ?? 0;
  shell.store.update((state) => {
    state.exam.cursor = Math.max(0, Math.min(missed - 1, state.exam.cursor + by));
  });
}

/** The question of the chosen missed fact with its reasons; without one, the first. */
export function lookAtQuestion(shell: Shell): void {
  const run = runOf(shell);
  if (run === undefined) return;
  const missed = run.view().result?.missed[shell.store.get().exam.cursor];
  const { places } = run.view();
  const at = run.questions.findIndex(
    (each, index) => each.question.fact === missed?.fact && places[index]?.state !== 'right',
  );
  run.goTo(Math.max(0, at));
  goTo(shell, 'paper');
  showMarks(shell);
}

export function practiseMissed(shell: Shell): void {
  lay(shell, (desk) => desk.begin({ mode: 'practice', missed: true }));
}

// Show me.

/** Where the answer to the question on the paper is seen; a paper that is not over gives nothing away. */
export function placeToShow(shell: Shell): ShowPlace | undefined {
  const view = runOf(shell)?.view();
  return view?.question.right === undefined ? undefined : shell.exam()?.showOf(view.name);
}

/** Opens the step or the world; leaving it comes back to the paper. */
export function showMe(shell: Shell): void {
  const view = runOf(shell)?.view();
  if (view === undefined) return;
  if (view.question.right === undefined) {
    shell.notice(view.mode === 'timed' ? 'In a timed paper this comes after.' : 'First give an answer.');
    return;
  }
  const place = placeToShow(shell);
  if (place === undefined) {
    shell.notice('No lesson shows it yet.');
    return;
  }
  if (place.type === 'step') {
    openLesson(shell, place.lesson);
    const play = shell.world()?.play;
    if (play?.view().id === place.lesson && play.view().stepIndex !== place.index) play.jump(place.index);
    return;
  }
  openSandbox(shell, place.world);
  const pane = panesOf(false).find((id) => id === place.pane);
  if (shell.world() === undefined || pane === undefined) return;
  if ((ASKED_PANES as readonly string[]).includes(pane)) openPane(shell, pane);
  else focusPane(shell, pane);
}
