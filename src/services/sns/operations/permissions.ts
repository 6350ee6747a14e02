/** AddPermission and RemovePermission: statements in the topic's policy. */
import {
  AddPermission$,
  type AddPermissionInput,
  RemovePermission$,
  type RemovePermissionInput,
} from '@aws-sdk/client-sns';
import type { Context } from '../../../engine/service.ts';
import { snsOperation, TOPIC_ARN } from '../define.ts';
import { invalidParameter } from '../errors.ts';
import { emit } from '../events.ts';
import type { SnsState, Topic } from '../model.ts';
import { topicAt } from '../rules/arns.ts';
import { frozen } from '../rules/json.ts';
import { ACTIONS, policyOf } from '../rules/topicPolicy.ts';

interface Policy {
  readonly Statement: readonly { readonly Sid?: string }[];
}

export const addPermission = snsOperation<AddPermissionInput>(AddPermission$, {
  summary: 'Lets other accounts use a topic, by a statement in its policy.',
  members: {
    TopicArn: TOPIC_ARN,
    Label: { purpose: 'a name for the permission' },
    AWSAccountId: { purpose: 'the accounts that may' },
    ActionName: { purpose: 'what they may do: Publish, Subscribe …' },
  },
  handle(context, { TopicArn, Label, AWSAccountId, ActionName }) {
    const topic = topicAt(context.state, TopicArn!);
    const accounts = AWSAccountId ?? [];
    const actions = ActionName ?? [];
    const foreign = actions.find((action) => ![...ACTIONS, 'Receive', '*'].includes(action));
    if (actions.length === 0 || foreign !== undefined) {
      throw invalidParameter(
        'Policy statement action out of service scope!',
        `${foreign ?? 'Nothing'} is none of ${ACTIONS.join(', ')}, Receive.`,
      );
    }
    for (const account of accounts) {
      // UNSURE: the sentence.
      if (!/^\d{12}$/u.test(account)) throw invalidParameter('Policy Error: PrincipalNotFound');
    }
    const policy = policyOf(topic).value as Policy;
    if (statements(policy).some(({ Sid }) => Sid === Label)) {
      throw invalidParameter('Statement already exists');
    }
    const statement = {
      Sid: Label!,
      Effect: 'Allow',
      Principal: { AWS: oneOrMany(accounts.map((account) => `arn:aws:iam::${account}:root`)) },
      Action: oneOrMany(actions.map((action) => `SNS:${action}`)),
      Resource: topic.arn,
    };
    setPolicy(context, topic, { ...policy, Statement: [...statements(policy), statement] });
    return {};
  },
});

/** UNSURE: that a label which is not there is no error. */
export const removePermission = snsOperation<RemovePermissionInput>(RemovePermission$, {
  summary: 'Takes a permission back that AddPermission gave.',
  members: { TopicArn: TOPIC_ARN, Label: { purpose: 'the name of the permission' } },
  handle(context, { TopicArn, Label }) {
    const topic = topicAt(context.state, TopicArn!);
    const policy = policyOf(topic).value as Policy;
    const left = statements(policy).filter(({ Sid }) => Sid !== Label);
    if (left.length < statements(policy).length) setPolicy(context, topic, { ...policy, Statement: left });
    return {};
  },
});

const statements = ({ Statement }: Policy): Policy['Statement'] =>
  Array.isArray(Statement) ? Statement : [Statement as { readonly Sid?: string }];

const oneOrMany = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 ? values[0]! : values;

function setPolicy(context: Context<SnsState>, topic: Topic, policy: Policy): void {
  const document = Object.freeze({ text: JSON.stringify(policy), value: frozen(policy) });
  topic.settings = Object.freeze({ ...topic.settings, Policy: document });
  emit(context, {
    type: 'sns/AttributesChanged',
    by: context.caller.by,
    topic: topic.name,
    attributes: ['Policy'],
  });
}
