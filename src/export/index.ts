/** From a world to what builds it elsewhere. */
import type { ServiceDescription } from '../contract/operation.ts';
import type { ResourceView } from '../contract/view.ts';
import { readBlueprint } from './blueprint.ts';
import { cloudFormation } from './cloudFormation.ts';
import { commandScript } from './commandScript.ts';
import type { Ask, Blueprint } from './declared.ts';
import { mermaid } from './mermaid.ts';
import { terraform } from './terraform.ts';

const FORMATS = ['cli', 'cloudformation', 'terraform', 'mermaid'] as const;
export type Format = (typeof FORMATS)[number];

export interface Exported {
  readonly ask: Ask;
  readonly catalog: ReadonlyMap<string, ServiceDescription>;
  readonly resources: readonly ResourceView[];
  readonly account: string;
  readonly region: string;
}

export function exportWorld(world: Exported, format: Format): string {
  if (format === 'mermaid') return mermaid(world.resources);
  const blueprint = blueprintOf(world);
  switch (format) {
    case 'cli':
      return commandScript(blueprint, world.catalog);
    case 'cloudformation':
      return cloudFormation(blueprint);
    case 'terraform':
      return terraform(blueprint);
  }
}

export function blueprintOf({ ask, catalog, resources, account, region }: Exported): Blueprint {
  const inputOf = (service: string, operation: string) =>
    catalog.get(service)!.operations.get(operation)!.input;
  return readBlueprint({ ask, inputOf }, { account, region, leftOut: leftOutOf(resources) });
}

/** What is not AWS's, and what AWS does not tell. */
function leftOutOf(resources: readonly ResourceView[]): readonly string[] {
  const apps = resources.filter(({ kind }) => kind === 'app').map(({ name }) => name);
  const databases = resources.filter(({ kind }) => kind === 'database').map(({ name }) => name);
  const brokers = resources.some(({ kind }) => kind === 'broker');
  return [
    ...(apps.length > 0 ? [`apps, which are no part of AWS: ${apps.join(', ')}`] : []),
    ...(databases.length > 0
      ? [`databases, which apps play, and what reads their changes: ${databases.join(', ')}`]
      : []),
    'messages, records and objects: they are data',
    ...(brokers ? ['what is declared inside brokers, and the passwords of their users: change them'] : []),
  ];
}
