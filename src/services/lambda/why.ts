/** Why a call of a function was refused, and why a function does nothing: no room, a mapping that cannot read. */
import {
  counted,
  helps,
  helpsNot,
  mayHelp,
  type Why,
  type WhyGround,
  type WhyQuestion,
  worded,
} from '../../contract/why.ts';
import { functionKey, type LambdaFunction, type LambdaState } from './model.ts';
import { unreserved } from './rules/executing.ts';
import { functionNamed } from './rules/lookup.ts';
import { whyBlocked } from './whyShards.ts';

type Ground = WhyGround<LambdaState>;

const CONCURRENCY: Why['rule'] = {
  name: 'lambda/concurrency',
  says: 'A function has no more calls at once than are reserved for it, or than the account has left.',
  page: 'AWS Lambda Developer Guide: Understanding Lambda function scaling',
};
const MAPPING: Why['rule'] = {
  name: 'lambda/mapping-states',
  says: 'Only a mapping in the state Enabled reads its source, and only while the source is there.',
  page: 'AWS Lambda Developer Guide: How Lambda processes records from stream and queue-based event sources',
};

export function why(ground: Ground, question: WhyQuestion): Why | undefined {
  if (question.type === 'resource') {
    const { id } = question;
    const name = id.startsWith('function/') ? id.slice('function/'.length) : undefined;
    const record = name === undefined ? undefined : recordNamed(ground.state, name);
    return record && whyFunction(ground, record);
  }
  if (question.type !== 'call' || question.outcome.ok || question.request.service !== 'lambda') {
    return undefined;
  }
  if (question.outcome.refusal.code !== 'TooManyRequestsException') return undefined;
  const { input, caller } = question.request;
  const { FunctionName = '' } = input as { readonly FunctionName?: string };
  const named = functionNamed(caller.account, FunctionName);
  const record = named && ground.state.functions.get(functionKey(named.account, named.name));
  return record && { ...aboutRoom(ground, record), title: `${record.name} was throttled` };
}

const recordNamed = (state: LambdaState, name: string): LambdaFunction | undefined =>
  state.functions.get(name.includes('/') ? name : functionKey(state.account, name));

function whyFunction(ground: Ground, record: LambdaFunction): Why {
  const { state, now } = ground;
  const key = functionKey(record.account, record.name);
  const mappings = [...state.mappings.values()].filter((mapping) => mapping.function === key);
  const stopped = mappings.find(({ state: is, trouble }) => is !== 'Enabled' || trouble !== undefined);
  if (stopped === undefined) {
    return (
      whyBlocked(ground, record, mappings) ?? {
        ...aboutRoom(ground, record),
        title: `function ${record.name}`,
      }
    );
  }
  const { uuid, trouble, due } = stopped;
  return {
    title: `function ${record.name}`,
    answer:
      stopped.state === 'Enabled'
        ? 'Its mapping cannot read what it should read.'
        : `Its mapping is ${stopped.state}, so it reads nothing now.`,
    at: now,
    rule: MAPPING,
    values: [
      { label: 'reads', is: worded(stopped.source) },
      { label: 'state', is: worded(stopped.state), against: { label: 'must be', is: worded('Enabled') } },
      ...(trouble === undefined ? [] : [{ label: 'Lambda says', is: worded(trouble) }]),
    ],
    changes:
      due !== undefined && stopped.settings.enabled
        ? { by: 'time', at: due, into: 'the mapping is Enabled' }
        : { by: 'act', into: trouble === undefined ? 'the mapping is enabled' : 'the source is there again' },
    remedies:
      trouble === undefined
        ? [helps('enable it', `aws lambda update-event-source-mapping --uuid ${uuid} --enabled`)]
        : [
            helps('make what it reads again, under the same name'),
            helps('delete the mapping', `aws lambda delete-event-source-mapping --uuid ${uuid}`),
          ],
  };
}

function aboutRoom({ state, now }: Ground, record: LambdaFunction): Omit<Why, 'title'> {
  const { reserved, counters, account, name } = record;
  const shared = unreserved(state, account);
  const used = reserved === undefined ? shared.running : counters.running;
  const limit = reserved ?? shared.limit;
  const ends = [...state.executions.values()]
    .filter((execution) => reserved === undefined || execution.function === functionKey(account, name))
    .map(({ started, durationMs }) => started + durationMs);
  const next = ends.length === 0 ? undefined : Math.min(...ends);
  const full = used >= limit;
  return {
    answer: !full
      ? 'It has room for calls: it works when it is called.'
      : limit === 0
        ? 'No call at once is allowed: its reserved concurrency is 0.'
        : 'All calls that it may have at once are at work.',
    at: now,
    rule: CONCURRENCY,
    values: [
      {
        label: 'at work',
        is: counted(used),
        against: { label: reserved === undefined ? 'left for all' : 'reserved', is: counted(limit) },
      },
    ],
    changes:
      full && next !== undefined
        ? { by: 'time', at: next as typeof now, into: 'a call ends, and there is room for another' }
        : { by: 'act', into: full ? 'more calls at once are allowed' : 'it is called' },
    remedies: full
      ? [
          helps(
            'reserve more',
            `aws lambda put-function-concurrency --function-name ${name} --reserved-concurrent-executions ${limit + 10}`,
          ),
          mayHelp(
            'a mapping of a queue: set MaximumConcurrency, so that it takes no more than there is room for',
          ),
          helpsNot('calling again at once: throttled calls find no room either'),
        ]
      : [helps('call it', `aws lambda invoke --function-name ${name} -`)],
  };
}
