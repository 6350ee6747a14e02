/** From names to groups and streams. */
import type { Context } from '../../../engine/service.ts';
import { notFound } from '../errors.ts';
import type { LogGroup, LogStream, LogsState } from '../model.ts';

export const groupKey = (account: string, name: string): string => `${account}/${name}`;

export function groupOf(
  { state, caller }: Pick<Context<LogsState>, 'state' | 'caller'>,
  name: string,
): LogGroup {
  const group = state.groups.get(groupKey(caller.account, name));
  if (group === undefined) throw notFound('group');
  return group;
}

export function streamOf({ streams }: LogGroup, name: string): LogStream {
  const stream = streams.get(name);
  if (stream === undefined) throw notFound('stream');
  return stream;
}
