/** Why an event reached nobody: rule by rule the key that does not fit; a rule that rests, or a target that refuses. */
import {
  counted,
  helps,
  helpsNot,
  mayHelp,
  moment,
  type Why,
  type WhyGround,
  type WhyQuestion,
  type WhyRow,
  worded,
} from '../../contract/why.ts';
import { several } from '../../contract/whyWords.ts';
import { instant } from '../../engine/units.ts';
import type { EventsState, Rule, Seen } from './model.ts';
import { reasons } from './rules/pattern.ts';

type Ground = WhyGround<EventsState>;

const PATTERNS: Why['rule'] = {
  name: 'events/pattern',
  says: 'A rule takes an event when every key of its pattern is in the event, with one of the values given for it.',
  page: 'Amazon EventBridge User Guide: Creating Amazon EventBridge event patterns',
};
const TARGETS: Why['rule'] = {
  name: 'events/targets',
  says: 'Streams are called as the target’s role; queues, topics and functions need a policy that lets events.amazonaws.com in. What is refused is tried again only where that may help.',
  page: 'Amazon EventBridge User Guide: Using resource-based policies for Amazon EventBridge',
};
const STATE: Why['rule'] = {
  name: 'events/rule-state',
  says: 'A rule hands events on while it is ENABLED and has a target.',
  page: 'Amazon EventBridge User Guide: Rules in Amazon EventBridge',
};
const SCHEDULE: Why['rule'] = {
  name: 'events/schedule',
  says: 'A rule on a schedule runs at its times, in UTC; a rate counts from when the rule was put or enabled.',
  page: 'Amazon EventBridge User Guide: Creating a rule that runs on a schedule in Amazon EventBridge',
};

export function why(ground: Ground, question: WhyQuestion): Why | undefined {
  switch (question.type) {
    case 'call': {
      const { request, outcome } = question;
      if (request.service !== 'events' || request.operation !== 'PutEvents' || !outcome.ok) return undefined;
      const { Entries = [] } = outcome.output as {
        readonly Entries?: readonly { readonly EventId?: string }[];
      };
      const seen = Entries.map(({ EventId }) => seenBy(ground, EventId)).find((one) => one !== undefined);
      return seen && whoTakes(ground, seen, 'who takes the event you put');
    }
    case 'message': {
      const seen = seenBy(ground, question.prefix);
      return seen && whoTakes(ground, seen, `who takes the event ${seen.event.id.slice(0, 4)}`);
    }
    case 'resource':
      return whyResource(ground, question.id);
  }
}

/** Put events may reach nobody. */
export const wonders = ({ operation }: { readonly operation: string }): boolean => operation === 'PutEvents';

function seenBy({ state }: Ground, prefix: string | undefined): Seen | undefined {
  if (prefix === undefined || prefix === '') return undefined;
  for (const { seen } of state.buses.values()) {
    const found = seen.find(({ event }) => event.id.startsWith(prefix));
    if (found !== undefined) return found;
  }
  return undefined;
}

function whyResource(ground: Ground, id: string): Why | undefined {
  const { state } = ground;
  if (id === 'bus/default') {
    const newest = state.buses.get(state.account)?.seen.at(-1);
    return newest && whoTakes(ground, newest, 'who takes the newest event of the bus');
  }
  if (!id.startsWith('rule/')) return undefined;
  const name = id.slice('rule/'.length);
  const rule = state.rules.get(name.includes('/') ? name : `${state.account}/${name}`);
  return rule && whyRule(ground, rule);
}

function whyRule(ground: Ground, rule: Rule): Why {
  const { now } = ground;
  const title = `what the rule ${rule.name} does`;
  if (rule.state === 'DISABLED' || rule.targets.size === 0) return restingRule(ground, rule, title);
  if (rule.trouble !== null) return refusedTarget(ground, rule, rule.trouble);
  if (rule.pattern === null) {
    return {
      title,
      answer:
        rule.next < 0
          ? `Its schedule ${rule.schedule} has no time left.`
          : `It runs by itself, ${rule.schedule}: no event starts it.`,
      at: now,
      rule: SCHEDULE,
      values: [{ label: 'runs so far', is: counted(rule.counters.matched) }],
      changes:
        rule.next < 0
          ? { by: 'act', into: 'another schedule' }
          : { by: 'time', at: instant(rule.next), into: 'it runs' },
      remedies: [],
    };
  }
  const bus = ground.state.buses.get(rule.account);
  const missed = bus?.seen.findLast(({ fitted }) => !fitted.includes(rule.name));
  if (missed === undefined) {
    return {
      title,
      answer:
        bus === undefined ? 'No event has come to the bus.' : 'It took every event that the bus remembers.',
      at: now,
      rule: PATTERNS,
      values: [{ label: 'events it took', is: counted(rule.counters.matched) }],
      changes: { by: 'act', into: 'an event comes that fits' },
      remedies: [helps('put an event of your own', 'aws events put-events')],
    };
  }
  return missedEvent(ground, rule, missed);
}

