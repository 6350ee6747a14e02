/** All that a world holds of AWS, in an order in which it can be made. */
import type { Answer, Blueprint, Declared, Readable } from './declared.ts';
import { readKeys, readUsers } from './read/access.ts';
import { readBrokers, readConfigurations } from './read/brokers.ts';
import { readBuckets } from './read/buckets.ts';
import { readEventSubscriptions } from './read/databases.ts';
import { readDeliveryStreams, readTables } from './read/deliveryStreams.ts';
import { readFunctions, readMappings } from './read/functions.ts';
import { readQueues } from './read/queues.ts';
import { readEventRules, readTopicRules } from './read/rules.ts';
import { readAlarms, readGroups } from './read/scaling.ts';
import { readStreams } from './read/streams.ts';
import { readSubscriptions, readTopics } from './read/topics.ts';

/** What is named later may name what is named earlier; the rest is connected when everything stands. */
const READERS: readonly ((readable: Readable) => readonly Declared[])[] = [
  readKeys,
  readUsers,
  readQueues,
  readTopics,
  readStreams,
  readBuckets,
  readFunctions,
  readTables,
  readDeliveryStreams,
  readConfigurations,
  readBrokers,
  readGroups,
  readMappings,
  readSubscriptions,
  readAlarms,
  readEventSubscriptions,
  readEventRules,
  readTopicRules,
];

/** `leftOut`: what the caller knows cannot be taken along. */
export function readBlueprint(
  readable: Readable,
  place: Pick<Blueprint, 'account' | 'region' | 'leftOut'>,
): Blueprint {
  return { ...place, resources: READERS.flatMap((read) => read(readable)) };
}

/** Names of what AWS makes up, replaced: two worlds made from one script are told alike by this. */
export function comparable(blueprint: Blueprint): readonly Answer[] {
  const literals = blueprint.resources.flatMap(({ make }) =>
    make.flatMap((line) => ('gives' in line && line.gives ? [line.gives] : [])),
  );
  return blueprint.resources.map(({ type, name, properties, parts = [] }) => {
    let text = JSON.stringify({ type, name, properties, parts });
    for (const { literal, variable } of literals) text = text.replaceAll(literal, variable);
    return JSON.parse(text) as Answer;
  });
}
