/** tx.select, tx.commit, tx.rollback: publishes and acknowledgements together. RabbitMQ, AMQP 0-9-1 Reference. */
import type { Ground } from '../engine.ts';
import type { Connection } from '../model.ts';
import { take } from './publishing.ts';
import { channelError } from './refusals.ts';
import { channelOf } from './runtime.ts';
import { type Settlement, settle, tagsOf } from './settling.ts';

/** At once; within a transaction at its commit. */
export function settleOrKeep(
  ground: Ground,
  connection: Connection,
  tag: number,
  multiple: boolean,
  how: Settlement,
): object {
  const channel = channelOf(ground, connection);
  const tags = tagsOf(channel, tag, multiple);
  if (channel.transaction === undefined) settle(ground, connection, tags, how);
  else channel.transaction.push(Object.freeze({ step: 'settle', tags, how }));
  return {};
}

export function begin(ground: Ground, connection: Connection): object {
  channelOf(ground, connection).transaction ??= [];
  return {};
}

function stepsOf(ground: Ground, connection: Connection) {
  const { transaction } = channelOf(ground, connection);
  if (transaction === undefined) throw channelError('PRECONDITION_FAILED', 'channel is not transactional');
  return transaction;
}

export function commit(ground: Ground, connection: Connection): object {
  const steps = stepsOf(ground, connection);
  channelOf(ground, connection).transaction = [];
  for (const step of steps) {
    if (step.step === 'publish') take(ground, connection, step.publish, step.request);
    else settle(ground, connection, step.tags, step.how);
  }
  return {};
}

export function rollback(ground: Ground, connection: Connection): object {
  stepsOf(ground, connection);
  channelOf(ground, connection).transaction = [];
  return {};
}
