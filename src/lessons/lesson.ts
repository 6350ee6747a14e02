/** The lesson format, version 1, as zod schemas: the form of lessons, courses, facts and question banks. */
import * as z from 'zod';
import { conditionFormat } from '../projection/conditionFormat.ts';

export const FORMAT_VERSION = 1;
/** No file of a course is larger. */
export const FILE_BYTES_MAX = 256 * 1024;

const lines = z.array(z.string().min(1).max(2_000)).max(60);
const lessonId = z
  .string()
  .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, { error: 'write the id of a lesson: track/lesson, without its number' });
const factId = z.string().regex(/^[A-Z]+-\d{2,3}$/, {
  error: 'write the id of a fact: capitals, -, two or three digits, like SQS-05',
});
const stepId = z
  .string()
  .max(40)
  .regex(/^[a-z0-9-]+$/, { error: 'write an id: small letters, digits and - only' });

export const PACES = [
  'paused',
  'x1',
  'x2',
  'x5',
  'x10',
  'x60',
  'x600',
  'x3600',
  'x10000',
  'x100000',
] as const;
const pace = z.enum(PACES);
export type Pace = (typeof PACES)[number];

const choice = z.strictObject({
  text: z.string().min(1).max(300),
  right: z.literal(true).optional(),
  because: z.string().min(1).max(600).describe('why it is right or wrong; shown after the answer'),
});

const choices = z
  .array(choice)
  .min(2)
  .max(6)
  .refine((all) => all.some((each) => each.right === true), {
    error: 'no choice that is right -> mark at least one with "right": true',
  })
  .refine((all) => all.some((each) => each.right !== true), {
    error: 'no choice that is wrong -> leave "right" out of at least one',
  });

const ask = z.string().min(1).max(600);
const prediction = z.strictObject({ ask, choices });
const reviewQuestion = z.strictObject({ ask, fact: factId, choices });

export const worldFormat = z.strictObject({
  seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  limits: z.enum(['current', 'study-guide', 'scaled']).optional(),
  delivery: z.enum(['calm', 'typical', 'rough']).optional(),
  save: z
    .string()
    .max(80)
    .regex(/^[a-z0-9-]+$/, { error: 'name a world of the gallery, see msg-playground saves list' })
    .optional(),
  setup: lines.optional().describe('command lines, run as `lesson`'),
  pace: pace.optional(),
});

const stepFormat = z
  .strictObject({
    id: stepId,
    text: z.string().min(1).max(600).describe('small Markdown; a console fence holds command lines'),
    enter: lines.optional().describe('command lines, run as `lesson` when the step begins'),
    pace: pace.optional(),
    predict: prediction.optional(),
    goal: conditionFormat.optional(),
    never: z.array(conditionFormat).min(1).max(6).optional(),
    hints: z.array(z.string().min(1).max(600)).min(1).max(3).optional(),
    solution: lines.min(1).optional(),
    otherSolutions: z.array(lines.min(1)).min(1).max(6).optional(),
    // biome-ignore lint/suspicious/noThenProperty: the format's own word
    then: z.string().min(1).max(400).optional(),
    shows: z.array(factId).min(1).max(6).optional(),
  })
  .refine((step) => step.predict !== undefined || step.goal !== undefined, {
    error: 'a step without predict and goal -> add a predict, a goal, or both',
  })
  .refine((step) => step.goal === undefined || (step.hints !== undefined && step.solution !== undefined), {
    error: 'a goal without hints or solution -> add both: a goal needs hints and a solution',
  })
  .refine(
    (step) =>
      step.goal !== undefined || (step.never ?? step.solution ?? step.hints ?? step.shows) === undefined,
    {
      error: 'never, hints, solution or shows without a goal -> add a goal, or remove them',
    },
  );

