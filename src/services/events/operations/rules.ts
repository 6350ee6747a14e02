/** Rules of the default bus: which events, or at which times. */
import {
  DeleteRule$,
  type DeleteRuleRequest,
  DescribeRule$,
  type DescribeRuleRequest,
  DisableRule$,
  type DisableRuleRequest,
  EnableRule$,
  type EnableRuleRequest,
  ListRules$,
  type ListRulesRequest,
  PutRule$,
  type PutRuleRequest,
} from '@aws-sdk/client-eventbridge';
import { BUS, eventsOperation, FORCE, LIMIT, NEXT_TOKEN, page, paged, RULE, without } from '../define.ts';
import { constraint, notModelled, tooMany, validation } from '../errors.ts';
import { emit } from '../events.ts';
import { NAME, PATTERN_MAX, RULES_MAX } from '../limits.ts';
import { BUS_NAME, newRule, type Rule, type RuleState, ruleArn, ruleKey } from '../model.ts';
import { type Ctx, checkBus, ruleOf, rulesOf } from '../rules/lookup.ts';
import { readPattern } from '../rules/pattern.ts';
import { readSchedule } from '../rules/schedule.ts';
import { scheduleNext } from '../rules/scheduling.ts';

const STATES: readonly string[] = ['ENABLED', 'DISABLED'];

export const putRule = eventsOperation<PutRuleRequest>(PutRule$, {
  summary: 'Makes a rule, or replaces one: which events it takes, or when it runs.',
  members: {
    Name: RULE,
    ScheduleExpression: { purpose: 'when it runs, in UTC: rate(5 minutes), cron(0 10 ? * MON-FRI *)' },
    EventPattern: {
      purpose: 'which events, as JSON: {"source":["aws.s3"]}',
      max: PATTERN_MAX,
      unit: 'characters',
    },
    State: { purpose: 'whether it works', values: STATES, default: 'ENABLED' },
    Description: { purpose: 'what it is for', max: 512, unit: 'characters' },
    RoleArn: { purpose: 'a role for all targets' },
    Tags: without('tags', 'rules have no tags here'),
    EventBusName: BUS,
  },
  handle(context, input) {
    const { state, caller, now } = context;
    const name = input.Name!;
    checkName(name);
    checkBus(context, input.EventBusName);
    const { EventPattern: pattern, ScheduleExpression: schedule } = input;
    if (!pattern && !schedule) {
      throw validation('Parameter(s) EventPattern or ScheduleExpression must be specified.');
    }
    const asked = input.State ?? 'ENABLED';
    if (!STATES.includes(asked))
      throw notModelled(`the state ${asked}`, 'A rule is ENABLED or DISABLED; there is no CloudTrail.');
    if (pattern && pattern.length > PATTERN_MAX) {
      throw constraint(pattern, 'EventPattern', `have length less than or equal to ${PATTERN_MAX}`);
    }
    if (pattern) readPattern(pattern);
    if (schedule) readSchedule(schedule);
    const key = ruleKey(caller.account, name);
    const known = state.rules.get(key);
    if (known === undefined && rulesOf(context).length >= RULES_MAX) {
      throw tooMany(`A bus has at most ${RULES_MAX} rules.`);
    }
    const rule =
      known ??
      newRule({
        name,
        account: caller.account,
        arn: ruleArn(state, caller.account, name),
        order: ++state.thingsMade,
        created: now,
      });
    state.rules.set(key, rule);
    rule.pattern = pattern || null;
    rule.schedule = schedule || null;
    rule.state = asked as RuleState;
    rule.description = input.Description ?? null;
    rule.role = input.RoleArn ?? null;
    scheduleNext(context, rule);
    emit(context, { type: 'events/RulePut', by: caller.by, rule: name });
    return { RuleArn: rule.arn };
  },
});

function checkName(name: string): void {
  if (NAME.test(name)) return;
  throw constraint(
    name,
    'Name',
    name.length > 64
      ? 'have length less than or equal to 64'
      : 'satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+',
  );
}

const shown = (rule: Rule): object => ({
  Name: rule.name,
  Arn: rule.arn,
  ...(rule.pattern !== null && { EventPattern: rule.pattern }),
  ...(rule.schedule !== null && { ScheduleExpression: rule.schedule }),
  State: rule.state,
  ...(rule.description !== null && { Description: rule.description }),
  ...(rule.role !== null && { RoleArn: rule.role }),
  EventBusName: BUS_NAME,
});

export const describeRule = eventsOperation<DescribeRuleRequest>(DescribeRule$, {
  summary: 'Shows a rule.',
  members: { Name: RULE, EventBusName: BUS },
  handle(context, { Name, EventBusName }) {
    const rule = ruleOf(context, Name!, EventBusName);
    return { ...shown(rule), CreatedBy: rule.account };
  },
});

export const listRules = eventsOperation<ListRulesRequest>(ListRules$, {
  summary: 'Lists the rules of the bus.',
  members: {
    NamePrefix: { purpose: 'only names that begin so' },
    EventBusName: BUS,
    NextToken: NEXT_TOKEN,
    Limit: LIMIT,
  },
  pagination: paged('Rules'),
  handle(context, { NamePrefix = '', EventBusName, NextToken, Limit }) {
    checkBus(context, EventBusName);
    const found = rulesOf(context).filter(({ name }) => name.startsWith(NamePrefix));
    const { items, more } = page(found, NextToken, Limit);
    return { Rules: items.map(shown), ...more };
  },
});

export const deleteRule = eventsOperation<DeleteRuleRequest>(DeleteRule$, {
  summary: 'Deletes a rule that has no targets any more.',
  members: { Name: RULE, EventBusName: BUS, Force: FORCE },
  handle(context, { Name, EventBusName }) {
    checkBus(context, EventBusName);
    const { state, caller } = context;
    const key = ruleKey(caller.account, Name!);
    const rule = state.rules.get(key);
    // API Reference, DeleteRule: nothing is said of a rule that is not there.
    if (rule === undefined) return {};
    if (rule.targets.size > 0) {
      throw validation("Rule can't be deleted since it has targets.", {
        why: `It has ${[...rule.targets.keys()].join(', ')}: aws events remove-targets first.`,
      });
    }
    state.rules.delete(key);
    emit(context, { type: 'events/RuleDeleted', by: caller.by, rule: rule.name });
    return {};
  },
});

function setState(context: Ctx, name: string, bus: string | undefined, state: RuleState): object {
  const rule = ruleOf(context, name, bus);
  if (rule.state !== state) {
    rule.state = state;
    scheduleNext(context, rule);
    emit(context, { type: 'events/RuleStateChanged', by: context.caller.by, rule: rule.name, state });
  }
  return {};
}

export const enableRule = eventsOperation<EnableRuleRequest>(EnableRule$, {
  summary: 'Lets a rule work again.',
  members: { Name: RULE, EventBusName: BUS },
  handle: (context, { Name, EventBusName }) => setState(context, Name!, EventBusName, 'ENABLED'),
});

export const disableRule = eventsOperation<DisableRuleRequest>(DisableRule$, {
  summary: 'Stops a rule: events pass it by.',
  members: { Name: RULE, EventBusName: BUS },
  handle: (context, { Name, EventBusName }) => setState(context, Name!, EventBusName, 'DISABLED'),
});
