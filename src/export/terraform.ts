/** A world as Terraform's JSON (`main.tf.json`), for HashiCorp's AWS provider. */
import type { Blueprint, Declared } from './declared.ts';
import { mapTexts, type Reference, References } from './references.ts';
import type { Block } from './terraformBlock.ts';
import { ATTRIBUTES, terraformBlocks } from './terraformTypes.ts';

export function terraform(blueprint: Blueprint): string {
  const { account, region, resources, leftOut } = blueprint;
  const references = new References(blueprint);
  const labels = labelsOf(resources);
  const address = ({ resource, attribute }: Reference): string => {
    const [{ type } = { type: '' }] = terraformBlocks(resource);
    const known = ATTRIBUTES[attribute] ?? 'id';
    return `\${${type}.${labels.get(resource)!}.${known}}`;
  };
  const filled = (value: unknown, own: Declared): unknown =>
    mapTexts(value, (text) =>
      references
        .pieces(text, (other) => other !== own)
        .map((piece) =>
          typeof piece === 'string'
            ? piece
                .replaceAll('${', '$${')
                // biome-ignore lint/suspicious/noTemplateCurlyInString: the template's own placeholder
                .replaceAll(account, '${data.aws_caller_identity.current.account_id}')
            : address(piece),
        )
        .join(''),
    );
  const byType: Record<string, Record<string, unknown>> = {};
  for (const resource of resources) {
    const [first, ...others] = terraformBlocks(resource);
    const label = labels.get(resource)!;
    const put = ({ type, suffix = '', body }: Block, arguments_: unknown): void => {
      byType[type] ??= {};
      byType[type][`${label}${suffix}`] = arguments_ ?? body;
    };
    if (first === undefined) continue;
    put(first, filled(first.body, resource));
    // The rest names the resource itself.
    for (const block of others) {
      const owner = `\${${first.type}.${label}.`;
      put(block, {
        ...(filled(block.body, resource) as object),
        ...Object.fromEntries(
          Object.entries(block.owner ?? {}).map(([name, attribute]) => [
            name,
            typeof attribute === 'string' ? `${owner}${attribute}}` : [`${owner}${attribute[0]}}`],
          ]),
        ),
      });
    }
  }
  const written = {
    '//': ['Made by msg-playground from a world.', ...leftOut.map((words) => `Left out: ${words}.`)].join(
      ' ',
    ),
    terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '>= 6.0' } } },
    provider: { aws: { region } },
    data: { aws_caller_identity: { current: {} } },
    resource: byType,
  };
  return `${JSON.stringify(written, undefined, 2)}\n`;
}

/** Letters, digits and lines; unique among all. */
function labelsOf(resources: readonly Declared[]): ReadonlyMap<Declared, string> {
  const taken = new Set<string>();
  return new Map(
    resources.map((resource) => {
      const { name, type } = resource;
      const base = name.replace(/[^A-Za-z0-9_-]+/gu, '_').replace(/^(?=[^A-Za-z_])/u, '_');
      let label = base;
      for (let count = 2; taken.has(`${type} ${label}`); count++) label = `${base}_${count}`;
      taken.add(`${type} ${label}`);
      return [resource, label];
    }),
  );
}
