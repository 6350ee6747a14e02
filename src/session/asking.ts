/** Asks a world as one of AWS's clients would, in a copy: the world itself does not notice. */
import type { ServiceDescription } from '../contract/operation.ts';
import { spelled } from '../engine/onDemand.ts';
import type { Simulation } from '../engine/simulation.ts';
import type { Timeline } from '../engine/timeline.ts';

/** Pages of one list are not endless; a token that comes back again would be. */
const MAX_PAGES = 10_000;

type Answer = Readonly<Record<string, unknown>>;

/** All pages of the answer; undefined: it was refused. */
export function askingCopy(
  world: Timeline,
  catalog: ReadonlyMap<string, ServiceDescription>,
  account: string,
): (service: string, operation: string, input?: object) => Answer | undefined {
  const copy = world.copy();
  const caller = { by: 'you', account, profile: 'default', secure: true };
  return (service, operation, input = {}) => {
    const { pagination } = catalog.get(service)!.operations.get(operation)!;
    let whole: Answer | undefined;
    let token: unknown;
    for (let page = 0; page < MAX_PAGES; page++) {
      const given = token === undefined ? input : { ...input, [pagination!.inputToken]: token };
      const answer = answerIn(copy, { service, operation, input: given, caller });
      if (answer === undefined) return undefined;
      whole = whole === undefined ? answer : joined(whole, answer);
      token = pagination === undefined ? undefined : answer[pagination.outputToken];
      if (token === undefined || token === '') return whole;
    }
    return whole;
  };
}

function answerIn(copy: Simulation, request: Parameters<Simulation['submit']>[0]): Answer | undefined {
  const call = copy.submit(request);
  for (;;) {
    const found = copy.takeAnswers().find((answer) => answer.call === call);
    if (found !== undefined) return found.outcome.ok ? (spelled(found.outcome.output) as Answer) : undefined;
    const due = copy.nextDue();
    if (due === undefined) return undefined;
    copy.runInstant(due);
  }
}

const joined = (before: Answer, after: Answer): Answer =>
  Object.fromEntries(
    Object.entries(after).map(([key, value]) => [
      key,
      Array.isArray(value) && Array.isArray(before[key])
        ? [...(before[key] as readonly unknown[]), ...value]
        : value,
    ]),
  );
