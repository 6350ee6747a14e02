/** Why a call about a queue as a whole was refused. */
import {
  helps,
  helpsNot,
  lasting,
  mayHelp,
  moment,
  type Why,
  type WhyGround,
  worded,
} from '../../../contract/why.ts';
import { spanWords } from '../../../contract/whyWords.ts';
import { after, type Instant, type Milliseconds } from '../../../engine/units.ts';
import { NAME_REUSE_WAIT, PURGE_WAIT } from '../limits.ts';
import type { Queue, SqsState } from '../model.ts';
import { attributeValue, isAttributeName } from '../rules/attributeValues.ts';
import { RULES } from './rules.ts';

type Ground = WhyGround<SqsState>;

interface Wait {
  readonly what: string;
  readonly since: Instant;
  readonly wait: Milliseconds;
}

const waited = ({ now }: Ground, { what, since, wait }: Wait): Pick<Why, 'at' | 'values'> => ({
  at: now,
  values: [
    { label: what, is: moment(since) },
    {
      label: 'that is ago',
      is: lasting(now - since),
      against: { label: 'at least', is: lasting(wait) },
    },
  ],
});

export function whyPurgeRefused(ground: Ground, queue: Queue): Why | undefined {
  const since = queue.purged;
  if (since === undefined) return undefined;
  const at = after(since, PURGE_WAIT);
  return {
    ...waited(ground, { what: 'the last purge', since, wait: PURGE_WAIT }),
    title: `${queue.name} refused a purge`,
    answer: `${queue.name} was purged ${spanWords(ground.now - since)} ago; the next purge is possible in ${spanWords(at - ground.now)}.`,
    rule: RULES.purge,
    changes: { by: 'time', at, into: 'a purge is accepted' },
    remedies: [
      mayHelp('receive and delete what came since'),
      helpsNot('asking again before: a refused purge does not count, and does not wait'),
    ],
  };
}

export function whyNameTaken(ground: Ground, key: string): Why | undefined {
  const since = ground.state.deleted.get(key);
  if (since === undefined) return undefined;
  const at = after(since, NAME_REUSE_WAIT);
  const name = key.slice(key.indexOf('/') + 1);
  return {
    ...waited(ground, { what: 'the queue was deleted', since, wait: NAME_REUSE_WAIT }),
    title: `a queue named ${name} cannot be made yet`,
    answer: `A queue of this name was deleted ${spanWords(ground.now - since)} ago; the name is free in ${spanWords(at - ground.now)}.`,
    rule: RULES.nameReuse,
    changes: { by: 'time', at, into: 'the name is free' },
    remedies: [helps('another name'), helpsNot('purging instead of deleting would have kept the queue')],
  };
}

const NAMES_SHOWN = 4;

export function whyNoQueue(ground: Ground, key: string): Why {
  const { state, now } = ground;
  const [account = '', name = ''] = key.split('/');
  const others = [...state.queues.values()].filter((queue) => queue.account === account);
  const elsewhere = [...state.queues.values()].find((queue) => queue.name === name);
  const deleted = state.deleted.get(key);
  const names = others.slice(0, NAMES_SHOWN).map((queue) => queue.name);
  const answer =
    deleted !== undefined
      ? `${name} was deleted ${spanWords(now - deleted)} ago.`
      : elsewhere === undefined
        ? `Account ${account} has no queue named ${name}.`
        : `Account ${account} has no queue named ${name}; account ${elsewhere.account} has one.`;
  return {
    title: `there is no queue ${name}`,
    answer,
    at: now,
    rule: RULES.queueUrl,
    values: [
      {
        label: 'asked for',
        is: worded(name),
        against: {
          label: 'there are',
          is: worded(
            names.length === 0 ? 'none' : names.join(', ') + (others.length > NAMES_SHOWN ? ' …' : ''),
          ),
        },
      },
    ],
    changes: { by: 'act', into: 'a queue of this name must be made' },
    remedies: [
      helps('make it', `aws sqs create-queue --queue-name ${name}`),
      helps('see which queues there are', 'aws sqs list-queues'),
      ...(name.endsWith('.fifo') || !state.queues.has(`${key}.fifo`)
        ? []
        : [helps(`the name of a FIFO queue ends in .fifo: ${name}.fifo is there`)]),
    ],
  };
}

export function whyNameExists(
  { state, now }: Ground,
  queue: Queue,
  given: Readonly<Record<string, string>>,
): Why {
  const values = Object.entries(given).flatMap(([name, asked]) => {
    if (!isAttributeName(name)) return [];
    const has = attributeValue(state, queue, name);
    if (String(has) === asked) return [];
    return [
      {
        label: `${name} asked for`,
        is: worded(asked),
        against: { label: 'the queue has', is: worded(String(has ?? 'none')) },
      },
    ];
  });
  return {
    title: `CreateQueue of ${queue.name} was refused`,
    answer: `${queue.name} is there already, with other attributes than asked for.`,
    at: now,
    rule: RULES.sameName,
    values,
    changes: { by: 'act', into: 'the attributes of one must become those of the other' },
    remedies: [
      helps(
        'change the queue that is there',
        `aws sqs set-queue-attributes --queue-url ${queue.name} --attributes …`,
      ),
      helps('leave the attributes out: then the URL is answered'),
      helps('another name'),
    ],
  };
}
