/** Keys of a lesson, of its questions and of its last page. */
import { goHome, openLesson } from '../actions/home.ts';
import * as lesson from '../actions/lesson.ts';
import { openSave } from '../actions/worlds.ts';
import type { Binding, Circumstances } from '../keymap.ts';

const isDoing = ({ lesson: view }: Circumstances): boolean => view?.phase === 'doing' && !view.freePlay;
const isPlaying = ({ lesson: view }: Circumstances): boolean => view?.freePlay === true;
const onStep = ({ lesson: view }: Circumstances): boolean => view !== undefined && !view.freePlay;
const hintsLeft = ({ lesson: view }: Circumstances): boolean =>
  view !== undefined && view.hintsShown.length < view.hintCount;

const isOpen = ({ lesson: view }: Circumstances): boolean => view?.question?.answered !== true;

const STEP: readonly Binding[] = [
  {
    scope: 'lessonKeys',
    keys: ['enter'],
    says: 'go on',
    about: 'on to the next step',
    footer: 0,
    when: ({ lesson: view }) => view?.phase === 'reached',
    act: lesson.goOn,
  },
  {
    scope: 'lessonKeys',
    keys: ['h'],
    says: ({ lesson: view }) =>
      `hint ${Math.min((view?.hintsShown.length ?? 0) + 1, view?.hintCount ?? 0)}/${view?.hintCount ?? 0}`,
    about: 'a hint',
    group: 'Lesson',
    footer: 2,
    palette: 'Show a hint',
    when: (now) => isDoing(now) && (hintsLeft(now) || 'All hints are shown.'),
    act: lesson.hint,
  },
  {
    scope: 'lessonKeys',
    keys: ['s'],
    says: 'solution',
    about: 'show the solution',
    group: 'Lesson',
    footer: 3,
    palette: 'Show the solution of this step',
    when: isDoing,
    act: lesson.solution,
  },
  {
    scope: 'lessonKeys',
    keys: ['p'],
    says: (now) => (isPlaying(now) ? 'back to the step' : 'free play'),
    about: 'free play, and back',
    group: 'Lesson',
    footer: 4,
    palette: 'Free play, or back to the step',
    act: lesson.togglePlay,
  },
  {
    scope: 'lessonKeys',
    keys: ['r'],
    says: 'reset step',
    about: 'begin this step again',
    group: 'Lesson',
    footer: 5,
    palette: 'Reset this step',
    when: onStep,
    act: lesson.resetStep,
  },
  {
    scope: 'lessonKeys',
    keys: ['R'],
    says: 'reset lesson',
    about: 'begin the lesson again',
    group: 'Lesson',
    palette: 'Reset the lesson',
    act: lesson.resetLesson,
  },
  {
    scope: 'lessonKeys',
    keys: ['x'],
    says: 'skip',
    about: 'skip; facts do not count',
    group: 'Lesson',
    footer: 33,
    palette: 'Skip this step',
    when: isDoing,
    act: lesson.skip,
  },
  {
    scope: 'pane:lesson',
    keys: ['j'],
    says: 'jump',
    about: 'jump to a step',
    group: 'Lesson',
    footer: 35,
    palette: 'Jump to a step',
    act: lesson.openSteps,
  },
];

const QUESTION: readonly Binding[] = [
  {
    scope: 'predict',
    keys: ['down', 'up'],
    label: (marks) => marks.upDown,
    says: 'choose',
    about: 'walk through the answers',
    footer: 1,
    when: isOpen,
    act: (shell, key) => lesson.moveAnswer(shell, key === 'down' ? 1 : -1),
  },
  {
    scope: 'predict',
    keys: ['a', 'b', 'c', 'd', 'e', 'f'],
    label: (marks) => `a${marks.dash}f`,
    says: 'mark',
    about: 'mark an answer',
    footer: 2,
    when: isOpen,
    act: (shell, key) => lesson.choose(shell, key.charCodeAt(0) - 97),
  },
  {
    scope: 'predict',
    keys: ['space'],
    says: 'mark',
    about: 'mark the answer at the cursor',
    act: lesson.chooseAtCursor,
  },
  {
    scope: 'predict',
    keys: ['enter'],
    says: ({ lesson: view }) => (view?.question?.answered === true ? 'go on' : 'answer'),
    about: 'give the answer',
    footer: 0,
    act: lesson.giveAnswer,
  },
  {
    scope: 'predict',
    keys: ['p'],
    says: 'free play',
    about: 'free play first',
    footer: 4,
    act: lesson.togglePlay,
  },
  {
    scope: 'predict',
    keys: ['r'],
    says: 'reset step',
    about: 'begin this step again',
    footer: 5,
    act: lesson.resetStep,
  },
  { scope: 'predict', keys: ['j'], says: 'jump', about: 'jump to a step', footer: 6, act: lesson.openSteps },
  {
    scope: 'predict',
    keys: ['q'],
    says: 'home',
    about: 'to the home screen; all is kept',
    footer: 50,
    act: goHome,
  },
  {
    scope: 'predict',
    keys: ['esc'],
    says: 'stay',
    about: 'the question stays',
    act: (shell) => shell.notice('The question waits for your answer; q goes home.'),
  },
];

const nextOf = ({ lesson: view }: Circumstances): string | undefined => view?.completed?.next?.id;

const COMPLETED: readonly Binding[] = [
  {
    scope: 'completed',
    keys: ['enter'],
    says: 'next lesson',
    about: 'the next lesson',
    footer: 0,
    when: (now) => nextOf(now) !== undefined,
    act: (shell) => {
      const next = shell.world()?.play?.view().completed?.next?.id;
      if (next !== undefined) openLesson(shell, next);
    },
  },
  {
    scope: 'completed',
    keys: ['k'],
    says: 'keep the world',
    about: 'keep this world as a sandbox',
    footer: 2,
    act: openSave,
  },
  {
    scope: 'completed',
    keys: ['R'],
    says: 'begin again',
    about: 'begin the lesson again',
    footer: 3,
    act: lesson.resetLesson,
  },
  {
    scope: 'completed',
    keys: ['j'],
    says: 'see a step again',
    about: 'jump to a step',
    footer: 4,
    act: lesson.openSteps,
  },
  {
    scope: 'completed',
    keys: ['p'],
    says: 'free play',
    about: 'play on in this world',
    footer: 5,
    act: lesson.togglePlay,
  },
  {
    scope: 'completed',
    keys: ['esc', 'q'],
    says: 'home',
    about: 'to the home screen',
    footer: 6,
    act: goHome,
  },
];

export const LESSON: readonly Binding[] = [...STEP, ...QUESTION, ...COMPLETED];
