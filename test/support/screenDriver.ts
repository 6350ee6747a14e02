/** Plays the screen in tests: keys in, frames out, time by hand. */
import { milliseconds } from '../../src/engine/units.ts';
import type { Session } from '../../src/session/sessionTypes.ts';
import { openLesson, openSandbox } from '../../src/tui/actions/home.ts';
import { paste } from '../../src/tui/actions/prompt.ts';
import { makeTheme, type Theme } from '../../src/tui/paint/theme.ts';
import { pressAny } from '../../src/tui/press.ts';
import { renderFrame } from '../../src/tui/renderFrame.tsx';
import { createShell, type Shell } from '../../src/tui/shell.ts';
import { type ScreenHost, type ScreenHostOptions, screenHost } from './screenHost.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export class ScreenDriver {
  readonly host: ScreenHost;
  readonly shell: Shell;
  readonly #theme: Theme;
  #size: Size;
  /** How often the program was asked to end. */
  exits = 0;

  constructor(size: Size = { columns: 120, rows: 36 }, options: ScreenHostOptions = {}) {
    this.#size = size;
    this.host = screenHost(options);
    this.#theme = makeTheme({ ascii: options.settings?.ascii === true });
    this.shell = createShell(this.host, {
      size: () => this.#size,
      exit: () => {
        this.exits++;
      },
    });
  }

  sandbox(): this {
    openSandbox(this.shell);
    return this;
  }

  lesson(id: string): this {
    openLesson(this.shell, id);
    return this;
  }

  get session(): Session {
    return this.shell.world()!.session;
  }

  press(...keys: readonly string[]): this {
    for (const key of keys) pressAny(this.shell, key);
    return this;
  }

  type(text: string): this {
    for (const letter of text) pressAny(this.shell, letter === ' ' ? 'space' : letter);
    return this;
  }

  paste(text: string): this {
    paste(this.shell, text);
    return this;
  }

  /** Types a line, runs it, and lets its answer come. */
  run(line: string): this {
    this.type(line).press('enter');
    this.session.drain();
    return this;
  }

  /** Lets time pass on a running clock. */
  pass(ms: number): this {
    this.session.resume();
    this.session.advance(milliseconds(ms));
    return this;
  }

  resize(size: Size): this {
    this.#size = size;
    return this;
  }

  /** What is on the screen, without colours. */
  frame(): string {
    return renderFrame(this.shell, { theme: this.#theme, plain: true });
  }

  /** With colours. */
  painted(): string {
    return renderFrame(this.shell, { theme: this.#theme });
  }
}

/** A world in which something goes on: a producer, two workers, a dead-letter queue, a message in your hands. */
export function busySandbox(size?: Size, options?: ScreenHostOptions): ScreenDriver {
  return new ScreenDriver(size, options)
    .sandbox()
    .run('aws sqs create-queue --queue-name orders-dlq')
    .run('aws sqs create-queue --queue-name orders --attributes VisibilityTimeout=30')
    .run("app create-producer --name web --to queue/orders --rate 2/s --body 'hello {n}'")
    .run('app create-consumer --name worker --from queue/orders --time 12s --concurrency 2')
    .pass(9_300)
    .run('aws sqs receive-message --queue-url orders');
}
