/** The bus and its rules as screens and conditions see them: what tells the bus, and whom each rule hands its events. */
import { parseArn } from '../../contract/arn.ts';
import { perSecond } from '../../contract/traffic.ts';
import type { LinkView, ResourceId, ResourceView } from '../../contract/view.ts';
import type { Instant } from '../../engine/units.ts';
import { BUS_NAME, type Bus, type EventsState, type Rule, type Target } from './model.ts';

const KINDS: Readonly<Record<string, string>> = {
  firehose: 'delivery',
  kinesis: 'stream',
  sqs: 'queue',
  sns: 'topic',
  lambda: 'function',
  logs: 'loggroup',
};

/** As other views name it. */
function resourceAt({ account: own }: Pick<EventsState, 'account'>, arn: string): ResourceId {
  const { service = '', account = '', resource = arn } = parseArn(arn) ?? {};
  const bare = ['sqs', 'sns'].includes(service) ? resource : resource.slice(resource.search(/[/:]/u) + 1);
  const name = bare.replace(/:\*$/u, '');
  return `${KINDS[service] ?? service}/${account === own ? name : `${account}/${name}`}`;
}

const idOf = (own: string, account: string, name: string): string =>
  account === own ? name : `${account}/${name}`;

export const view = (state: EventsState, now: Instant): ResourceView[] =>
  [
    ...[...state.buses.values()].map((bus) => busView(state, bus, now)),
    ...[...state.rules.values()].map((rule) => ruleView(state, rule, now)),
  ].sort((one, other) => one.order - other.order);

function busView(state: EventsState, bus: Bus, now: Instant): ResourceView {
  const { account, counters, origins, incoming } = bus;
  const rules = [...state.rules.values()].filter((rule) => rule.account === account && rule.pattern !== null);
  const from = [...origins].map(
    ([to, traffic]): LinkView => ({
      to: to as ResourceId,
      type: 'poll',
      perSecond: perSecond(traffic, now),
      refusedPerSecond: 0,
    }),
  );
  const to = rules.map(
    (rule): LinkView => ({
      to: `rule/${idOf(state.account, account, rule.name)}`,
      type: 'deliver',
      perSecond: perSecond(rule.incoming, now),
      refusedPerSecond: 0,
    }),
  );
  const name = idOf(state.account, account, BUS_NAME);
  return {
    id: `bus/${name}`,
    kind: 'bus',
    name,
    title: 'EventBridge',
    role: 'resource',
    order: bus.order,
    fields: { ...counters, newest: bus.seen.at(-1)?.event ?? null },
    rates: { in: perSecond(incoming, now), out: 0, refused: 0 },
    figures: [
      { label: 'events', value: counters.events, unit: '' },
      { label: 'matched', value: counters.matched, unit: '' },
      { label: 'no rule', value: counters.unmatched, unit: '' },
    ],
    links: [...from, ...to],
  };
}

function ruleView(state: EventsState, rule: Rule, now: Instant): ResourceView {
  const { account, counters, targets, state: ruleState } = rule;
  const name = idOf(state.account, account, rule.name);
  const out = perSecond(rule.outgoing, now);
  return {
    id: `rule/${name}`,
    kind: 'rule',
    name,
    title: 'EventBridge rule',
    role: 'resource',
    order: rule.order,
    fields: {
      attributes: {
        State: ruleState,
        ...(rule.pattern !== null && { EventPattern: rule.pattern }),
        ...(rule.schedule !== null && { ScheduleExpression: rule.schedule }),
      },
      ...counters,
      waiting: [...state.flights.values()].filter(({ ruleArn }) => ruleArn === rule.arn).length,
      targets: [...targets.values()].map((target) => ({
        id: target.id,
        to: target.arn,
        hands: handed(target),
      })),
      ...(rule.next >= 0 && { nextMs: rule.next - now }),
      ...(rule.trouble !== null && { trouble: `${rule.trouble.code}: ${rule.trouble.message}` }),
      createdAtMs: rule.created,
    },
    ...(rule.schedule !== null && { scope: { label: 'runs', value: rule.schedule } }),
    rates: { in: perSecond(rule.incoming, now), out, refused: 0 },
    ...(ruleState === 'DISABLED' && { stopped: true }),
    figures: [
      { label: 'matched', value: counters.matched, unit: '' },
      { label: 'invoked', value: counters.invoked, unit: '' },
      { label: 'dead', value: counters.deadLettered, unit: '', bad: true },
      { label: 'lost', value: counters.lost, unit: '', bad: true },
    ],
    links: [...targets.values()].flatMap((target): LinkView[] => [
      {
        to: resourceAt(state, target.arn),
        type: 'deliver',
        label: handed(target),
        perSecond: out,
        refusedPerSecond: 0,
      },
      ...(target.deadLetter === null
        ? []
        : [
            {
              to: resourceAt(state, target.deadLetter),
              type: 'redrive',
              label: 'given up',
              perSecond: 0,
              refusedPerSecond: 0,
            } as const,
          ]),
    ]),
  };
}

/** In a word: what of the event a target is handed. */
function handed({ input, inputPath, transformer }: Target): string {
  if (input !== null) return 'a constant';
  if (inputPath !== null) return inputPath;
  return transformer === null ? 'the event' : 'a template';
}
