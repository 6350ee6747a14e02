/** `run FILE --endpoint-url URL`: the lines of a script, sent to a real account or a server that is like one. */
import { CATALOG } from '../../catalog.ts';
import { CliFailure } from '../../command/cliFailure.ts';
import type { ConsoleState, LineResult, Surroundings } from '../../command/console.ts';
import type { Catalog } from '../../command/lineContext.ts';
import { wordOf } from '../../command/serviceCall.ts';
import { transcript } from '../../command/transcript.ts';
import type { ReadFile } from '../../session/surroundings.ts';
import { complain, type Exit, FAILED, Failed, GOOD, print, printJson, Usage } from '../exit.ts';
import { CleanUp } from './cleanUp.ts';
import { type Identity, Interrupted, RemoteDoor } from './door.ts';
import { Driver, NotConfirmed } from './driver.ts';
import { Names } from './names.ts';
import { onlyInPlayground } from './onlyHere.ts';
import { AWS_ITSELF, awsSettings, endpointFrom } from './settings.ts';

export interface RemoteFlags {
  readonly endpointUrl: string;
  readonly profile?: string;
  readonly region?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export interface RemoteScript {
  readonly lines: readonly string[];
  readonly readFile: ReadFile;
  /** A line that ran: undefined, or why the script stops at it. */
  readonly problem: (line: string, result: LineResult) => string | undefined;
  /** The script came by the standard input, which can then not be asked. */
  readonly fromInput: boolean;
}

const ACCOUNT_UNKNOWN = '000000000000';

export async function runRemote(script: RemoteScript, flags: RemoteFlags): Promise<Exit> {
  const given = flags.endpointUrl;
  const endpoint = endpointFrom(given);
  const catalog: Catalog = new Map(CATALOG.map(({ description }) => [description.name, description]));
  const aws = await awsSettings(flags, process.env).catch(failed);
  if (endpoint === undefined && aws.endpoint !== undefined) {
    throw new Usage(
      `--endpoint-url aws is AWS itself, but your settings have ${aws.endpoint}: take one away`,
    );
  }
  const names = new Names();
  const surroundingsFor = (account: string, region: string): Surroundings => ({
    account,
    region,
    epoch: Date.now(),
    endpoint: given,
    profiles: new Map(aws.profiles.map((name) => [name, account])),
    resolve: names.resolve(endpoint, account),
    candidates: () => [],
    readFile: script.readFile,
  });
  refuseOnlyHere(script.lines, catalog, surroundingsFor(ACCOUNT_UNKNOWN, ''));
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const door = new RemoteDoor({ endpoint, profile: flags.profile, aws, catalog });
  const stops = new Stops();
  try {
    const region = await known(() => aws.region(flags.profile));
    const identity = await door.identity(stops.stopping).catch(failed);
    process.stderr.write(banner(given, region, aws.profile, identity));
    const words = new Map([...catalog.values()].map((service) => [service.name, wordOf(service)]));
    const cleanUp = new CleanUp(words);
    const driver = new Driver({
      door,
      identity,
      region,
      catalog,
      surroundings: surroundingsFor(identity.account ?? ACCOUNT_UNKNOWN, region),
      cleanUp,
      names,
      endpoint,
      profile: flags.profile,
      confirm: (line) => confirm(line, flags, script.fromInput, stops.stopping),
      stopping: stops.stopping,
      cutting: stops.cutting,
    });
    return await play(script, driver, cleanUp, flags);
  } finally {
    stops.release();
    door.close();
  }
}

/** Line after line; whatever ends it, what was made is told. */
async function play(
  script: RemoteScript,
  driver: Driver,
  cleanUp: CleanUp,
  flags: RemoteFlags,
): Promise<Exit> {
  const results: { line: string; result: LineResult }[] = [];
  let failure: string | undefined;
  let exit: Exit = GOOD;
  for (const line of script.lines) {
    try {
      const result = await driver.run(line);
      results.push({ line, result });
      if (flags.json !== true) print(transcript(result));
      failure = script.problem(line, result);
    } catch (error) {
      if (!(error instanceof Interrupted) && !(error instanceof NotConfirmed) && !(error instanceof Usage)) {
        tell(cleanUp, flags);
        throw error;
      }
      failure = error instanceof Interrupted ? 'stopped by Ctrl+C' : error.message;
      if (error instanceof Usage) exit = 2;
    }
    if (failure !== undefined) break;
  }
  if (failure !== undefined && exit === GOOD) exit = FAILED;
  if (flags.json === true) {
    printJson({
      ok: failure === undefined,
      ...(failure === undefined ? {} : { failure }),
      endpoint: flags.endpointUrl,
      lines: results.map(({ result }) => ({
        line: result.echo,
        output: result.output,
        ...(result.notes.length === 0 ? {} : { notes: result.notes }),
        ...(result.error === undefined ? {} : { error: result.error }),
        ...(result.tolerated ? { tolerated: true } : {}),
      })),
      cleanUp: cleanUp.lines(),
    });
  } else tell(cleanUp, flags);
  if (failure !== undefined && flags.json !== true) complain(failure);
  return exit;
}

function tell(cleanUp: CleanUp, { json }: RemoteFlags): void {
  const lines = cleanUp.lines();
  if (lines.length === 0) return;
  const text = ['# The script made this, and it is still there. To delete it, in this order:', ...lines].join(
    '\n',
  );
  if (json === true) complain(text);
  else print(text);
}

function refuseOnlyHere(lines: readonly string[], catalog: Catalog, surroundings: Surroundings): void {
  const state: ConsoleState = { variables: new Map(), explained: new Set(), by: 'you' };
  const found = onlyInPlayground(lines, { state, surroundings, catalog, notes: [] });
  if (found === undefined) return;
  throw new Usage(
    `line ${found.at}: ${found.word} is only in the playground; --endpoint-url takes aws lines, expect queue/…, sleep, repeat and variables`,
  );
}

function banner(url: string, region: string, profile: string, { account, arn, keyEnd }: Identity): string {
  const place = url === AWS_ITSELF ? "AWS's own endpoints: a real account, real costs" : url;
  const who = arn ?? 'a caller that the server does not name';
  return [
    `msg-playground sends these lines to ${place}, region ${region}`,
    `  as ${who} (account ${account ?? 'not known'}, profile ${profile}, key …${keyEnd})`,
    '',
  ].join('\n');
}

/** Throws Usage where nobody can be asked, NotConfirmed when the answer is no. */
async function confirm(
  line: string,
  { yes, endpointUrl }: RemoteFlags,
  fromInput: boolean,
  signal: AbortSignal,
): Promise<void> {
  if (yes === true) return;
  if (fromInput || process.stdin.isTTY !== true || process.stderr.isTTY !== true) {
    throw new Usage(
      `stopped before the first line that changes something: "${line}". Nobody can be asked here; --yes agrees beforehand`,
    );
  }
  const { createInterface } = await import('node:readline/promises');
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl+C at the question is a no.
  asking.on('SIGINT', () => asking.close());
  const closed = new Promise<string>((resolve) => asking.once('close', () => resolve('')));
  process.stderr.write(`The next line changes something at ${endpointUrl}: ${line}\n`);
  const answer = await Promise.race([
    asking.question('Send it, and those that follow? (y/n) ', { signal }).catch(() => ''),
    closed,
  ]);
  asking.close();
  if (!/^\s*y(es)?\s*$/i.test(answer)) throw new NotConfirmed('stopped: nothing was changed');
}

/** Ctrl+C once ends after what is under way, twice cuts that off; SIGTERM is a first. */
class Stops {
  readonly #stopping = new AbortController();
  readonly #cutting = new AbortController();
  readonly #onSignal = (): void => {
    if (this.#stopping.signal.aborted) this.#cutting.abort();
    this.#stopping.abort();
  };

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, this.#onSignal);
  }

  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  get cutting(): AbortSignal {
    return this.#cutting.signal;
  }

  release(): void {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, this.#onSignal);
  }
}

/** Before the first line, what the AWS CLI's own layer says ends the run: exit 1. */
function failed(error: unknown): never {
  if (error instanceof CliFailure) {
    throw new Failed(error.why === undefined ? error.message : `${error.message}\n# ${error.why}`);
  }
  if (error instanceof Interrupted) throw new Failed('stopped by Ctrl+C');
  throw error;
}

async function known<T>(read: () => T): Promise<T> {
  try {
    return read();
  } catch (error) {
    return failed(error);
  }
}
