/** The playground's own commands, described as the operations of AWS are: one table for prompt, completion and help. */
import type { MemberRule } from '../contract/operation.ts';
import type { Member, Shape } from '../contract/shape.ts';
import type { Described } from './cliArguments.ts';

export interface PlaygroundCommand extends Described {
  /** `time`; a command of one word is its own group. */
  readonly group: string;
  /** As typed; empty for a command of one word. */
  readonly verb: string;
  /** The member that a word without a flag fills. */
  readonly positional?: string;
  /** The member that a second such word fills. */
  readonly second?: string;
  /** What follows is a condition. */
  readonly condition?: boolean;
}

export interface PlaygroundGroup {
  readonly name: string;
  readonly summary: string;
}

const TEXT: Shape = { type: 'string' };
const NUMBER: Shape = { type: 'integer' };
const NONE = { type: 'structure', name: 'Nothing', members: [] } as const;

interface Flag {
  readonly rule: MemberRule;
  readonly shape?: Shape;
  readonly required?: boolean;
}

function command(
  group: string,
  verb: string,
  summary: string,
  flags: Readonly<Record<string, Flag>> = {},
  more: Pick<PlaygroundCommand, 'positional' | 'second' | 'condition'> = {},
): PlaygroundCommand {
  const members = Object.entries(flags).map(
    ([name, flag]): Member => ({ name, required: flag.required ?? false, shape: () => flag.shape ?? TEXT }),
  );
  return {
    group,
    verb,
    name: verb,
    summary,
    input: { type: 'structure', name: `${group} ${verb}`, members },
    output: NONE,
    members: Object.fromEntries(Object.entries(flags).map(([name, { rule }]) => [name, rule])),
    ...more,
  };
}

const WORLD_NAME: Flag = { rule: { purpose: 'the name of a save', max: 60, refersTo: 'save' } };
const LIMITS = ['current', 'study-guide', 'scaled'];
const DELIVERY = ['calm', 'typical', 'rough'];

const HELD: Flag = {
  rule: {
    purpose: 'the number of one; or a client, to let in all of it and hold no more; left out: everything',
    refersTo: 'client',
  },
};

const FACT_SERVICES = ['sqs', 'sns', 'kinesis', 'firehose', 'mq', 'around'];

