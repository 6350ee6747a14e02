/** A user as screens and conditions see it. */
import { userArn } from '../../contract/identity.ts';
import type { ResourceView } from '../../contract/view.ts';
import type { IamState } from './model.ts';

export const view = (state: IamState): ResourceView[] =>
  [...state.users.values()].map((user) => {
    const { account, name, inline, attached } = user;
    return {
      id: `user/${account === state.account ? name : `${account}/${name}`}`,
      kind: 'user',
      name,
      title: 'IAM',
      role: 'resource',
      order: user.order,
      offStage: true,
      fields: {
        account,
        arn: userArn(account, name),
        inlinePolicies: inline.map((policy) => policy.name),
        attachedPolicies: [...attached],
        createdAtMs: user.created,
      },
      scope: { label: 'policies', value: String(inline.length + attached.length) },
      links: [],
    };
  });
