/** `serve`: one world as a local endpoint for the AWS CLI and SDKs, with or without the screen. */
import { randomUUID } from 'node:crypto';
import { CATALOG } from '../catalog.ts';
import { splitScript } from '../command/splitScript.ts';
import { transcript } from '../command/transcript.ts';
import { control, PREFIX } from '../endpoint/control.ts';
import { Door } from '../endpoint/door.ts';
import type { Incoming, Reply } from '../endpoint/exchange.ts';
import { Deliveries, deliverTo } from '../endpoint/outgoing.ts';
import { type RunningServer, startServer } from '../endpoint/server.ts';
import { WallClock } from '../endpoint/wallClock.ts';
import { type Milliseconds, milliseconds } from '../engine/units.ts';
import type { GlobalFlags } from '../flags.ts';
import { readText } from '../platform/files.ts';
import { sendToLoopback } from '../platform/loopback.ts';
import { type TerminalTraits, traits } from '../platform/terminal.ts';
import type { WorldSession } from '../session/session.ts';
import { VERSION } from '../session/version.ts';
import { complain, type Exit, FAILED, Failed, GOOD, print, Usage } from './exit.ts';
import { keptWorld, machineWall, newWorld } from './servedWorld.ts';
import { settingsFor, themes } from './settings.ts';

export interface ServeFlags extends GlobalFlags {
  readonly port?: number;
  readonly headless?: boolean;
  readonly run?: string;
  readonly save?: string;
  readonly account?: string;
  readonly speed?: number;
  readonly paused?: boolean;
  readonly instant?: boolean;
  /** Listens to other machines, too: the address, and what it means is said. */
  readonly listen?: string;
  readonly cors?: string;
  /** Deliveries to addresses of this machine are really made. */
  readonly deliver?: 'loopback';
}

const DEFAULT_PORT = 4_566;
const LOOPBACK = '127.0.0.1';
/** How much of the past is kept without `--save`. */
const KEPT = milliseconds(600_000);
const SCRIPT_BYTES_MAX = 4 * 1_048_576;

export async function serve(flags: ServeFlags): Promise<Exit> {
  if (flags.account !== undefined && !/^\d{12}$/.test(flags.account)) {
    throw new Usage(`--account ${flags.account}: an account has 12 digits`);
  }
  if (flags.paused === true && flags.speed !== undefined) {
    throw new Usage('--paused and --speed exclude each other');
  }
  const terminal = traits();
  const onScreen = flags.headless !== true && flags.plain !== true && terminal.fullScreen;
  const served = new Served(flags);
  const running = await served.listen();
  if (onScreen) return showServed(flags, terminal, served, running);
  print(greeting(flags, running.port));
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
  await running.close();
  served.close();
  return GOOD;
}

/** The full screen on the served world: what real clients do is on its stage. */
async function showServed(
  flags: ServeFlags,
  terminal: TerminalTraits,
  served: Served,
  running: RunningServer,
): Promise<Exit> {
  const settings = settingsFor(flags, terminal);
  const themeOf = await themes(settings, terminal);
  const { PlayHost } = await import('./host.ts');
  const { edgesFor } = await import('./play.ts');
  const { runScreen } = await import('../tui/run.tsx');
  const host = new PlayHost(flags, settings);
  host.pacerOf = (session) => (session === served.session ? served.pacer : undefined);
  const edges = edgesFor(host);
  process.stdin.setRawMode(true);
  const { stdin, stdout } = process;
  try {
    await runScreen({
      host,
      themeOf,
      stdin,
      stdout,
      start: (shell) => {
        shell.show({ session: served.session, play: undefined });
        host.attach(shell);
        shell.notice(`serving at http://${LOOPBACK}:${running.port}`);
        served.onReset = () => shell.show({ session: served.session, play: undefined });
      },
    });
  } catch (error) {
    edges.fail(error);
    return FAILED;
  }
  host.worlds.leaveAll();
  await running.close();
  served.close();
  return GOOD;
}

function greeting({ save, listen, instant, deliver }: ServeFlags, port: number): string {
  const lines = [
    `msg-playground serves ${CATALOG.filter(({ description }) => description.kind === 'aws').length} services at http://${LOOPBACK}:${port}`,
    `  export AWS_ENDPOINT_URL=http://${LOOPBACK}:${port} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1`,
  ];
  if (instant === true) lines.push('  creation, deletion and resharding take no time');
  if (save === undefined) {
    lines.push('  kept in memory only, with the last 10 minutes to look back on; --save FILE keeps all');
  } else lines.push(`  kept in ${save}`);
  if (deliver !== undefined) {
    lines.push('  deliveries to http addresses of this machine are really made; to all others never');
  }
  if (listen !== undefined) {
    lines.push(`  listens on ${listen}: everybody who reaches this machine may call, without a key`);
  }
  return lines.join('\n');
}

