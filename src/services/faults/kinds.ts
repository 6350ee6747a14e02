/** Which faults there are, and what each can be done to. A new kind of resource is a line here. */
import type { FaultKind } from '../../contract/faults.ts';

export interface KindWords {
  readonly words: string;
  /** Kinds of resources, and the service of each. */
  readonly on: Readonly<Record<string, string>>;
}

export const KINDS: Readonly<Record<FaultKind, KindWords>> = {
  slow: { words: 'work takes --times as long', on: { app: 'app', database: 'app' } },
  crash: {
    words:
      'workers end in the middle of their work: all at once, or by --chance; of a broker its active node; of a relational database its writer',
    on: { app: 'app', broker: 'mq', database: 'app' },
  },
  refuse: { words: 'writes are refused: all, or by --chance', on: { database: 'app', delivery: 'firehose' } },
  duplicate: { words: 'deletes miss a copy, which comes back', on: { queue: 'sqs' } },
  'deny-key': { words: 'a key is taken out of use', on: { key: 'kms' } },
  'zone-down': {
    words: 'the instances and nodes of --zone end, and none start there',
    on: { group: 'autoscaling', broker: 'mq' },
  },
};

/** Faults that one would expect, of things that are not here: refused by name. */
export const NOT_HERE: Readonly<Record<string, string>> = {
  'drop-endpoint': 'there are no HTTP endpoints to drop',
  throttle: 'limits are earned here: send faster',
};
