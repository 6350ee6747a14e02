/** Runs lines against a real endpoint: answers what each line waits for, asks before the first write, notes what is made. */
import { CliFailure, notModelled } from '../../command/cliFailure.ts';
import type { Answer, Asked, ConsoleState, LineResult, Surroundings, Wait } from '../../command/console.ts';
import type { Catalog } from '../../command/lineContext.ts';
import { quoted } from '../../command/quoted.ts';
import { runLine } from '../../command/runLine.ts';
import type { Outcome } from '../../engine/service.ts';
import { wasThere } from './before.ts';
import { type CleanUp, UNDO } from './cleanUp.ts';
import { type Identity, Interrupted, type RemoteDoor } from './door.ts';
import { expectation } from './expectation.ts';
import type { Names } from './names.ts';

/** The person said no, or could not be asked. */
export class NotConfirmed extends Error {
  override readonly name = 'NotConfirmed';
}

export interface Remote {
  readonly door: Pick<RemoteDoor, 'send'>;
  readonly identity: Identity;
  readonly region: string;
  readonly catalog: Catalog;
  readonly surroundings: Surroundings;
  readonly cleanUp: CleanUp;
  readonly names: Names;
  /** As given to the run: every command of the clean-up list needs them. */
  readonly endpoint: string | undefined;
  readonly profile: string | undefined;
  /** Throws NotConfirmed. */
  readonly confirm: (line: string) => Promise<void>;
  /** The first Ctrl+C: nothing more is begun, and what only waits ends. */
  readonly stopping: AbortSignal;
  /** The second: what is under way is cut off. */
  readonly cutting: AbortSignal;
}

/** Operations that change nothing. */
const READS = /^(Get|List|Describe|Head|Decrypt|Encrypt|GenerateDataKey|CheckIf)/;
const isRead = (operation: string): boolean => READS.test(operation);

export class Driver {
  readonly #remote: Remote;
  readonly #state: ConsoleState = { variables: new Map(), explained: new Set(), by: 'you' };
  #confirmed = false;

  constructor(remote: Remote) {
    this.#remote = remote;
  }

  /** Throws Interrupted and NotConfirmed. */
  async run(line: string): Promise<LineResult> {
    const { surroundings, catalog } = this.#remote;
    const running = runLine(line, this.#state, surroundings, catalog);
    let step = running.next(undefined);
    while (step.done !== true) {
      const wait = step.value;
      step = await this.#answer(wait, line).then(
        (answer) => running.next(answer),
        (error: unknown) => running.throw(error),
      );
    }
    return step.value;
  }

  async #answer(wait: Wait, line: string): Promise<Answer> {
    if (this.#remote.stopping.aborted) throw new Interrupted();
    switch (wait.type) {
      case 'request':
        return this.#call(wait, line);
      case 'sleep':
        await pause(wait.for, this.#remote.stopping);
        return undefined;
      case 'until':
        return expectation(wait.condition, (operation, input) => this.#ask('sqs', operation, input, {}));
      case 'control':
        throw notModelled(`${wait.group} over --endpoint-url`, { why: 'only in the playground' });
    }
  }

  async #call({ request, asked = {} }: Wait & { type: 'request' }, line: string): Promise<Outcome> {
    const { door, cleanUp, names, stopping, cutting } = this.#remote;
    refuseFakeCode(request.service, request.input);
    const { service, operation, input } = request;
    if (isRead(operation)) {
      const outcome = await door.send(request, asked, stopping);
      names.learn(request, outcome);
      return outcome;
    }
    if (!this.#confirmed) await this.#remote.confirm(line);
    this.#confirmed = true;
    const before = await this.#before(service, operation, input, asked);
    const makes = Object.hasOwn(UNDO, `${service}.${operation}`);
    // What makes something is not cut off by the first Ctrl+C: its answer says what was made.
    const outcome = await door.send(request, asked, makes ? cutting : stopping).catch((error: unknown) => {
      if (makes) cleanUp.cutOff(request);
      throw error;
    });
    if (outcome.ok) cleanUp.learn(request, outcome.output, before, this.#where(asked));
    names.learn(request, outcome);
    return outcome;
  }

  #before(service: string, operation: string, input: object, asked: Asked): ReturnType<typeof wasThere> {
    const { identity, region } = this.#remote;
    const account = asked.profile === undefined ? identity.account : undefined;
    const place = { account, region: asked.region ?? region };
    return wasThere({ service, operation, input }, place, (read, of) => this.#ask(service, read, of, asked));
  }

  #ask(service: string, operation: string, input: object, asked: Asked): Promise<Outcome> {
    return this.#remote.door.send({ service, operation, input }, asked, this.#remote.stopping);
  }

  /** The flags that lead to where a call went, from any shell. */
  #where(asked: Asked): string {
    const { endpoint, profile, region } = this.#remote;
    const to = flag('--endpoint-url', endpoint) + flag('--region', asked.region ?? region);
    return to + flag('--profile', asked.profile ?? profile);
  }
}

const flag = (name: string, value: string | undefined): string =>
  value === undefined ? '' : ` ${name} ${quoted(value)}`;

/** A function of the playground is a behaviour's name; its code is not read, so there is none to send. */
function refuseFakeCode(service: string, input: object): void {
  const { Code, S3Bucket } = input as { Code?: { S3Key?: unknown }; S3Bucket?: unknown };
  if (service !== 'lambda' || (Code?.S3Key !== 'not-read' && S3Bucket !== 'not-read')) return;
  throw new CliFailure('not modelled: --zip-file over --endpoint-url', undefined, {
    why: 'code is not read here; --code S3Bucket=…,S3Key=… names code that is there',
  });
}

/** Really waits. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new Interrupted());
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stop, { once: true });
  });
}
