/** Topic rules: which messages, what of them, and what is done with it. */
import {
  CreateTopicRule$,
  type CreateTopicRuleRequest,
  DeleteTopicRule$,
  type DeleteTopicRuleRequest,
  DisableTopicRule$,
  type DisableTopicRuleRequest,
  EnableTopicRule$,
  type EnableTopicRuleRequest,
  GetTopicRule$,
  type GetTopicRuleRequest,
  ListTopicRules$,
  type ListTopicRulesRequest,
  ReplaceTopicRule$,
  type ReplaceTopicRuleRequest,
  type TopicRulePayload,
} from '@aws-sdk/client-iot';
import { utf8Length } from '../../../contract/text.ts';
import { iotOperation, PAYLOAD, RULE } from '../define.ts';
import { alreadyExists, invalid, missing, sqlFault } from '../errors.ts';
import { emit } from '../events.ts';
import { ACTIONS_MAX, RULE_NAME, RULES_MAX, SQL_BYTES_MAX } from '../limits.ts';
import { newRule, ruleArn, ruleKey, type TopicRule } from '../model.ts';
import { readAction } from '../rules/actions.ts';
import { type Ctx, ruleOf, rulesOf } from '../rules/lookup.ts';
import { readSql } from '../rules/sql.ts';
import { fitsTopic } from '../rules/topicFilter.ts';

type Read = Pick<TopicRule, 'sql' | 'sqlVersion' | 'description' | 'disabled' | 'actions' | 'errorAction'>;

const VERSIONS: readonly string[] = ['2015-10-08', '2016-03-23', 'beta'];

function readPayload(payload: TopicRulePayload): Read {
  const { sql, actions, description, ruleDisabled = false, awsIotSqlVersion, errorAction } = payload;
  if (sql === undefined) throw missing('topicRulePayload.sql');
  if (actions === undefined) throw missing('topicRulePayload.actions');
  if (actions.length > ACTIONS_MAX) {
    throw invalid(`A rule can have at most ${ACTIONS_MAX} actions`, `It has ${actions.length}.`);
  }
  if (utf8Length(sql) > SQL_BYTES_MAX)
    throw sqlFault('The SQL is too long', `At most ${SQL_BYTES_MAX} bytes.`);
  const sqlVersion = awsIotSqlVersion ?? '2015-10-08';
  if (!VERSIONS.includes(sqlVersion)) {
    throw invalid(
      `Invalid SQL version: ${sqlVersion}`,
      `Versions: ${VERSIONS.join(', ')}; here all read alike.`,
    );
  }
  readSql(sql);
  return {
    sql,
    sqlVersion,
    description: description ?? null,
    disabled: ruleDisabled,
    actions: Object.freeze(
      actions.map((action, index) => readAction(action, `topicRulePayload.actions.${index + 1}`)),
    ),
    errorAction: errorAction === undefined ? null : readAction(errorAction, 'topicRulePayload.errorAction'),
  };
}

export const createTopicRule = iotOperation<CreateTopicRuleRequest>(CreateTopicRule$, {
  summary: 'Makes a rule that takes messages of topics and hands them to actions.',
  members: {
    ruleName: RULE,
    topicRulePayload: PAYLOAD,
    tags: { purpose: 'tags', notModelled: 'rules have no tags here' },
  },
  handle(context, { ruleName = '', topicRulePayload }) {
    const { state, caller, now } = context;
    if (!RULE_NAME.test(ruleName)) {
      throw invalid(
        `1 validation error detected: Value '${ruleName}' at 'ruleName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9_]+$`,
        'A rule’s name has letters, digits and _: no hyphens.',
      );
    }
    const read = readPayload(topicRulePayload!);
    const key = ruleKey(caller.account, ruleName);
    if (state.rules.has(key)) throw alreadyExists(ruleName);
    if (rulesOf(context).length >= RULES_MAX) throw invalid(`An account has at most ${RULES_MAX} rules`);
    const rule = newRule({
      name: ruleName,
      account: caller.account,
      arn: ruleArn(state, caller.account, ruleName),
      order: ++state.thingsMade,
      created: now,
      ...read,
    });
    state.rules.set(key, Object.assign(rule, read));
    emit(context, { type: 'iot/RuleCreated', by: caller.by, rule: ruleName });
    return {};
  },
});

