/** Operations whose members are looked at before anything else: required ones that lack, and those not modelled. */
import type { StaticOperationSchema } from '@smithy/types';
import { type OperationWords, operation } from './defineOperation.ts';
import { ServiceError } from './errors.ts';
import type { Operation } from './operation.ts';

export function checkedOperation<State, Input extends object>(
  schema: StaticOperationSchema,
  words: OperationWords<State, Input>,
  missing: (member: string) => ServiceError,
): Operation<State, Input> {
  const made = operation(schema, words);
  const required = made.input.members.filter((member) => member.required).map(({ name }) => name);
  return {
    ...made,
    handle(context, input) {
      const given = input as Readonly<Record<string, unknown>>;
      for (const name of required) if (given[name] === undefined) throw missing(name);
      for (const name of Object.keys(given)) {
        const why = given[name] === undefined ? undefined : made.members[name]?.notModelled;
        if (why !== undefined) throw notModelled(name, why);
      }
      return words.handle(context, input);
    },
  };
}

/** Ours: a member that AWS takes and this program does not. */
const notModelled = (name: string, why: string): ServiceError =>
  new ServiceError('InvalidParameterValue', `not modelled: ${name}`, { why });