/** The world, its clock and its door. `reset` changes the world under them. */
export class Served {
  readonly #flags: ServeFlags;
  #session: WorldSession;
  #clock: WallClock;
  readonly #door: Door;
  #deliveries: Deliveries | undefined;
  #port = 0;
  readonly #close: () => void;

  constructor(flags: ServeFlags) {
    this.#flags = flags;
    const { session, autosave, notes } = keptWorld(flags, complain);
    for (const note of notes) complain(note);
    this.#close = () => autosave?.close();
    this.#session = session;
    this.#deliveries = this.#deliver();
    this.#begin();
    this.#clock = new WallClock(session, machineWall, this.#keeps);
    this.#door = new Door({
      session: () => this.#session,
      catalog: CATALOG,
      newRequestId: randomUUID,
      account: flags.account ?? session.settings.account,
      catchUp: () => this.#clock.catchUp(),
    });
  }

  /** A screen shows the new world. */
  onReset: () => void = () => {};

  /** Undefined: all of the past. */
  get #keeps(): Milliseconds | undefined {
    return this.#flags.save === undefined ? KEPT : undefined;
  }

  get session(): WorldSession {
    return this.#session;
  }

  get pacer(): WallClock['pacer'] {
    return this.#clock.pacer;
  }

  async listen(): Promise<RunningServer> {
    const running = await this.#opened();
    this.#port = running.port;
    this.#deliveries?.start();
    return running;
  }

  #opened(): Promise<RunningServer> {
    const { port = DEFAULT_PORT, listen = LOOPBACK, cors } = this.#flags;
    return startServer({
      port,
      address: listen,
      hosts: this.#flags.listen === undefined ? [] : ['*'],
      cors,
      handle: (incoming, reply) => this.handle(incoming, reply),
      onError: (error) => complain(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        throw new Failed(`port ${port} is in use; --port N takes another, 0 any free one`);
      throw error;
    });
  }

  handle(incoming: Incoming, reply: (reply: Reply) => void): () => void {
    if (!incoming.path.startsWith(PREFIX)) return this.#door.handle(incoming, reply);
    const services = CATALOG.map(({ description }) => description);
    reply(
      control(incoming, {
        session: () => this.#session,
        reset: () => this.reset(),
        version: VERSION,
        services: services.filter(({ kind }) => kind === 'aws').map(({ name }) => name),
        catchUp: () => this.#clock.catchUp(),
      }),
    );
    return () => {};
  }

  /** A new world, with the settings and the script of the first. */
  reset(): void {
    if (this.#flags.save !== undefined) throw new Failed('a world with --save is not reset');
    this.#clock.end();
    this.#session.pause();
    this.#session.clients.left();
    this.#deliveries?.end();
    this.#session = newWorld(this.#flags);
    this.#deliveries = this.#deliver();
    this.#deliveries?.start();
    this.#begin();
    this.#clock = new WallClock(this.#session, machineWall, this.#keeps);
    this.onReset();
  }

  close(): void {
    this.#clock.end();
    this.#session.pause();
    this.#session.clients.left();
    this.#deliveries?.end();
    this.#close();
  }

  #deliver(): Deliveries | undefined {
    if (this.#flags.deliver === undefined) return undefined;
    return new Deliveries({
      session: this.#session,
      send: sendToLoopback,
      base: () => `http://${LOOPBACK}:${this.#port}`,
      catchUp: () => this.#clock.catchUp(),
    });
  }

  #begin(): void {
    const { run, paused, speed, deliver } = this.#flags;
    deliverTo(this.#session, deliver);
    if (run !== undefined) runScript(this.#session, run);
    if (speed !== undefined) this.#session.setSpeed(speed);
    if (paused !== true) this.#session.resume();
  }
}

/** The lines of `--run`, before anybody may call. Throws Failed at the first that fails. */
function runScript(session: WorldSession, file: string): void {
  for (const line of splitScript(readText(file, SCRIPT_BYTES_MAX))) {
    const { id } = session.enter(line);
    session.drain();
    const { result } = session.entry(id) ?? {};
    if (result === undefined) throw new Failed(`--run ${file}: a line waits for what cannot come`);
    if (result.error === undefined || result.tolerated) continue;
    complain(transcript(result));
    throw new Failed(`--run ${file}: stopped at a line that fails`);
  }
}
