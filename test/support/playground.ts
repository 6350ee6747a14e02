/** A small fluent world of real services: acts by commands, moves time by hand. */

import { authorizationOf } from '../../src/contract/guard.ts';
import type { CatalogEntry } from '../../src/contract/service.ts';
import type { ResourceView } from '../../src/contract/view.ts';
import {
  type AwsWorldSettings,
  DEFAULT_ACCOUNT,
  DEFAULT_REGION,
  worldSettings,
} from '../../src/contract/world.ts';
import type { Outcome } from '../../src/engine/service.ts';
import { Simulation } from '../../src/engine/simulation.ts';
import { instant } from '../../src/engine/units.ts';
import { apps } from '../../src/services/apps/index.ts';
import { sqs } from '../../src/services/sqs/index.ts';

const CATALOG: readonly CatalogEntry[] = [sqs, apps];

export const queueUrl = (name: string): string =>
  `https://sqs.${DEFAULT_REGION}.amazonaws.com/${DEFAULT_ACCOUNT}/${name}`;

export class Playground {
  readonly simulation: Simulation;
  readonly settings: AwsWorldSettings;

  constructor(settings: Partial<AwsWorldSettings> = {}) {
    this.settings = worldSettings(settings);
    this.simulation = new Simulation(
      CATALOG.map(({ engine }) => engine),
      this.settings,
      { logCapacity: 100_000, guard: authorizationOf(CATALOG, this.settings).guard },
    );
  }

  /** Calls, and lets the time pass that the answer takes. */
  call(service: string, operation: string, input: object): Outcome {
    const caller = { by: 'you', account: this.settings.account, profile: 'default', secure: true };
    const call = this.simulation.submit({ service, operation, input, caller });
    for (;;) {
      const answer = this.simulation.takeAnswers().find((candidate) => candidate.call === call);
      if (answer !== undefined) return answer.outcome;
      if (!this.simulation.runInstant(instant(Number.MAX_SAFE_INTEGER))) throw new Error('no answer comes');
    }
  }

  /** Calls what must succeed. */
  must(service: string, operation: string, input: object): Record<string, unknown> {
    const outcome = this.call(service, operation, input);
    if (!outcome.ok) throw new Error(`${operation}: ${outcome.refusal.code} ${outcome.refusal.message}`);
    return outcome.output as Record<string, unknown>;
  }

  queue(name: string, attributes: Readonly<Record<string, string>> = {}): this {
    this.must('sqs', 'CreateQueue', { QueueName: name, Attributes: attributes });
    return this;
  }

  app(operation: string, input: object): this {
    this.must('app', operation, input);
    return this;
  }

  /** Lets so many milliseconds pass. */
  after(milliseconds: number): this {
    this.simulation.runUntil(instant(this.simulation.now + milliseconds));
    return this;
  }

  resource(id: string): ResourceView {
    const found = this.resources().find((resource) => resource.id === id);
    if (found === undefined) throw new Error(`no ${id}`);
    return found;
  }

  resources(): ResourceView[] {
    const { now } = this.simulation;
    return CATALOG.flatMap((entry) =>
      entry.view(this.simulation.stateOf(entry.description.name), now, this.settings),
    );
  }

  /** A field of a resource as conditions see it, as a number. */
  figure(id: string, name: string): number {
    return Number(this.resource(id).fields[name]);
  }

  /** Events of one type, in words of the vocabulary. */
  events(type: string): Readonly<Record<string, unknown>>[] {
    const { log } = this.simulation;
    return log
      .since(0)
      .filter(({ event }) => event.type === type)
      .map(({ at, event }) => ({ at, by: event.by, ...this.simulation.tell(event) }));
  }
}