/** Verbs that the session does; the apps' come from the catalog. */
export const PLAYGROUND_COMMANDS: readonly PlaygroundCommand[] = [
  command('time', 'pause', 'Stops the clock of the world.'),
  command('time', 'resume', 'Lets the clock run.'),
  command(
    'time',
    'speed',
    'Sets how fast the clock runs.',
    {
      factor: {
        rule: { purpose: 'times faster than the wall clock: 1, 10, 3600', min: 1, max: 100_000 },
        required: true,
      },
    },
    { positional: 'factor' },
  ),
  command('time', 'step', 'Goes to the next event and stops there.'),
  command(
    'time',
    'skip',
    'Lets much time pass at once.',
    { for: { rule: { purpose: 'how long: 30s, 5m, 2h, 4d' }, required: true } },
    { positional: 'for' },
  ),
  command(
    'time',
    'back',
    'Goes back to look around; acting there forks the world.',
    {
      by: { rule: { purpose: 'how far: 30s, 5m' } },
      to: { rule: { purpose: 'to which instant: 00:01:12.400' } },
    },
    { positional: 'by' },
  ),
  command(
    'time',
    'until',
    'Lets time pass until a condition is met.',
    { within: { rule: { purpose: 'give up after this time: 5m' } } },
    { condition: true },
  ),
  command('world', 'save', 'Saves this world.', { name: WORLD_NAME }, { positional: 'name' }),
  command(
    'world',
    'load',
    'Opens a saved world.',
    { name: { ...WORLD_NAME, required: true } },
    { positional: 'name' },
  ),
  command('world', 'new', 'Begins a new world.', {
    seed: { rule: { purpose: 'what chance draws from', min: 0 }, shape: NUMBER },
    limits: { rule: { purpose: 'which limits hold', values: LIMITS, default: 'current' } },
    delivery: { rule: { purpose: 'how far standard queues stray', values: DELIVERY, default: 'typical' } },
    hosts: { rule: { purpose: 'storage hosts of a standard queue', min: 1, max: 16 }, shape: NUMBER },
    copies: { rule: { purpose: 'hosts that each message lies on', min: 1, max: 4 }, shape: NUMBER },
    asked: { rule: { purpose: 'hosts that a short poll asks', min: 1, max: 16 }, shape: NUMBER },
    missed: { rule: { purpose: 'how often a delete misses a copy: "1 in 50"; 0 for never' } },
  }),
  command(
    'world',
    'fork',
    'Goes on from here in a copy.',
    { name: { rule: { purpose: 'a name for the copy', max: 60 } } },
    { positional: 'name' },
  ),
  command(
    'world',
    'compare',
    'Compares two forks: the first event at which they differ, why, and each figure side by side.',
    {
      a: { rule: { purpose: 'one fork, by its name; if left out the one this came from', max: 60 } },
      b: { rule: { purpose: 'the other; if left out this one', max: 60 } },
      output: { rule: { purpose: 'how it is printed', values: ['text', 'json'], default: 'text' } },
    },
    { positional: 'a', second: 'b' },
  ),
  command(
    'world',
    'export',
    'Prints what builds the same resources elsewhere.',
    {
      as: {
        rule: {
          purpose: 'a script for the AWS CLI, a template, or a diagram',
          values: ['cli', 'cloudformation', 'terraform', 'mermaid'],
          default: 'cli',
        },
      },
    },
    { positional: 'as' },
  ),
  command('world', 'settings', 'Shows seed, limits, delivery, region, account and price list of this world.'),
  command(
    'lesson',
    '',
    'Opens a lesson; without its name the list.',
    { id: { rule: { purpose: 'the lesson: sqs/visibility-timeout', refersTo: 'lesson' } } },
    { positional: 'id' },
  ),
  command('arena', 'list', 'Lists the requirements of the arena, with your best scores.'),
  command(
    'arena',
    'open',
    'Opens the world of a requirement, to wire a design in.',
    { id: { rule: { purpose: 'the requirement: charge-once' }, required: true } },
    { positional: 'id' },
  ),
  command('arena', 'judge', 'Lets the load come to a copy of this world, and scores your design.'),
  command('arena', 'reference', 'Shows the reference design as a world; again: yours.'),
  command('record', 'start', 'What was done until now becomes the setup of a lesson.'),
  command(
    'record',
    'step',
    'Marks where a step of the lesson begins.',
    {
      title: { rule: { purpose: 'what the step does', max: 60 }, required: true },
      fact: { rule: { purpose: 'the fact that it shows: SQS-05' } },
    },
    { positional: 'title' },
  ),
  command('record', 'setup', 'The lines from here on are the lesson’s own, until the next step.'),
  command(
    'record',
    'stop',
    'Writes a draft of the lesson that lessons check passes.',
    {
      out: { rule: { purpose: 'the file' } },
      title: { rule: { purpose: 'the lesson’s title', max: 40 } },
    },
    { positional: 'out' },
  ),
  command(
    'expect',
    '',
    'Checks a condition now; a script stops when it is not met.',
    {},
    { condition: true },
  ),
  command(
    'why',
    '',
    'Says why something was refused, or did not happen: the rule, the values, and when it changes.',
    {
      about: {
        rule: {
          purpose: 'KIND/NAME, or the first letters of a message’s id; left out: the last answer',
          refersTo: 'resource',
        },
      },
      output: { rule: { purpose: 'how it is printed', values: ['text', 'json'], default: 'text' } },
    },
    { positional: 'about' },
  ),
  command(
    'story',
    '',
    'Tells the life of one message: sent, received, hidden, back, dead, moved, deleted, and what can still happen.',
    {
      id: { rule: { purpose: 'its id, or the first letters of it: 4 or more' }, required: true },
      output: { rule: { purpose: 'how it is printed', values: ['text', 'json'], default: 'text' } },
    },
    { positional: 'id' },
  ),
  command('cost', '', 'Shows what the world costs, and what the same work would cost done differently.', {
    monthly: {
      rule: { purpose: 'a month at the present rate, after the free tier' },
      shape: { type: 'boolean' },
    },
    last: { rule: { purpose: 'with --monthly: the rate of which time: 30s, 5m, 2h', default: '5m' } },
    output: { rule: { purpose: 'how it is shown', values: ['text', 'json'], default: 'text' } },
  }),
  command(
    'facts',
    '',
    'Lists the facts of the study guide: seen, asked about, missed, and where each shows.',
    {
      service: { rule: { purpose: 'of one service only', values: FACT_SERVICES } },
      missed: {
        rule: { purpose: 'those whose last question was missed' },
        shape: { type: 'boolean' },
      },
    },
  ),
  command('client', 'list', 'Lists the real clients of this endpoint, and what of theirs is held.'),
  command(
    'client',
    'hold',
    'Holds requests of a real client at the door, to look at them before the world does. At most 100 wait; when time is travelled, or the endpoint closes, they end with an error that SDKs try again after.',
    {
      client: {
        rule: { purpose: 'its name on the stage; all for every client', refersTo: 'client' },
        required: true,
      },
      operation: { rule: { purpose: 'only this operation: SendMessage, or send-message' } },
    },
    { positional: 'client' },
  ),
  command(
    'client',
    'release',
    'Lets held requests in, at this instant.',
    { which: HELD },
    { positional: 'which' },
  ),
  command(
    'client',
    'refuse',
    'Turns held requests away with an error that SDKs try again after.',
    { which: HELD },
    { positional: 'which' },
  ),
  command('undo', '', 'Goes back to before your last command, in a fork.'),
  command('clear', '', 'Empties the Console.'),
];

/** Read by the line itself; here for completion and help. */
export const LINE_WORDS: readonly (PlaygroundGroup & { readonly form: string })[] = [
  { name: 'sleep', form: 'sleep 30s', summary: 'Lets time pass: 30, 30s, 5m, 2h, 1d.' },
  { name: 'repeat', form: 'repeat N LINE', summary: 'Runs a line N times; {n} counts.' },
  { name: 'help', form: 'help [WORDS]', summary: 'Explains a command: help sqs receive-message.' },
];

/** Groups of several verbs. */
export const PLAYGROUND_GROUPS: readonly PlaygroundGroup[] = [
  { name: 'time', summary: 'The clock of the world: stop, run, skip, go back.' },
  { name: 'world', summary: 'Worlds: save, load, begin anew, fork.' },
  { name: 'arena', summary: 'A requirement, your design, and a load that tells.' },
  {
    name: 'client',
    summary: 'Real clients of serve: who calls; hold what they send, let it in, turn it away.',
  },
  { name: 'record', summary: 'From play to a lesson: start, mark steps, stop.' },
];
