/** What a call to Lambda needs to be allowed. Service Authorization Reference, AWS Lambda. */
import type { Access, DenialStyle } from '../../contract/access.ts';
import { accessDeniedSentence } from '../../contract/policy/words.ts';
import type { Request } from '../../engine/service.ts';
import { functionArn, functionKey, type LambdaState } from './model.ts';
import { functionNamed } from './rules/lookup.ts';

const DENIED: DenialStyle = {
  code: 'AccessDeniedException',
  httpStatus: 403,
  sentence: (decision) => accessDeniedSentence(decision),
};

const ACTION_OF: Readonly<Record<string, string>> = { Invoke: 'InvokeFunction' };

interface Input {
  readonly FunctionName?: string;
  readonly UUID?: string;
  readonly Resource?: string;
}

export function access(state: LambdaState, { operation, input, caller }: Request): Access | undefined {
  const { FunctionName, UUID, Resource } = input as Input;
  const action = `lambda:${ACTION_OF[operation] ?? operation}`;
  if (UUID !== undefined || operation.endsWith('EventSourceMapping')) {
    const resource =
      UUID === undefined
        ? '*'
        : `arn:aws:lambda:${state.region}:${caller.account}:event-source-mapping:${UUID}`;
    return { needs: [{ action, resource, account: caller.account, style: DENIED }] };
  }
  const text = FunctionName ?? Resource;
  if (text === undefined)
    return { needs: [{ action, resource: '*', account: caller.account, style: DENIED }] };
  const named = functionNamed(caller.account, text);
  if (named === undefined) return undefined;
  const { account, name } = named;
  const policy = state.functions.get(functionKey(account, name))?.policy;
  return {
    needs: [
      {
        action,
        resource: functionArn(state, account, name),
        account,
        ...(policy !== undefined && { policy: { name: 'function policy', document: policy.value } }),
        style: DENIED,
      },
    ],
  };
}
