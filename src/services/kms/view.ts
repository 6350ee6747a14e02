/** A key as screens and conditions see it: under its first alias, or its id. */
import type { ResourceView } from '../../contract/view.ts';
import type { KmsState } from './model.ts';

export function view(state: KmsState): ResourceView[] {
  const aliases = [...state.aliases.values()];
  return [...state.keys.values()].map((key) => {
    const names = aliases.filter(({ keyId }) => keyId === key.id).map(({ name }) => name);
    const name = names[0]?.slice('alias/'.length) ?? key.id;
    return {
      id: `key/${key.account === state.account ? name : `${key.account}/${name}`}`,
      kind: 'key',
      name,
      title: 'KMS',
      role: 'resource',
      order: key.order,
      offStage: true,
      fields: {
        keyId: key.id,
        arn: key.arn,
        account: key.account,
        state: key.state,
        aliases: names,
        policy: JSON.parse(key.policy.text),
        createdAtMs: key.created,
      },
      scope: { label: 'state', value: key.state },
      links: [],
      ...(key.state === 'Enabled' ? {} : { stopped: true }),
    };
  });
}