function restingRule({ now }: Ground, { name, state, targets }: Rule, title: string): Why {
  const rests = state === 'DISABLED';
  return {
    title,
    answer: rests
      ? `${name} is disabled: events pass it by.`
      : `${name} has no target: what it takes goes nowhere.`,
    at: now,
    rule: STATE,
    values: [
      { label: 'state', is: worded(state) },
      { label: 'targets', is: counted(targets.size) },
    ],
    changes: { by: 'act', into: rests ? 'it is enabled' : 'it gets a target' },
    remedies: [
      rests
        ? helps('let it work again', `aws events enable-rule --name ${name}`)
        : helps('give it a target', `aws events put-targets --rule ${name}`),
    ],
  };
}

function refusedTarget(
  { now }: Ground,
  rule: Rule,
  { at, to, code, message }: NonNullable<Rule['trouble']>,
): Why {
  const denied = /AccessDenied|AuthorizationError|NotAuthorized/u.test(code);
  return {
    title: `a target of ${rule.name} refused`,
    answer: denied
      ? `The policy of ${to} does not let events.amazonaws.com in for this rule.`
      : `${to} refused: ${message === '' ? code : message}`,
    at: now,
    rule: TARGETS,
    values: [
      { label: 'target', is: worded(to) },
      { label: 'error', is: worded(code) },
      { label: 'when', is: moment(at) },
      { label: 'given up', is: counted(rule.counters.failed) },
      { label: 'in a dead-letter queue', is: counted(rule.counters.deadLettered) },
    ],
    changes: { by: 'act', into: denied ? 'a policy lets it in' : 'the target takes events' },
    remedies: [
      denied
        ? helps(`a policy at the target: Principal Service events.amazonaws.com, aws:SourceArn ${rule.arn}`)
        : mayHelp('make the target, or mend it'),
      helpsNot('a RoleArn for a queue, a topic or a function: only streams take one'),
      mayHelp('a dead-letter queue keeps what is given up: DeadLetterConfig={Arn=…}'),
    ],
  };
}

/** Key by key, one event against one pattern. */
function missedEvent({ now }: Ground, rule: Rule, { event, at }: Seen): Why {
  const rows = keyRows(rule, { event });
  const first = rows.find(({ mark }) => mark === 'no');
  return {
    title: `why ${rule.name} passed an event by`,
    answer:
      first === undefined
        ? 'Every key fits now: the rule was another when the event came, or an $or joins the keys.'
        : `${first.name} is ${first.state}, and the pattern wants ${first.reason}.`,
    at: now,
    rule: PATTERNS,
    values: [
      { label: 'event', is: worded(`${event.source}, ${event['detail-type']}`) },
      { label: 'came at', is: moment(at) },
    ],
    table: { heads: ['key', 'the event has', 'the pattern wants', ''], rows, more: 0 },
    changes: { by: 'act', into: 'another pattern, or another event' },
    remedies: [
      helps('try a pattern on an event before you put it', 'aws events test-event-pattern'),
      helpsNot('waiting: an event that no rule took is gone'),
    ],
  };
}

const ROWS_MAX = 20;

const keyRows = (rule: Rule, { event }: Pick<Seen, 'event'>): WhyRow[] =>
  reasons(rule.pattern!, event)
    .slice(0, ROWS_MAX)
    .map(({ key, wanted, found, matched }) => ({
      mark: matched ? 'yes' : 'no',
      name: key,
      state: found,
      reason: wanted,
      change: 'never',
    }));

/** One event against all rules. */
function whoTakes({ state, now }: Ground, seen: Seen, title: string): Why {
  const rules = [...state.rules.values()].filter(
    ({ account, pattern }) => account === seen.event.account && pattern !== null,
  );
  const rows = rules.slice(0, ROWS_MAX).map((rule): WhyRow => {
    if (seen.fitted.includes(rule.name)) {
      const targets = several(rule.targets.size, 'target');
      return { mark: 'yes', name: rule.name, state: 'took it', reason: targets, change: 'never' };
    }
    if (rule.state === 'DISABLED') {
      return { mark: 'no', name: rule.name, state: 'no', reason: 'disabled', change: 'never' };
    }
    const first = keyRows(rule, seen).find(({ mark }) => mark === 'no');
    const reason =
      first === undefined ? 'it was not there yet' : `${first.name} is ${first.state}, not ${first.reason}`;
    return { mark: 'no', name: rule.name, state: 'no', reason, change: 'never' };
  });
  return {
    title,
    answer:
      rules.length === 0
        ? 'There is no rule with a pattern: the event is gone.'
        : `${seen.fitted.length} of ${several(rules.length, 'rule')} took it.`,
    at: now,
    rule: PATTERNS,
    values: [{ label: 'event', is: worded(`${seen.event.source}, ${seen.event['detail-type']}`) }],
    table: { heads: ['rule', '', 'why', ''], rows, more: rules.length - rows.length },
    changes: { by: 'act', into: 'another rule, or another event' },
    remedies: [
      mayHelp('compare the event with a pattern', 'aws events test-event-pattern'),
      helpsNot('waiting: the bus keeps nothing'),
    ],
    ...(seen.fitted.length > 0 && { see: seen.fitted.map((name) => `rule/${name}`) }),
  };
}