export const lessonFormat = z.strictObject({
  $schema: z.string().optional(),
  formatVersion: z.literal(FORMAT_VERSION),
  kind: z.enum(['lesson', 'lab']).optional(),
  title: z.string().min(1).max(40),
  question: z.string().min(1).max(120).describe('the question the lesson answers'),
  minutes: z.int().min(3).max(10),
  requires: z.array(lessonId).max(10).optional(),
  world: worldFormat,
  steps: z
    .array(stepFormat)
    .min(1)
    .max(12)
    .refine((steps) => new Set(steps.map((step) => step.id)).size === steps.length, {
      error: 'two steps with the same id -> give each step an id of its own',
    })
    .refine(
      (steps) =>
        steps.every(
          (step, index) => index === 0 || step.goal !== undefined || steps[index - 1]!.goal !== undefined,
        ),
      {
        error: 'two steps in a row without a goal -> give at least every second step a goal',
      },
    ),
  takeaways: z.array(z.string().min(1).max(300)).min(1).max(5),
  review: z.array(reviewQuestion).max(20).describe('one at least for each fact shown'),
});

const trackFormat = z.strictObject({
  id: stepId,
  title: z.string().min(1).max(40),
});

export const courseFormat = z.strictObject({
  $schema: z.string().optional(),
  formatVersion: z.literal(FORMAT_VERSION),
  id: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/, { error: 'write an id: at most 60 small letters, digits and -' })
    .optional(),
  title: z.string().min(1).max(80),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, { error: 'write a language tag, such as en or de-AT' }),
  allowSkip: z.boolean().optional(),
  tracks: z.array(trackFormat).min(1).max(30),
});

/** Facts are read leniently: figures and notes differ from fact to fact. */
export const factsFormat = z.object({
  facts: z
    .array(
      z.looseObject({
        id: factId,
        service: z.string(),
        kind: z.string(),
        statement: z.string().min(1).max(400),
      }),
    )
    .max(1_000),
});

/** Where an answer can be seen: a step, or a pane of a gallery world, `world/flash-sale#metrics`. */
const showPlace = z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+#[a-z0-9-]+$/, {
  error: 'write a place: track/lesson#step, or world/NAME#pane',
});

const bankQuestion = z.strictObject({
  id: stepId,
  ask,
  fact: factId,
  also: z.array(factId).min(1).max(5).optional().describe('further facts that the answer needs'),
  choices,
  show: showPlace.optional().describe('where the answer is seen; if left out, the step that shows the fact'),
  differs: z
    .strictObject({
      guide: z.string().min(1).max(160).describe('what the study guide says'),
      today: z.string().min(1).max(200).describe('what AWS does today'),
      exam: z.enum(['guide', 'today']).describe('which of them the exam wants'),
    })
    .optional(),
});

export const bankFormat = z.strictObject({
  $schema: z.string().optional(),
  formatVersion: z.literal(FORMAT_VERSION),
  questions: z
    .array(bankQuestion)
    .min(1)
    .max(500)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, {
      error: 'two questions with the same id -> give each question an id of its own',
    }),
});

export type Lesson = z.infer<typeof lessonFormat>;
export type Step = Lesson['steps'][number];
export type LessonWorld = Lesson['world'];
export type Prediction = NonNullable<Step['predict']>;
export type Question = Lesson['review'][number];
export type CourseFile = z.infer<typeof courseFormat>;
export type Fact = z.infer<typeof factsFormat>['facts'][number];
export type Bank = z.infer<typeof bankFormat>;
export type BankQuestion = Bank['questions'][number];

/** All members of the format, for "did you mean". */
export const FORMAT_WORDS: readonly string[] = [
  ...Object.keys(lessonFormat.shape),
  ...Object.keys(stepFormat.shape),
  ...Object.keys(worldFormat.shape),
  ...Object.keys(courseFormat.shape),
  ...Object.keys(choice.shape),
  ...['ask', 'fact', 'choices', 'questions', 'facts'],
  ...Object.keys(bankQuestion.shape),
  ...['guide', 'today', 'exam'],
  ...['state', 'is', 'exists', 'for', 'ever', 'else', 'event', 'where', 'count', 'within', 'since'],
  ...['sequence', 'same', 'differ', 'query', 'all', 'any'],
  ...['equals', 'atLeast', 'atMost', 'moreThan', 'lessThan', 'not', 'in', 'contains', 'startsWith', 'sameAs'],
];
