/** Who may call a function: statements of its own policy. Lambda Developer Guide, Resource-based policies. */
import {
  AddPermission$,
  type AddPermissionRequest,
  GetPolicy$,
  type GetPolicyRequest,
  RemovePermission$,
  type RemovePermissionRequest,
} from '@aws-sdk/client-lambda';
import type { Context } from '../../../engine/service.ts';
import { FUNCTION_NAME, lambdaOperation, QUALIFIER, REVISION, without } from '../define.ts';
import { conflict, invalidValue, notFound, outOfRange, preconditionFailed } from '../errors.ts';
import { emit } from '../events.ts';
import { changed, type Document, type LambdaFunction, type LambdaState, revisionId } from '../model.ts';
import { functionOf } from '../rules/lookup.ts';

interface Statement {
  readonly Sid: string;
  readonly [member: string]: unknown;
}

const statementsOf = (policy: Document | undefined): readonly Statement[] =>
  policy === undefined ? [] : (policy.value as { readonly Statement: readonly Statement[] }).Statement;

export const addPermission = lambdaOperation<AddPermissionRequest>(AddPermission$, {
  summary: 'Lets a service or an account call a function, by a statement in its policy.',
  members: {
    FunctionName: FUNCTION_NAME,
    StatementId: { purpose: 'a name for the statement' },
    Action: { purpose: 'what is allowed: lambda:InvokeFunction' },
    Principal: { purpose: 'who: sns.amazonaws.com, s3.amazonaws.com, an account' },
    SourceArn: { purpose: 'only on behalf of this topic, bucket …' },
    FunctionUrlAuthType: without('how a function URL asks who calls', 'function URLs'),
    InvokedViaFunctionUrl: without('only through a function URL', 'function URLs'),
    SourceAccount: { purpose: 'only on behalf of resources of this account' },
    EventSourceToken: without('a token of Alexa', 'Alexa'),
    Qualifier: QUALIFIER,
    RevisionId: REVISION,
    PrincipalOrgID: without('only accounts of this organization', 'there are no organizations here'),
  },
  handle(context, input) {
    const { state } = context;
    const record = functionOf(context, input.FunctionName!, input.Qualifier);
    if (input.RevisionId !== undefined && input.RevisionId !== revisionId(state, record)) {
      throw preconditionFailed();
    }
    const Sid = input.StatementId!;
    if (!/^[a-zA-Z0-9-_]{1,100}$/u.test(Sid)) {
      throw outOfRange(
        Sid,
        'statementId',
        'Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)',
      );
    }
    if (!/^(?:lambda:\*|lambda:[a-zA-Z]+|\*)$/u.test(input.Action!)) {
      throw outOfRange(
        input.Action,
        'action',
        'Member must satisfy regular expression pattern: (lambda:[*]|lambda:[a-zA-Z]+|[*])',
      );
    }
    const existing = statementsOf(record.policy);
    if (existing.some((statement) => statement.Sid === Sid)) {
      throw conflict(
        `The statement id (${Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      );
    }
    const statement: Statement = {
      Sid,
      Effect: 'Allow',
      Principal: principalOf(input.Principal!),
      Action: input.Action!,
      Resource: record.arn,
      ...conditionOf(input),
    };
    setPolicy(context, record, [...existing, statement]);
    return { Statement: JSON.stringify(statement) };
  },
});

function principalOf(principal: string): unknown {
  if (principal === '*') return '*';
  if (/^\d{12}$/u.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  if (/^arn:aws:iam::\d{12}:.+$/u.test(principal)) return { AWS: principal };
  if (/^[a-z0-9.-]+\.amazonaws\.com$/u.test(principal)) return { Service: principal };
  throw invalidValue('The provided principal was invalid. Please check the principal and try again.');
}

const conditionOf = ({
  SourceArn,
  SourceAccount,
}: Pick<AddPermissionRequest, 'SourceArn' | 'SourceAccount'>): object =>
  SourceArn === undefined && SourceAccount === undefined
    ? {}
    : {
        Condition: {
          ...(SourceAccount !== undefined && { StringEquals: { 'AWS:SourceAccount': SourceAccount } }),
          ...(SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
        },
      };

function setPolicy(
  context: Context<LambdaState>,
  record: LambdaFunction,
  Statement: readonly Statement[],
): void {
  const value = { Version: '2012-10-17', Id: 'default', Statement };
  record.policy =
    Statement.length === 0
      ? undefined
      : Object.freeze({ text: JSON.stringify(value), value: Object.freeze(value) });
  changed(record, context.now);
  emit(context, { type: 'lambda/FunctionUpdated', by: context.caller.by, function: record.name });
}

const NO_POLICY = 'The resource you requested does not exist.';

export const removePermission = lambdaOperation<RemovePermissionRequest>(RemovePermission$, {
  summary: 'Takes a statement out of the policy of a function.',
  members: {
    FunctionName: FUNCTION_NAME,
    StatementId: { purpose: 'the name of the statement' },
    Qualifier: QUALIFIER,
    RevisionId: REVISION,
  },
  handle(context, { FunctionName, StatementId, Qualifier, RevisionId }) {
    const record = functionOf(context, FunctionName!, Qualifier);
    if (RevisionId !== undefined && RevisionId !== revisionId(context.state, record)) {
      throw preconditionFailed();
    }
    if (record.policy === undefined) throw notFound('No policy is associated with the given resource.');
    const all = statementsOf(record.policy);
    const left = all.filter(({ Sid }) => Sid !== StatementId);
    if (left.length === all.length) {
      throw notFound(`Statement ${StatementId} is not found in resource policy.`);
    }
    setPolicy(context, record, left);
    return {};
  },
});

export const getPolicy = lambdaOperation<GetPolicyRequest>(GetPolicy$, {
  summary: 'Shows the policy of a function: who may call it.',
  members: { FunctionName: FUNCTION_NAME, Qualifier: QUALIFIER },
  handle(context, { FunctionName, Qualifier }) {
    const record = functionOf(context, FunctionName!, Qualifier);
    if (record.policy === undefined) throw notFound(NO_POLICY);
    return { Policy: record.policy.text, RevisionId: revisionId(context.state, record) };
  },
});
