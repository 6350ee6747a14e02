/** `lessons new`: a lesson that can be played as it stands, and says in each place what belongs there. */
import { type Fact, FORMAT_VERSION, type Lesson } from './lesson.ts';

/** `fact`: what the example asks about. `kind` lab: a failure case. */
export function skeleton(title: string, fact: Fact, kind: 'lesson' | 'lab'): Lesson {
  const isLab = kind === 'lab';
  const send = "aws sqs send-message --queue-url orders --message-body 'order 1'";
  const batch = "aws sqs send-message-batch --queue-url orders --entries 'Id=one,MessageBody=order'";
  return {
    $schema: '../lesson.schema.json',
    formatVersion: FORMAT_VERSION,
    ...(isLab ? { kind } : {}),
    title,
    question: isLab
      ? 'What does somebody complain about? Name the symptom, not the cause.'
      : 'Which one question does this lesson answer?',
    minutes: 5,
    world: { seed: 1, pace: 'paused', setup: ['aws sqs create-queue --queue-name orders'] },
    steps: [
      {
        id: 'first',
        text: isLab
          ? 'Tell what is there and what goes wrong: figures, complaints, times. The commands of **setup** have made it so. Do not name the cause.'
          : 'Tell what is there, and what to do: two or three short sentences. The commands of **setup** have run; those of a step’s `enter` run when it begins.',
        predict: {
          ask: 'Ask what will happen, before it does. Remove `predict` where there is nothing to guess.',
          choices: [
            { text: 'What happens', right: true, because: 'Say why, from what the learner sees.' },
            { text: 'What many expect', because: 'Say what is wrong with it, without blame.' },
          ],
        },
        goal: {
          state: 'queue/orders',
          is: { visible: { atLeast: 1 } },
          else: 'Say in one sentence what is still to do.',
        },
        hints: [
          'Point to where to look. No whole command yet.',
          `Name every operation of the solution: aws sqs send-message${isLab ? ', or send-message-batch' : ''}.`,
        ],
        solution: [send],
        ...(isLab ? { otherSolutions: [[batch]] } : {}),
        // biome-ignore lint/suspicious/noThenProperty: the format's own word
        then: 'Say what happened and why, in one or two sentences.',
        shows: [fact.id],
      },
    ],
    takeaways: isLab
      ? ['Cause: what was wrong.', 'Rule: what prevents it.', 'The metric that would have told.']
      : ['What to keep, in one sentence.'],
    review: [
      {
        ask: `Ask about this in other words: ${fact.statement}`.slice(0, 600),
        fact: fact.id,
        choices: [
          { text: 'The right answer', right: true, because: 'Why it is right.' },
          { text: 'A tempting wrong one', because: 'Why it is not.' },
        ],
      },
    ],
  };
}
