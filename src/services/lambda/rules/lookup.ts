/** From a name, a partial or a whole ARN to the function. Lambda API Reference, Invoke: FunctionName. */

import { parseArn } from '../../../contract/arn.ts';
import type { Context } from '../../../engine/service.ts';
import { functionNotFound, notFound, outOfRange } from '../errors.ts';
import { functionArn, functionKey, type LambdaFunction, type LambdaState } from '../model.ts';

export interface NamedFunction {
  readonly account: string;
  readonly name: string;
  readonly qualifier: string | undefined;
}

/** `orders`, `000000000000:function:orders`, an ARN, each with `:$LATEST` or not; undefined: none of these. */
export function functionNamed(account: string, text: string): NamedFunction | undefined {
  const arn = parseArn(text);
  if (arn !== undefined) {
    if (arn.service !== 'lambda' || !arn.resource.startsWith('function:')) return undefined;
    return named(arn.account, arn.resource.slice('function:'.length));
  }
  const partial = /^(\d{12}):function:(.+)$/u.exec(text);
  if (partial !== null) return named(partial[1]!, partial[2]!);
  return named(account, text.startsWith('function:') ? text.slice('function:'.length) : text);
}

function named(account: string, text: string): NamedFunction | undefined {
  const match = /^([a-zA-Z0-9-_]{1,140})(?::(\$LATEST|[a-zA-Z0-9-_]+))?$/u.exec(text);
  return match === null ? undefined : { account, name: match[1]!, qualifier: match[2] };
}

/** The function that an input names. Refuses what is no name, versions and aliases, and what is not there. */
export function functionOf(
  { state, caller }: Pick<Context<LambdaState>, 'state' | 'caller'>,
  text: string,
  qualifier?: string,
): LambdaFunction {
  const found = functionNamed(caller.account === '' ? state.account : caller.account, text);
  if (found === undefined) {
    throw outOfRange(
      text,
      'functionName',
      'Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?',
    );
  }
  const { account, name } = found;
  const arn = functionArn(state, account, name);
  const version = qualifier ?? found.qualifier;
  const record = state.functions.get(functionKey(account, name));
  if (record === undefined) throw functionNotFound(version === undefined ? arn : `${arn}:${version}`);
  if (version !== undefined && version !== '$LATEST') {
    throw notFound(`Function not found: ${arn}:${version}`, {
      why: 'Versions and aliases are not modelled: a function has $LATEST alone.',
    });
  }
  return record;
}
