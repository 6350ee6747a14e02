/** What can be begun at the exam's desk. */
import { type DeskView, type PaperOptions, PRACTICE_COUNT } from '../lessons/examDesk.ts';
import { TIMED } from '../lessons/examRun.ts';
import { modeWords } from '../lessons/examText.ts';

export interface DeskRow {
  readonly title: string;
  /** At the right. */
  readonly detail: string;
  /** A sentence on what it is. */
  readonly about: string;
  /** Undefined: the paper that was put aside is taken up. */
  readonly paper: PaperOptions | undefined;
}

export function deskRows({ aside, missed, due, questions, services }: DeskView): readonly DeskRow[] {
  if (questions === 0) return [];
  const rows: DeskRow[] = [];
  if (aside !== undefined) {
    rows.push({
      title: `Go on: ${modeWords(aside.mode)}`,
      detail: `${aside.answered} of ${aside.of} answered`,
      about: 'The paper that was put aside, where you left it. Its time stood still.',
      paper: undefined,
    });
  }
  const count = Math.min(PRACTICE_COUNT, questions);
  rows.push(
    {
      title: 'Practice',
      detail: `${count} questions`,
      about: 'Reasons at once. What you missed comes first, then what was never asked.',
      paper: { mode: 'practice' },
    },
    {
      title: 'Timed exam',
      detail: `${Math.min(TIMED.questions, questions)} questions, 130 min`,
      about: 'As in the exam: answers may be changed until the end, and the reasons come after.',
      paper: { mode: 'timed' },
    },
  );
  if (missed > 0) {
    rows.push({
      title: 'What was missed',
      detail: due === missed ? `${missed} facts` : `${missed} facts, ${due} now`,
      about: 'Only facts that you missed. Right answers, each later than the one before, make a fact known.',
      paper: { mode: 'practice', missed: true },
    });
  }
  for (const { service, facts } of services) {
    rows.push({
      title: service === 'Around' ? 'Practice the neighbours' : `Practice ${service}`,
      detail: `${facts} facts`,
      about:
        service === 'Around'
          ? 'What stands around the five services, and which one to choose.'
          : `Questions on ${service} alone, reasons at once.`,
      paper: { mode: 'practice', service },
    });
  }
  return rows;
}
