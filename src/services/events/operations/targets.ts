/** Targets: whom a rule hands its events. */
import {
  ListRuleNamesByTarget$,
  type ListRuleNamesByTargetRequest,
  ListTargetsByRule$,
  type ListTargetsByRuleRequest,
  PutTargets$,
  type PutTargetsRequest,
  RemoveTargets$,
  type RemoveTargetsRequest,
} from '@aws-sdk/client-eventbridge';
import { BUS, eventsOperation, FORCE, LIMIT, NEXT_TOKEN, page, paged, RULE } from '../define.ts';
import { tooMany } from '../errors.ts';
import { emit } from '../events.ts';
import { TARGETS_MAX } from '../limits.ts';
import type { Target } from '../model.ts';
import { checkBus, ruleOf, rulesOf } from '../rules/lookup.ts';
import { readTarget } from '../rules/targets.ts';

export const putTargets = eventsOperation<PutTargetsRequest>(PutTargets$, {
  summary: 'Adds targets to a rule, or replaces those of the same id.',
  members: {
    Rule: RULE,
    EventBusName: BUS,
    Targets: {
      purpose: 'Id and Arn, a RoleArn for streams, what they are handed',
      max: 100,
      unit: 'entries',
    },
  },
  handle(context, { Rule, EventBusName, Targets }) {
    const rule = ruleOf(context, Rule!, EventBusName);
    const targets = Targets!.map(readTarget);
    const ids = new Set([...rule.targets.keys(), ...targets.map(({ id }) => id)]);
    if (ids.size > TARGETS_MAX) throw tooMany(`A rule has at most ${TARGETS_MAX} targets.`);
    for (const target of targets) {
      rule.targets.set(target.id, target);
      emit(context, { type: 'events/TargetPut', by: context.caller.by, rule: rule.name, target: target.id });
    }
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
});

export const removeTargets = eventsOperation<RemoveTargetsRequest>(RemoveTargets$, {
  summary: 'Takes targets away from a rule.',
  members: {
    Rule: RULE,
    EventBusName: BUS,
    Ids: { purpose: 'the targets, by id', max: 100, unit: 'entries' },
    Force: FORCE,
  },
  handle(context, { Rule, EventBusName, Ids }) {
    const rule = ruleOf(context, Rule!, EventBusName);
    const failed: object[] = [];
    for (const id of Ids!) {
      if (rule.targets.delete(id)) {
        emit(context, { type: 'events/TargetRemoved', by: context.caller.by, rule: rule.name, target: id });
      } else {
        // UNSURE: the entry.
        failed.push({
          TargetId: id,
          ErrorCode: 'ResourceNotFoundException',
          ErrorMessage: `Rule ${rule.name} does not have a target with the Id ${id}.`,
        });
      }
    }
    return { FailedEntryCount: failed.length, FailedEntries: failed };
  },
});

const shown = (target: Target): object => ({
  Id: target.id,
  Arn: target.arn,
  ...(target.role !== null && { RoleArn: target.role }),
  ...(target.input !== null && { Input: target.input }),
  ...(target.inputPath !== null && { InputPath: target.inputPath }),
  ...(target.transformer !== null && {
    InputTransformer: {
      InputPathsMap: { ...target.transformer.paths },
      InputTemplate: target.transformer.template,
    },
  }),
  ...(target.partitionKeyPath !== null && {
    KinesisParameters: { PartitionKeyPath: target.partitionKeyPath },
  }),
  ...(target.messageGroupId !== null && { SqsParameters: { MessageGroupId: target.messageGroupId } }),
  ...(target.deadLetter !== null && { DeadLetterConfig: { Arn: target.deadLetter } }),
  ...(target.retry !== null && {
    RetryPolicy: { MaximumRetryAttempts: target.retry.attempts, MaximumEventAgeInSeconds: target.retry.age },
  }),
});

export const listTargetsByRule = eventsOperation<ListTargetsByRuleRequest>(ListTargetsByRule$, {
  summary: 'Lists the targets of a rule.',
  members: { Rule: RULE, EventBusName: BUS, NextToken: NEXT_TOKEN, Limit: LIMIT },
  pagination: paged('Targets'),
  handle(context, { Rule, EventBusName, NextToken, Limit }) {
    const rule = ruleOf(context, Rule!, EventBusName);
    const { items, more } = page([...rule.targets.values()], NextToken, Limit);
    return { Targets: items.map(shown), ...more };
  },
});

export const listRuleNamesByTarget = eventsOperation<ListRuleNamesByTargetRequest>(ListRuleNamesByTarget$, {
  summary: 'Lists the rules that have a target.',
  members: {
    TargetArn: { purpose: 'the target, by ARN' },
    EventBusName: BUS,
    NextToken: NEXT_TOKEN,
    Limit: LIMIT,
  },
  pagination: paged('RuleNames'),
  handle(context, { TargetArn, EventBusName, NextToken, Limit }) {
    checkBus(context, EventBusName);
    const found = rulesOf(context).filter(({ targets }) =>
      [...targets.values()].some(({ arn }) => arn === TargetArn),
    );
    const { items, more } = page(found, NextToken, Limit);
    return { RuleNames: items.map(({ name }) => name), ...more };
  },
});
