/** The form of conditions, for reading them from files: what members there are and what fits in them. */
import * as z from 'zod';
import type { Condition } from './conditionTypes.ts';
import { DURATION_PATTERN } from './duration.ts';

const durationFormat = z
  .string()
  .regex(DURATION_PATTERN, { error: 'write a duration: 500ms, 30s, 5m, 2h or 4d' });

const TEXT_MAX = 1_000;
const scalar = z.union([z.string().max(TEXT_MAX), z.number(), z.boolean(), z.null()]);
const bound = z.union([z.number(), z.string().max(20)]);

const matcherObject = z
  .strictObject({
    equals: scalar.optional(),
    atLeast: bound.optional(),
    atMost: bound.optional(),
    moreThan: bound.optional(),
    lessThan: bound.optional(),
    get not() {
      return z.lazy(() => matcher).optional();
    },
    in: z.array(scalar).min(1).max(50).optional(),
    contains: scalar.optional(),
    startsWith: z.string().max(TEXT_MAX).optional(),
    exists: z.boolean().optional(),
    sameAs: z.string().min(1).max(200).optional(),
  })
  .refine((value) => Object.keys(value).length > 0, {
    error: 'a test that tests nothing -> write a value, or one of atLeast, in …',
  });
const matcher: z.ZodType = z.union([scalar, matcherObject]).meta({ id: 'matcher' });
const matchers = z.record(z.string().min(1).max(200), matcher);

const sentence = z.string().min(1).max(400).optional().describe('shown while the condition is unmet');
const place = z.string().min(1).max(60).optional().describe('"lesson", or the id of an earlier step');
const eventName = z.string().min(3).max(60);

const stateCondition = z.strictObject({
  state: z.string().min(1).max(200),
  is: matchers.optional(),
  exists: z.boolean().optional(),
  for: durationFormat.optional(),
  ever: z.boolean().optional(),
  else: sentence,
});

const eventCondition = z.strictObject({
  event: eventName,
  where: matchers.optional(),
  count: matcher.optional(),
  within: durationFormat.optional(),
  since: place,
  else: sentence,
});

const paths = z.array(z.string().min(1).max(200)).min(1).max(4);
const sequenceCondition = z.strictObject({
  sequence: z
    .array(
      z.strictObject({ event: eventName, where: matchers.optional(), within: durationFormat.optional() }),
    )
    .min(1)
    .max(12),
  same: paths.optional(),
  differ: paths.optional(),
  since: place,
  else: sentence,
});

const queryCondition = z.strictObject({
  query: z.string().min(1).max(400),
  is: matcher,
  else: sentence,
});

const allCondition = z.strictObject({
  get all(): z.ZodType {
    return z
      .array(z.lazy(() => conditionForm))
      .min(1)
      .max(40);
  },
  else: sentence,
});
const anyCondition = z.strictObject({
  get any(): z.ZodType {
    return z
      .array(z.lazy(() => conditionForm))
      .min(1)
      .max(40);
  },
  else: sentence,
});

/** The members of which a condition has exactly one. */
export const CONDITION_FORMS = ['state', 'event', 'sequence', 'query', 'all', 'any'] as const;

const conditionForm: z.ZodType = z
  .union([stateCondition, eventCondition, sequenceCondition, queryCondition, allCondition, anyCondition], {
    error: `write a condition: it needs exactly one of ${CONDITION_FORMS.join(', ')}`,
  })
  .meta({ id: 'condition' });

/** A condition of the right form; whether its names exist is `conditionProblems`' question. */
export const conditionFormat = conditionForm as z.ZodType<Condition>;
