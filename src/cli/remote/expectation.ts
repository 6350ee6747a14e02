/** `expect` at a real endpoint: what a queue's attributes tell. All else only a world can answer, and is refused by name. */
import { notModelled } from '../../command/cliFailure.ts';
import type { Unmet } from '../../command/console.ts';
import type { Outcome } from '../../engine/service.ts';
import type { Condition, StateCondition } from '../../projection/conditionTypes.ts';
import { firstMismatch, matcherWords, valueWords } from '../../projection/matcher.ts';

const COUNTS = {
  visible: 'ApproximateNumberOfMessages',
  inFlight: 'ApproximateNumberOfMessagesNotVisible',
  delayed: 'ApproximateNumberOfMessagesDelayed',
} as const;

const NAMES = Object.keys(COUNTS).join(', ');

const refused = (what: string): Error =>
  notModelled(`expect ${what} at a real endpoint`, {
    why: `there, expect reads ${NAMES} of queue/NAME; the rest is only in the playground`,
  });

/** Sends one read of SQS. */
type Ask = (operation: string, input: object) => Promise<Outcome>;

/** Throws CliFailure for what no server answers. */
export async function expectation(condition: Condition, ask: Ask): Promise<true | Unmet> {
  const unmet: string[] = [];
  for (const one of 'all' in condition ? condition.all : [condition]) {
    const problem = await problemOf(readable(one), ask);
    if (problem !== undefined) unmet.push(problem);
  }
  return unmet.length === 0 ? true : { unmet };
}

function readable(condition: Condition): StateCondition {
  if (!('state' in condition)) throw refused('of this kind');
  if (!condition.state.startsWith('queue/')) throw refused(condition.state);
  if (condition.for !== undefined || condition.ever === true) throw refused('over a time');
  const other = Object.keys(condition.is ?? {}).find((name) => !Object.hasOwn(COUNTS, name));
  if (other !== undefined) throw refused(`${condition.state} ${other}`);
  return condition;
}

async function problemOf({ state, is = {}, exists }: StateCondition, ask: Ask): Promise<string | undefined> {
  const found = await ask('GetQueueUrl', { QueueName: state.slice('queue/'.length) });
  if (!found.ok) {
    if (exists === false) return undefined;
    return `${state} is not there (${found.refusal.code})`;
  }
  if (exists === false) return `${state} is still there`;
  const { QueueUrl } = found.output as { QueueUrl?: string };
  const read = await ask('GetQueueAttributes', { QueueUrl, AttributeNames: Object.values(COUNTS) });
  if (!read.ok) return `${state} cannot be read (${read.refusal.code})`;
  const { Attributes = {} } = read.output as { Attributes?: Readonly<Record<string, string>> };
  const counts = Object.fromEntries(
    Object.entries(COUNTS).map(([name, attribute]) => [name, Number(Attributes[attribute])]),
  );
  const path = firstMismatch(counts, is);
  if (path === undefined) return undefined;
  return `${state} ${path} is ${valueWords(counts[path], path)}, expected ${matcherWords(is[path]!, path)}`;
}
