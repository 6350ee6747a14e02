/** Makes the one entry of an operation from the official SDK's runtime schema and what we add to it. */
import type { StaticOperationSchema } from '@smithy/types';
import type { Context, Parked } from '../engine/service.ts';
import type { MemberRule, Operation } from './operation.ts';
import { operationShapes } from './schema.ts';

/** What completion and help say of a member: its purpose is never left out. */
export type MemberWords = MemberRule & { readonly purpose: string };

export interface OperationWords<State, Input extends object> {
  /** One sentence. */
  readonly summary: string;
  /** Every member of the input, letter for letter. */
  readonly members: { readonly [Name in keyof Input]-?: MemberWords };
  readonly pagination?: NonNullable<Operation['pagination']>;
  readonly outfile?: string;
  handle(context: Context<State>, input: Input): object | Parked;
}

/** `schema` is the SDK's own: `SendMessage$` of `@aws-sdk/client-sqs`. The service's name is its namespace's last word. */
export function operation<State, Input extends object>(
  schema: StaticOperationSchema,
  words: OperationWords<State, Input>,
): Operation<State, Input> {
  const namespace = schema[1];
  return {
    ...operationShapes(schema),
    schema,
    service: namespace.slice(namespace.lastIndexOf('.') + 1),
    ...words,
  };
}
