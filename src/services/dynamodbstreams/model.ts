/** What DynamoDB Streams keeps: for each table with a stream its newest changes. */
import { mixWords } from '../../contract/messageId.ts';
import type { ItemImage, StreamView } from '../../contract/tableStreams.ts';
import type { AwsWorldSettings } from '../../contract/world.ts';
import type { Instant } from '../../engine/units.ts';

/** Frozen. */
export interface ChangeRecord {
  /** Counts the changes of a stream, from 1. */
  readonly number: number;
  readonly at: Instant;
  readonly keys: ItemImage;
  readonly item: ItemImage;
}

/** A reader that has read all, by who waits and for whom. Frozen. */
interface Waiting {
  readonly to: string;
  readonly reader: string;
  readonly position: number;
}

export interface TableStream {
  readonly table: string;
  readonly arn: string;
  readonly view: StreamView;
  readonly created: Instant;
  /** Oldest first; what is older than a day is gone. */
  records: readonly ChangeRecord[];
  made: number;
  readonly waiting: Map<string, Waiting>;
}

export interface StreamsState {
  readonly seed: number;
  readonly epoch: number;
  readonly region: string;
  readonly account: string;
  /** By the table's name. */
  readonly streams: Map<string, TableStream>;
}

export const createState = ({ seed, epoch, region, account }: AwsWorldSettings): StreamsState => ({
  seed,
  epoch,
  region,
  account,
  streams: new Map(),
});

export const labelOf = ({ epoch }: StreamsState, at: Instant): string =>
  new Date(epoch + at).toISOString().slice(0, 23);

export const tableStreamArn = (state: StreamsState, table: string, at: Instant): string =>
  `arn:aws:dynamodb:${state.region}:${state.account}:table/${table}/stream/${labelOf(state, at)}`;

/** SIMPLER THAN AWS: a stream has one shard, which is never closed; there, a shard lasts four hours. */
export const shardOf = (state: StreamsState, { created }: TableStream): string =>
  `shardId-${String(state.epoch + created).padStart(20, '0')}-${hex(mixWords(state.seed, created))}`;

/** Twenty-one digits that grow. */
export const sequenceNumber = (number: number): string => String(100_000_000_000 + number).padEnd(21, '0');

/** Of the record that a sequence number names; undefined: it is none of ours. */
export function numberOf(text: string): number | undefined {
  const number = Number(text.slice(0, 12)) - 100_000_000_000;
  return Number.isInteger(number) && number > 0 && sequenceNumber(number) === text ? number : undefined;
}

export const hex = (word: number): string => word.toString(16).padStart(8, '0');
