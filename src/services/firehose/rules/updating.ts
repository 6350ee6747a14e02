/** UpdateDestination: what stays and what changes. Firehose API Reference, UpdateDestination. */
import { invalidArgument } from '../errors.ts';
import type { DestinationKind } from '../limits.ts';
import { DESTINATIONS, type Destination, type Given, readDestination } from './destination.ts';

/** `ExtendedS3DestinationConfiguration` ← `ExtendedS3DestinationUpdate`. */
const updateName = (member: string): string => member.replace(/Configuration$/u, 'Update');
const UPDATES = new Map(DESTINATIONS.map((member) => [updateName(member), member]));

const isSearch = (kind: DestinationKind): boolean => kind === 'openSearch' || kind === 'elasticsearch';

export function updated(old: Destination, input: Readonly<Record<string, object | undefined>>): Destination {
  const named = [...UPDATES.keys()].filter((name) => input[name] !== undefined);
  if (named.length !== 1) {
    throw invalidArgument('Exactly one destination configuration is supported for a Firehose');
  }
  const member = UPDATES.get(named[0]!)!;
  const update = input[named[0]!] as Given;
  const kind = kindOf(member);
  if (kind !== old.kind) {
    if (isSearch(kind) || isSearch(old.kind)) {
      // UNSURE: the sentence.
      throw invalidArgument('Switching between OpenSearch and other destinations is not supported.');
    }
    return readDestination(member, renamed(update));
  }
  const config = merged(old.config, renamed(update));
  if (old.kind === 's3' && old.config.S3BackupMode === 'Enabled' && config.S3BackupMode === 'Disabled') {
    throw invalidArgument('S3BackupMode cannot be disabled once it is enabled.');
  }
  if (isSearch(kind) && update.S3BackupMode !== undefined) {
    throw invalidArgument('S3BackupMode of an OpenSearch destination is fixed when it is created.');
  }
  return readDestination(old.kind === 's3' ? 'ExtendedS3DestinationConfiguration' : old.member, config);
}

function kindOf(member: string): DestinationKind {
  if (member.includes('S3D')) return 's3';
  if (member.startsWith('Redshift')) return 'redshift';
  if (member.startsWith('AmazonOpenSearchServerless')) return 'openSearchServerless';
  if (member.startsWith('Amazonopensearch')) return 'openSearch';
  if (member.startsWith('Elasticsearch')) return 'elasticsearch';
  return member.startsWith('Splunk') ? 'splunk' : 'http';
}

/** `S3Update` and `S3BackupUpdate` are what the configuration calls otherwise. */
function renamed({ S3Update, S3BackupUpdate, ...rest }: Given): Given {
  return {
    ...rest,
    ...(S3Update !== undefined && { S3Configuration: S3Update }),
    ...(S3BackupUpdate !== undefined && { S3BackupConfiguration: S3BackupUpdate }),
  };
}

/** Unnamed values stay, one level into the places in S3. */
function merged(old: Given, update: Given): Given {
  const result: Record<string, unknown> = { ...old };
  for (const [name, value] of Object.entries(update)) {
    if (value === undefined) continue;
    const deep = name === 'S3Configuration' || name === 'S3BackupConfiguration';
    result[name] = deep ? { ...(old[name] as object | undefined), ...(value as object) } : value;
  }
  return result;
}
