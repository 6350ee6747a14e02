/** Log groups as screens and conditions see them; their subscription filters are their links. */
import { parseArn } from '../../contract/arn.ts';
import { perSecond } from '../../contract/traffic.ts';
import type { ResourceId, ResourceView } from '../../contract/view.ts';
import type { Instant } from '../../engine/units.ts';
import type { LogGroup, LogsState } from './model.ts';

const KINDS: Readonly<Record<string, string>> = {
  firehose: 'delivery',
  kinesis: 'stream',
  lambda: 'function',
};

function resourceAt({ account: own }: LogsState, arn: string): ResourceId {
  const { service = '', account = '', resource = arn } = parseArn(arn) ?? {};
  const name = resource.slice(resource.search(/[/:]/u) + 1);
  return `${KINDS[service] ?? service}/${account === own ? name : `${account}/${name}`}`;
}

export const view = (state: LogsState, now: Instant): ResourceView[] =>
  [...state.groups.values()].map((group) => groupView(state, group, now));

function groupView(state: LogsState, group: LogGroup, now: Instant): ResourceView {
  const { name, account, counters, streams, filters, incoming, outgoing } = group;
  const newest = [...streams.values()]
    .flatMap(({ events }) => events.slice(-1))
    .sort((one, other) => other.number - one.number)[0];
  const out = perSecond(outgoing, now);
  return {
    id: `loggroup/${account === state.account ? name : `${account}/${name}`}`,
    kind: 'loggroup',
    name,
    title: 'CloudWatch Logs',
    role: 'resource',
    order: group.order,
    fields: {
      ...counters,
      streams: streams.size,
      filters: [...filters.values()].map(({ name: filter, pattern, to }) => ({ filter, pattern, to })),
      ...(newest !== undefined && { newest: newest.message }),
      createdAtMs: group.created,
    },
    rates: { in: perSecond(incoming, now), out, refused: 0 },
    figures: [
      { label: 'events', value: counters.events, unit: '' },
      { label: 'forwarded', value: counters.forwarded, unit: '' },
      { label: 'lost', value: counters.lost, unit: '', bad: true },
    ],
    links: [...filters.values()].map((filter) => ({
      to: resourceAt(state, filter.to),
      type: 'deliver' as const,
      label: filter.pattern === '' ? 'all' : filter.pattern,
      perSecond: out,
      refusedPerSecond: 0,
    })),
  };
}
