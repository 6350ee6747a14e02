/** Questions for a screen: choices in an order shuffled by the seed; reasons once answered. */
import { Random } from '../engine/random.ts';
import type { Prediction, Question } from './lesson.ts';

interface ChoiceView {
  /** Its place in the file; what an answer names. */
  readonly index: number;
  readonly text: string;
  /** Only once the reasons may be seen. */
  readonly right?: boolean;
  readonly because?: string;
  readonly chosen: boolean;
}

export interface QuestionView {
  readonly ask: string;
  readonly choices: readonly ChoiceView[];
  /** "choose two": how many are right. */
  readonly choose: number;
  readonly answered: boolean;
  /** Undefined until the reasons may be seen. */
  readonly right?: boolean;
}

/** The places of the choices, shuffled: the same for one seed and question, whoever asks. */
export function shuffled(count: number, seed: number, name: string): number[] {
  const random = Random.of(seed, `choices ${name}`);
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

export const rightCount = (question: Prediction): number =>
  question.choices.filter((choice) => choice.right === true).length;

/** Exactly the right ones chosen? */
export const isRight = (question: Prediction, chosen: readonly number[]): boolean =>
  question.choices.every((choice, index) => (choice.right === true) === chosen.includes(index));

/** `reveal`: the reasons may be seen. */
export function questionView(
  question: Prediction | Question,
  name: string,
  seed: number,
  chosen: readonly number[] | undefined,
  reveal: boolean,
): QuestionView {
  const choices = shuffled(question.choices.length, seed, name).map((index) => {
    const { text, right = false, because } = question.choices[index]!;
    const view = { index, text, chosen: chosen?.includes(index) ?? false };
    return reveal ? { ...view, right, because } : view;
  });
  const view = { ask: question.ask, choices, choose: rightCount(question), answered: chosen !== undefined };
  return reveal && chosen !== undefined ? { ...view, right: isRight(question, chosen) } : view;
}
