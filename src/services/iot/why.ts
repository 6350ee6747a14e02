/** Why a message did not reach an action: its topic, its WHERE, a rule that rests, an action that failed. */

import { utf8Text } from '../../contract/text.ts';
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
import type { IotState, Seen, TopicRule } from './model.ts';
import { readSql } from './rules/sql.ts';
import { fitsTopic } from './rules/topicFilter.ts';
import { BROKER_ID } from './view.ts';

type Ground = WhyGround<IotState>;

const RULES: Why['rule'] = {
  name: 'iot/topic-rule',
  says: 'A rule takes a message whose topic fits the filter of FROM, when WHERE is true of its payload; what cannot be compared is Undefined, and not true.',
  page: 'AWS IoT Core Developer Guide: AWS IoT SQL reference',
};
const ACTIONS: Why['rule'] = {
  name: 'iot/actions',
  says: 'An action is done as the role that it names; a function needs a policy that lets iot.amazonaws.com in. What fails goes to the error action.',
  page: 'AWS IoT Core Developer Guide: Error handling (error action)',
};

export function why(ground: Ground, question: WhyQuestion): Why | undefined {
  const { state } = ground;
  if (question.type === 'message') {
    const seen = state.broker.seen.find(({ message }) => message.id.startsWith(question.prefix));
    return seen && whoTakes(ground, seen);
  }
  if (question.type !== 'resource') return undefined;
  const { id } = question;
  if (id === BROKER_ID) {
    const newest = state.broker.seen.at(-1);
    return newest && whoTakes(ground, newest);
  }
  if (!id.startsWith('iotrule/')) return undefined;
  const name = id.slice('iotrule/'.length);
  const rule = state.rules.get(name.includes('/') ? name : `${state.account}/${name}`);
  return rule && whyRule(ground, rule);
}

/** Why this rule did not take it; undefined: it would. */
function reasonAgainst(rule: TopicRule, { message, fitted }: Seen): string | undefined {
  if (fitted.includes(rule.name)) return undefined;
  if (rule.disabled) return 'it is disabled';
  const { filter, whereText } = readSql(rule.sql);
  if (!fitsTopic(filter, message.topic)) return `${message.topic} does not fit '${filter}'`;
  return whereText === '' ? 'it was not there yet' : `${whereText} is not true of ${shown(message.payload)}`;
}

const SHOWN_MAX = 60;

function shown(payload: Uint8Array): string {
  const text = utf8Text(payload);
  if (text === undefined) return `${several(payload.length, 'byte')} that are no text`;
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}

function whyRule({ state, now }: Ground, rule: TopicRule): Why {
  if (rule.trouble !== null && rule.counters.failed > 0) return failedAction(now, rule, rule.trouble);
  const missed = state.broker.seen.findLast(({ fitted }) => !fitted.includes(rule.name));
  const reason = rule.disabled ? 'it is disabled' : missed && reasonAgainst(rule, missed);
  return {
    title: `what the rule ${rule.name} does`,
    answer:
      reason === undefined
        ? 'It took every message that the broker remembers.'
        : rule.disabled
          ? `${rule.name} is disabled: messages pass it by.`
          : `It passed a message by: ${reason}.`,
    at: now,
    rule: RULES,
    values: [
      { label: 'topics that fit', is: counted(rule.counters.heard) },
      { label: 'of these taken', is: counted(rule.counters.matched) },
    ],
    changes: { by: 'act', into: rule.disabled ? 'it is enabled' : 'other SQL, or another message' },
    remedies: rule.disabled
      ? [helps('let it work again', `aws iot enable-topic-rule --rule-name ${rule.name}`)]
      : [
          helps('+ is one level of a topic, # all that follow: compare FROM with the topic'),
          mayHelp('WHERE reads the payload as JSON: names count letter for letter'),
          helpsNot('waiting: a message that no rule took is gone'),
        ],
  };
}

function failedAction(
  now: Why['at'],
  rule: TopicRule,
  { at, code, message }: NonNullable<TopicRule['trouble']>,
): Why {
  return {
    title: `an action of ${rule.name} failed`,
    answer: message === '' ? code : message,
    at: now,
    rule: ACTIONS,
    values: [
      { label: 'error', is: worded(code) },
      { label: 'when', is: moment(at) },
      { label: 'failed', is: counted(rule.counters.failed) },
      { label: 'handed to the error action', is: counted(rule.counters.errorActions) },
      { label: 'lost', is: counted(rule.counters.lost) },
    ],
    changes: { by: 'act', into: 'what the action writes to is there, and takes it' },
    remedies: [
      mayHelp('make what the action names, or name another: aws iot replace-topic-rule'),
      mayHelp('an errorAction keeps what fails'),
    ],
  };
}

const ROWS_MAX = 20;

function whoTakes({ state, now }: Ground, seen: Seen): Why {
  const rules = [...state.rules.values()];
  const rows = rules.slice(0, ROWS_MAX).map((rule): WhyRow => {
    const reason = reasonAgainst(rule, seen);
    return reason === undefined
      ? {
          mark: 'yes',
          name: rule.name,
          state: 'took it',
          reason: several(rule.actions.length, 'action'),
          change: 'never',
        }
      : { mark: 'no', name: rule.name, state: 'no', reason, change: 'never' };
  });
  const taken = rows.filter(({ mark }) => mark === 'yes').length;
  return {
    title: `who takes the message on ${seen.message.topic}`,
    answer:
      rules.length === 0
        ? 'There is no rule: nobody hears it.'
        : `${taken} of ${several(rules.length, 'rule')} took it.`,
    at: now,
    rule: RULES,
    values: [{ label: 'payload', is: worded(shown(seen.message.payload)) }],
    table: { heads: ['rule', '', 'why', ''], rows, more: rules.length - rows.length },
    changes: { by: 'act', into: 'another rule, or another message' },
    remedies: [helpsNot('waiting: the broker keeps nothing for rules')],
    ...(seen.fitted.length > 0 && { see: seen.fitted.map((name) => `iotrule/${name}`) }),
  };
}
