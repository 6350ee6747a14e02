/** AddPermission and RemovePermission: statements in the queue's policy. */
import {
  AddPermission$,
  type AddPermissionRequest,
  RemovePermission$,
  type RemovePermissionRequest,
} from '@aws-sdk/client-sqs';
import { QUEUE_URL, sqsOperation } from '../define.ts';
import { invalidValue, missingParameter, overLimit } from '../errors.ts';
import { emit } from '../events.ts';
import { ACTIONS_MAX, LABEL_LENGTH_MAX } from '../limits.ts';
import type { Queue } from '../model.ts';
import { queueAt } from '../rules/queueUrl.ts';

interface Policy {
  readonly Version: string;
  readonly Id: string;
  readonly Statement: readonly { readonly Sid?: string }[];
}

const LABEL = {
  purpose: 'a name for the permission',
  min: 1,
  max: LABEL_LENGTH_MAX,
  unit: 'characters',
} as const;

export const addPermission = sqsOperation<AddPermissionRequest>(AddPermission$, {
  summary: 'Lets other accounts use a queue, by a statement in its policy.',
  members: {
    QueueUrl: QUEUE_URL,
    Label: LABEL,
    AWSAccountIds: { purpose: 'the accounts that may', min: 1, unit: 'entries' },
    Actions: {
      purpose: 'what they may do: SendMessage, ReceiveMessage … or *',
      min: 1,
      max: ACTIONS_MAX,
      unit: 'entries',
    },
  },
  handle(context, { QueueUrl, Label, AWSAccountIds, Actions }) {
    const queue = queueAt(context, QueueUrl!);
    checkLabel(Label!);
    const accounts = AWSAccountIds ?? [];
    const actions = Actions ?? [];
    checkLists(accounts, actions);
    const policy = policyOf(queue);
    if (policy.Statement.some(({ Sid }) => Sid === Label)) {
      throw invalidValue(Label, 'Label', 'Already exists.');
    }
    const users = accounts.map((account) => `arn:aws:iam::${account}:root`);
    const names = actions.map((action) => `SQS:${action}`);
    const statement = {
      Sid: Label!,
      Effect: 'Allow',
      Principal: { AWS: oneOrMany(users) },
      Action: oneOrMany(names),
      Resource: queue.arn,
    };
    setPolicy(queue, { ...policy, Statement: [...policy.Statement, statement] });
    emit(context, {
      type: 'sqs/AttributesChanged',
      by: context.caller.by,
      queue: queue.name,
      attributes: ['Policy'],
    });
    return {};
  },
});

/** UNSURE: the sentence. */
function checkLabel(label: string): void {
  if (/^[A-Za-z0-9_-]{1,80}$/.test(label)) return;
  throw invalidValue(
    label,
    'Label',
    'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
  );
}

function checkLists(accounts: readonly string[], actions: readonly string[]): void {
  if (actions.length > ACTIONS_MAX) {
    throw overLimit(`${actions.length} Actions were found, maximum allowed is ${ACTIONS_MAX}.`);
  }
  // UNSURE: the sentences of the three that follow.
  if (actions.length === 0) throw missingParameter('Actions');
  if (accounts.length === 0 || accounts.some((account) => !/^\d{12}$/.test(account))) {
    throw invalidValue(`[${accounts.join(', ')}]`, 'PrincipalId', 'Unable to verify.');
  }
  const owners = actions.find((action) => OWNER_ONLY.has(action));
  if (owners !== undefined) {
    throw invalidValue(
      `SQS:${owners}`,
      'ActionName',
      'Only the queue owner is allowed to invoke this action.',
    );
  }
}

/** SQS API Reference, AddPermission: cross-account permissions don't apply to these. */
const OWNER_ONLY: ReadonlySet<string> = new Set([
  'AddPermission',
  'CancelMessageMoveTask',
  'CreateQueue',
  'DeleteQueue',
  'ListMessageMoveTasks',
  'ListQueues',
  'ListQueueTags',
  'RemovePermission',
  'SetQueueAttributes',
  'StartMessageMoveTask',
  'TagQueue',
  'UntagQueue',
]);

export const removePermission = sqsOperation<RemovePermissionRequest>(RemovePermission$, {
  summary: 'Takes a permission back that AddPermission gave.',
  members: { QueueUrl: QUEUE_URL, Label: { ...LABEL, purpose: 'the name of the permission' } },
  handle(context, { QueueUrl, Label }) {
    const queue = queueAt(context, QueueUrl!);
    checkLabel(Label!);
    const policy = policyOf(queue);
    const left = policy.Statement.filter(({ Sid }) => Sid !== Label);
    if (left.length === policy.Statement.length) {
      throw invalidValue(Label, 'Label', "can't find label.");
    }
    setPolicy(queue, left.length === 0 ? undefined : { ...policy, Statement: left });
    emit(context, {
      type: 'sqs/AttributesChanged',
      by: context.caller.by,
      queue: queue.name,
      attributes: ['Policy'],
    });
    return {};
  },
});

const oneOrMany = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 ? values[0]! : values;

function policyOf(queue: Queue): Policy {
  const given = queue.settings.Policy?.policy as Partial<Policy> | undefined;
  const statement = given?.Statement ?? [];
  return {
    Version: '2008-10-17',
    Id: `${queue.arn}/SQSDefaultPolicy`,
    ...given,
    Statement: Array.isArray(statement) ? statement : [statement as { readonly Sid?: string }],
  };
}

function setPolicy(queue: Queue, policy: Policy | undefined): void {
  const { Policy: _, ...settings } = queue.settings;
  queue.settings = Object.freeze(
    policy === undefined
      ? settings
      : {
          ...settings,
          Policy: Object.freeze({ text: JSON.stringify(policy), policy: Object.freeze(policy) }),
        },
  );
}
