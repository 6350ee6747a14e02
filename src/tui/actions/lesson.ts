/** What the lesson's own keys do. */
import type { Done } from '../../session/sessionTypes.ts';
import type { LessonPlay } from '../host.ts';
import type { Shell } from '../shell.ts';

function withPlay(shell: Shell, act: (play: LessonPlay) => Done): void {
  const play = shell.world()?.play;
  if (play === undefined) return;
  const before = placeOf(play);
  const done = act(play);
  if (placeOf(play) !== before) fresh(shell);
  if (!done.ok) shell.notice(asSentence(done.why));
}

const placeOf = (play: LessonPlay): string => {
  const view = play.view();
  return `${view.stepIndex} ${view.phase} ${view.review?.index ?? ''}`;
};

const asSentence = (text: string): string =>
  /[.!?]$/.test(text) ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const fresh = (shell: Shell): void =>
  shell.store.update((state) => {
    state.panes.lesson.scroll = 0;
    state.answer = { cursor: 0, chosen: [] };
    state.popover = undefined;
  });

export const hint = (shell: Shell): void => withPlay(shell, (play) => play.hint());
export const solution = (shell: Shell): void => withPlay(shell, (play) => play.showSolution());
export const skip = (shell: Shell): void => withPlay(shell, (play) => play.skip());
export const goOn = (shell: Shell): void => withPlay(shell, (play) => play.goOn());
export const jumpTo = (shell: Shell, step: number): void => withPlay(shell, (play) => play.jump(step));

export const resetStep = (shell: Shell): void => {
  withPlay(shell, (play) => play.resetStep());
  fresh(shell);
};

/** The lesson's world is another one afterwards. */
export const resetLesson = (shell: Shell): void => {
  withPlay(shell, (play) => play.resetLesson());
  const play = shell.world()?.play;
  if (play !== undefined) shell.show({ session: play.session, play });
};

/** Into free play, or the question what to do with what happened there. */
export function togglePlay(shell: Shell): void {
  const play = shell.world()?.play;
  if (play === undefined) return;
  if (!play.view().freePlay) {
    withPlay(shell, () => play.freePlay());
    return;
  }
  shell.store.update((state) => {
    state.popover = { type: 'comeBack', selected: 0 };
  });
}

export const comeBack = (shell: Shell, keep: boolean): void => withPlay(shell, (play) => play.comeBack(keep));

export const openSteps = (shell: Shell): void =>
  shell.store.update((state) => {
    state.popover = { type: 'steps', selected: shell.world()?.play?.view().stepIndex ?? 0 };
  });

// Questions.

export function moveAnswer(shell: Shell, by: 1 | -1): void {
  const question = shell.world()?.play?.view().question;
  const count = question?.choices.length ?? 0;
  if (question === undefined || question.answered || count === 0) return;
  shell.store.update((state) => {
    state.answer.cursor = (state.answer.cursor + by + count) % count;
  });
}

/** Marks a choice by its row; where one is right, it takes the place of the one before. */
export function choose(shell: Shell, row: number): void {
  const question = shell.world()?.play?.view().question;
  if (question === undefined || question.answered || row >= question.choices.length) return;
  shell.store.update((state) => {
    state.answer.cursor = row;
    const { chosen } = state.answer;
    const at = chosen.indexOf(row);
    if (question.choose <= 1) state.answer.chosen = [row];
    else if (at < 0) chosen.push(row);
    else chosen.splice(at, 1);
  });
}

export const chooseAtCursor = (shell: Shell): void => choose(shell, shell.store.get().answer.cursor);

/** Gives the answer; on an answered question of the review, goes on. */
export function giveAnswer(shell: Shell): void {
  const question = shell.world()?.play?.view().question;
  if (question === undefined || question.answered) {
    goOn(shell);
    return;
  }
  const { answer } = shell.store.get();
  const rows = answer.chosen.length === 0 && question.choose <= 1 ? [answer.cursor] : answer.chosen;
  if (rows.length < question.choose) {
    shell.notice(`Mark ${question.choose} with a letter or space.`);
    return;
  }
  const places = rows.flatMap((row) => question.choices[row]?.index ?? []);
  withPlay(shell, (play) => play.answer(places));
  shell.store.update((state) => {
    state.focus = 'prompt';
  });
}
