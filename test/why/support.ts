/** Random calls to SQS in a world of a session, and the same call again at other instants. */
import { spelled } from '../../src/engine/onDemand.ts';
import type { Outcome, Request } from '../../src/engine/service.ts';
import type { Answered } from '../../src/engine/simulation.ts';
import { Simulation } from '../../src/engine/simulation.ts';
import { instant } from '../../src/engine/units.ts';
import type { WorldSession } from '../../src/session/session.ts';

export const urlOf = (name: string): string => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;

const YOU = { by: 'you', account: '000000000000', profile: 'default', secure: true };

/** Submits a call and lets its answer come; gives the number of that answer's event. */
export function call(session: WorldSession, operation: string, input: object): number {
  const { world } = session;
  const request: Request = { service: 'sqs', operation, input, caller: YOU };
  const id = world.submit(request);
  for (;;) {
    if (world.takeAnswers().some((answer) => answer.call === id)) break;
    const due = world.nextDue();
    if (due === undefined) throw new Error('no answer comes');
    world.runInstant(due);
  }
  const { log } = world.simulation;
  for (let sequence = log.count - 1; ; sequence--) {
    const { event } = log.at(sequence)!;
    if (event.type === 'api/Answered' && (event as Answered).call === request) return sequence;
  }
}

export function answerAt(session: WorldSession, sequence: number): { call: Request; outcome: Outcome } {
  const { call: request, outcome } = session.world.simulation.log.at(sequence)!.event as Answered;
  return { call: request, outcome: spelled(outcome) as Outcome };
}

/** What two answers must have in common to be the same: the refusal's words, or what was got. */
export function gist(operation: string, outcome: Outcome): string {
  if (!outcome.ok) return `${outcome.refusal.code} ${outcome.refusal.message}`;
  const output = outcome.output as { Messages?: readonly object[]; MessageId?: string };
  if (operation === 'ReceiveMessage') return (output.Messages ?? []).length > 0 ? 'some' : 'none';
  return operation === 'SendMessage' ? (output.MessageId ?? '') : 'accepted';
}

/**
 * The same call again, at `at`, in a copy of the world right after the first one was decided, where nothing else
 * happens.
 */
export function again(session: WorldSession, sequence: number, at: number): string {
  const { world } = session;
  const { call: request } = answerAt(session, sequence);
  const walk = world.retrace(Math.max(0, sequence - 30));
  while (walk.nextCommand === undefined || !isOf(walk.nextCommand, request)) {
    if (!walk.step()) throw new Error('the call is not in the journal');
  }
  walk.step();
  const copy = new Simulation(world.services, world.settings);
  copy.restore(walk.simulation.checkpoint());
  copy.runUntil(instant(at));
  copy.takeAnswers();
  const id = copy.submit(request);
  for (;;) {
    const answer = copy.takeAnswers().find((one) => one.call === id);
    if (answer !== undefined) return gist(request.operation, spelled(answer.outcome) as Outcome);
    const due = copy.nextDue();
    if (due === undefined) throw new Error('no answer comes');
    copy.runInstant(due);
  }
}

const isOf = (entry: { readonly type: string; readonly request?: Request }, request: Request): boolean =>
  entry.type === 'request' && entry.request === request;