export const replaceTopicRule = iotOperation<ReplaceTopicRuleRequest>(ReplaceTopicRule$, {
  summary: 'Replaces what a rule does: all of it must be given.',
  members: { ruleName: RULE, topicRulePayload: PAYLOAD },
  handle(context, { ruleName, topicRulePayload }) {
    const rule = ruleOf(context, ruleName!);
    Object.assign(rule, readPayload(topicRulePayload!));
    emit(context, { type: 'iot/RuleReplaced', by: context.caller.by, rule: rule.name });
    return {};
  },
});

export const getTopicRule = iotOperation<GetTopicRuleRequest>(GetTopicRule$, {
  summary: 'Shows a rule.',
  members: { ruleName: RULE },
  handle(context, { ruleName }) {
    const rule = ruleOf(context, ruleName!);
    return {
      ruleArn: rule.arn,
      rule: {
        ruleName: rule.name,
        sql: rule.sql,
        ...(rule.description !== null && { description: rule.description }),
        createdAt: createdAt(context, rule),
        actions: [...rule.actions],
        ruleDisabled: rule.disabled,
        awsIotSqlVersion: rule.sqlVersion,
        ...(rule.errorAction !== null && { errorAction: rule.errorAction }),
      },
    };
  },
});

const createdAt = ({ state }: Pick<Ctx, 'state'>, { created }: TopicRule): Date =>
  new Date(state.epoch + created);

export const listTopicRules = iotOperation<ListTopicRulesRequest>(ListTopicRules$, {
  summary: 'Lists the rules.',
  members: {
    topic: { purpose: 'only rules whose filter this topic fits' },
    maxResults: { purpose: 'how many at most', min: 1, max: 10_000, unit: 'entries' },
    nextToken: { purpose: 'go on where the last answer ended' },
    ruleDisabled: { purpose: 'only those that are disabled, or only those that are not' },
  },
  pagination: { inputToken: 'nextToken', outputToken: 'nextToken', result: 'rules', limitKey: 'maxResults' },
  handle(context, { topic, maxResults = 10_000, nextToken, ruleDisabled }) {
    const found = rulesOf(context).filter(
      ({ sql, disabled }) =>
        (topic === undefined || fitsTopic(readSql(sql).filter, topic)) &&
        (ruleDisabled === undefined || ruleDisabled === disabled),
    );
    const from = nextToken !== undefined && /^\d{1,9}$/u.test(nextToken) ? Number(nextToken) : 0;
    const end = from + maxResults;
    return {
      rules: found.slice(from, end).map((rule) => ({
        ruleArn: rule.arn,
        ruleName: rule.name,
        topicPattern: readSql(rule.sql).filter,
        createdAt: createdAt(context, rule),
        ruleDisabled: rule.disabled,
      })),
      ...(end < found.length && { nextToken: String(end) }),
    };
  },
});

export const deleteTopicRule = iotOperation<DeleteTopicRuleRequest>(DeleteTopicRule$, {
  summary: 'Deletes a rule.',
  members: { ruleName: RULE },
  handle(context, { ruleName }) {
    const { name, account } = ruleOf(context, ruleName!);
    context.state.rules.delete(ruleKey(account, name));
    emit(context, { type: 'iot/RuleDeleted', by: context.caller.by, rule: name });
    return {};
  },
});

function setDisabled(context: Ctx, name: string, disabled: boolean): object {
  const rule = ruleOf(context, name);
  if (rule.disabled !== disabled) {
    rule.disabled = disabled;
    emit(context, { type: 'iot/RuleStateChanged', by: context.caller.by, rule: rule.name, disabled });
  }
  return {};
}

export const enableTopicRule = iotOperation<EnableTopicRuleRequest>(EnableTopicRule$, {
  summary: 'Lets a rule work again.',
  members: { ruleName: RULE },
  handle: (context, { ruleName }) => setDisabled(context, ruleName!, false),
});

export const disableTopicRule = iotOperation<DisableTopicRuleRequest>(DisableTopicRule$, {
  summary: 'Stops a rule: messages pass it by.',
  members: { ruleName: RULE },
  handle: (context, { ruleName }) => setDisabled(context, ruleName!, true),
});
