/** Keys of the practice exam: its desk, its papers, its results. */
import * as exam from '../actions/exam.ts';
import type { Binding, Circumstances } from '../keymap.ts';
import { scrollMost } from '../screens/examPicture.ts';

const isDown = (key: string): boolean => key === 'down' || key === 'j' || key === 'pagedown';
const shows = ({ exam: view }: Circumstances): boolean => view?.question.right !== undefined;
const asks = (now: Circumstances): boolean => !shows(now);
const isOver = ({ exam: view }: Circumstances): boolean => view?.result !== undefined;
const anyMissed = ({ exam: view }: Circumstances): boolean => (view?.result?.missed.length ?? 0) > 0;

const DESK: readonly Binding[] = [
  {
    scope: 'examDesk',
    keys: ['down', 'up', 'j', 'k'],
    label: (marks) => marks.upDown,
    says: 'choose',
    about: 'choose a paper',
    group: 'Here',
    footer: 1,
    act: (shell, key) => exam.moveAtDesk(shell, isDown(key) ? 1 : -1),
  },
  {
    scope: 'examDesk',
    keys: ['enter'],
    says: 'begin',
    about: 'begin it, or go on with it',
    group: 'Here',
    footer: 0,
    act: exam.chooseAtDesk,
  },
  {
    scope: 'examDesk',
    keys: ['esc', 'q'],
    says: 'home',
    about: 'to the home screen',
    group: 'Program',
    footer: 7,
    act: exam.closeExam,
  },
];

const ANSWERING: readonly Binding[] = [
  {
    scope: 'examPaper',
    keys: ['down', 'up', 'j', 'k'],
    label: (marks) => marks.upDown,
    says: (now) => (shows(now) ? 'scroll' : 'choose'),
    about: 'walk through the answers',
    group: 'Here',
    footer: 2,
    act: (shell, key) => exam.moveOnPaper(shell, isDown(key) ? 1 : -1, scrollMost(shell)),
  },
  {
    scope: 'examPaper',
    keys: ['pagedown', 'pageup'],
    says: 'page',
    about: 'a page down, a page up',
    act: (shell, key) => exam.scrollPaper(shell, isDown(key) ? 8 : -8, scrollMost(shell)),
  },
  {
    scope: 'examPaper',
    keys: ['a', 'b', 'c', 'd', 'e', 'f'],
    label: (marks) => `a${marks.dash}f`,
    says: 'mark',
    about: 'mark an answer',
    group: 'Here',
    footer: 3,
    when: asks,
    act: (shell, key) => exam.markAnswer(shell, key.charCodeAt(0) - 97),
  },
  {
    scope: 'examPaper',
    keys: ['space'],
    says: 'mark',
    about: 'mark the answer at the cursor',
    when: asks,
    act: exam.markAtCursor,
  },
  {
    scope: 'examPaper',
    keys: ['enter'],
    says: (now) => (shows(now) || now.exam?.mode === 'timed' ? 'go on' : 'answer'),
    about: 'give the answer, go on',
    group: 'Here',
    footer: 0,
    act: exam.enterOnPaper,
  },
  {
    scope: 'examPaper',
    keys: ['s'],
    says: 'show me',
    about: 'see it in a lesson or world',
    group: 'Here',
    footer: 1,
    when: (now) => shows(now) || 'The answer comes first.',
    act: exam.showMe,
  },
];

const WALKING: readonly Binding[] = [
  {
    scope: 'examPaper',
    keys: ['right', 'left', 'l', 'h'],
    label: (marks) => marks.leftRight,
    says: 'question',
    about: 'next question, one before',
    group: 'Here',
    footer: 4,
    act: (shell, key) => exam.moveQuestion(shell, key === 'right' || key === 'l' ? 1 : -1),
  },
  {
    scope: 'examPaper',
    keys: ['n'],
    says: 'next open',
    about: 'next one without an answer',
    group: 'Here',
    footer: 5,
    when: ({ exam: view }) => view !== undefined && view.result === undefined,
    act: exam.nextOpenQuestion,
  },
  {
    scope: 'examPaper',
    keys: ['m'],
    says: ({ exam: view }) => (view?.marked === true ? 'take the flag' : 'flag'),
    about: 'flag it, to come back to',
    group: 'Here',
    footer: 6,
    when: ({ exam: view }) => view !== undefined && view.result === undefined,
    act: exam.markForLater,
  },
  {
    scope: 'examPaper',
    keys: ['H'],
    says: (now) => (isOver(now) ? 'result' : 'hand in'),
    about: 'hand it in; its result',
    group: 'Here',
    footer: 7,
    act: exam.askToHandIn,
  },
  {
    scope: 'examPaper',
    keys: ['esc', 'q'],
    says: (now) => (isOver(now) ? 'desk' : 'put aside'),
    about: 'put it aside; all is kept',
    group: 'Program',
    footer: 8,
    act: exam.toDesk,
  },
];

const RESULT: readonly Binding[] = [
  {
    scope: 'examResult',
    keys: ['down', 'up', 'j', 'k'],
    label: (marks) => marks.upDown,
    says: 'choose',
    about: 'choose a missed fact',
    group: 'Here',
    footer: 1,
    when: anyMissed,
    act: (shell, key) => exam.moveOnResult(shell, isDown(key) ? 1 : -1),
  },
  {
    scope: 'examResult',
    keys: ['enter'],
    says: (now) => (anyMissed(now) ? 'its question' : 'the questions'),
    about: 'the question, with its reasons',
    group: 'Here',
    footer: 0,
    act: exam.lookAtQuestion,
  },
  {
    scope: 'examResult',
    keys: ['p'],
    says: 'practise what was missed',
    about: 'a paper of what was missed',
    group: 'Here',
    footer: 2,
    when: anyMissed,
    act: exam.practiseMissed,
  },
  {
    scope: 'examResult',
    keys: ['esc', 'q'],
    says: 'desk',
    about: 'back to the desk',
    group: 'Program',
    footer: 7,
    act: exam.toDesk,
  },
];

export const EXAM: readonly Binding[] = [...DESK, ...ANSWERING, ...WALKING, ...RESULT];
