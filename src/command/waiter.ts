/** `aws SERVICE wait NAME`: asks again and again, on the virtual clock, until what is waited for is there. */
import type { ServiceDescription, WaiterAcceptor } from '../contract/operation.ts';
import { type Seconds, toMilliseconds } from '../engine/units.ts';
import { readArguments } from './cliArguments.ts';
import { CliFailure, GENERAL_EXIT } from './cliFailure.ts';
import type { CallSettings } from './globalOptions.ts';
import { kebab } from './kebab.ts';
import { CallRefused, type LineContext, type Running } from './lineContext.ts';
import { type Argument, parseKnownArguments } from './python/argparse.ts';
import type { Plain, PlainObject } from './python/values.ts';
import { compileQuery } from './query.ts';
import { checked, send } from './serviceCall.ts';
import { resolveShortNames } from './shortNames.ts';

/** `words` begin behind `wait`. Prints nothing. Throws CliFailure when it gives up. */
export function* runWaiter(
  service: ServiceDescription,
  settings: CallSettings,
  context: LineContext,
  words: readonly Argument[],
): Running<string> {
  const waiters = new Map(
    [...(service.waiters ?? [])].map(([name, waiter]) => [kebab(name), { name, waiter }]),
  );
  const parsed = parseKnownArguments([], { name: 'subcommand', choices: [...waiters.keys(), 'help'] }, words);
  const found = waiters.get(String(parsed.values.get('subcommand')));
  if (!found) return `${[...waiters.keys()].map((name) => `aws ${service.name} wait ${name}`).join('\n')}\n`;
  const { name, waiter } = found;
  const operation = service.operations.get(waiter.operation);
  if (!operation) throw new CliFailure(`not modelled: aws ${service.name} wait ${kebab(name)}`);
  const { input, ordered } = readArguments(operation, parsed.rest, context.surroundings);
  resolveShortNames(operation, input, context);
  const call = { service, operation, settings, context };
  const gaveUp = (reason: string): CliFailure =>
    new CliFailure(`Waiter ${name} failed: ${reason}`, GENERAL_EXIT);
  for (let attempt = 1; ; attempt++) {
    const seen = yield* look(call, checked(call, input, ordered));
    const acceptor = waiter.acceptors.find((candidate) => matches(candidate, seen));
    if (acceptor?.state === 'success') return '';
    if (acceptor?.state === 'failure') {
      throw gaveUp(`Waiter encountered a terminal failure state: ${explained(acceptor)}`);
    }
    if (!acceptor && seen.error) {
      throw gaveUp(`An error occurred (${seen.error.code}): ${seen.error.said}`);
    }
    if (attempt >= waiter.maxAttempts) {
      const before = acceptor ? `. Previously accepted state: ${explained(acceptor)}` : '';
      throw gaveUp(`Max attempts exceeded${before}`);
    }
    yield { type: 'sleep', for: toMilliseconds(waiter.delaySeconds as Seconds) };
  }
}

interface Seen {
  readonly output: PlainObject;
  readonly error: CallRefused | undefined;
}

function* look(call: Parameters<typeof send>[0], input: PlainObject): Running<Seen> {
  try {
    return { output: yield* send(call, input), error: undefined };
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error;
    return { output: {}, error };
  }
}

function matches(acceptor: WaiterAcceptor, seen: Seen): boolean {
  if (acceptor.matcher === 'error') return seen.error?.code === acceptor.expected;
  if (seen.error) return false;
  const value: Plain = compileQuery(acceptor.argument).search(seen.output);
  if (acceptor.matcher === 'path') return value === acceptor.expected;
  if (!Array.isArray(value) || value.length === 0) return false;
  return acceptor.matcher === 'pathAll'
    ? value.every((item) => item === acceptor.expected)
    : value.includes(acceptor.expected);
}

/** botocore's words, its slip included. */
function explained(acceptor: WaiterAcceptor): string {
  if (acceptor.matcher === 'error') return `Matched expected service error code: ${acceptor.expected}`;
  const start = `For expression "${acceptor.argument}"`;
  if (acceptor.matcher === 'path') return `${start} we matched expected path: "${acceptor.expected}"`;
  if (acceptor.matcher === 'pathAll')
    return `${start} all members matched excepted path: "${acceptor.expected}"`;
  return `${start} we matched expected path: "${acceptor.expected}" at least once`;
}
