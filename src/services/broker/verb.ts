/** How a `broker` command is made: its flags and answer, and what it says to the broker. */
import type { BrokerCommand, HeaderTable } from '../../contract/broker.ts';
import type { Operation } from '../../contract/operation.ts';
import type { Member } from '../../contract/shape.ts';
import type { BrokerClientsState } from './model.ts';
import { COMMON, type Common, type Flag, invalidValue, member, structure } from './shapes.ts';
import { send } from './speaking.ts';

export type Given = Common & Readonly<Record<string, unknown>>;
export type Verb = Operation<BrokerClientsState, Given>;

export function verb(
  name: string,
  summary: string,
  flags: Readonly<Record<string, Flag>>,
  output: readonly Member[],
  commandOf: (given: Given, state: BrokerClientsState) => Exclude<BrokerCommand, { do: 'connect' }>,
): Verb {
  const all = { ...COMMON, ...flags };
  return {
    name,
    service: 'broker',
    input: structure(
      `${name}Request`,
      Object.entries(all).map(([flag, { shape, required = false }]) => member(flag, shape, required)),
    ),
    output: structure(`${name}Response`, output),
    summary,
    members: Object.fromEntries(Object.entries(all).map(([flag, { rule }]) => [flag, rule])),
    handle: (context, given) => send(context, given, name, commandOf(given, context.state)),
  };
}

export const text = (given: Given, name: string): string => String(given[name] ?? '');
export const isSet = (given: Given, name: string): boolean => given[name] === true;

/** A JSON object of a flag. */
export function table(given: Given, flag: string): HeaderTable | undefined {
  const value = given[flag];
  if (value === undefined) return undefined;
  let read: unknown = value;
  if (typeof value === 'string') {
    try {
      read = JSON.parse(value);
    } catch {
      throw invalidValue(flag, value, `a JSON object is expected, like '{"x-message-ttl":5000}'`);
    }
  }
  if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read as HeaderTable;
  throw invalidValue(flag, JSON.stringify(value), 'a JSON object is expected');
}

/** Only what was given. */
export const given = <Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]: NonNullable<Fields[Name]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

export const QUEUE: Flag = { rule: { purpose: 'the queue' }, required: true };
