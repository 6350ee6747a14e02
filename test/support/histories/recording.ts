/** The calls of a history, told as lines for `msg-playground run`. */

import { kebab } from '../../../src/command/kebab.ts';
import { quoted } from '../../../src/command/quoted.ts';
import { base64 } from '../../../src/engine/plainJson.ts';
import { Simulation } from '../../../src/engine/simulation.ts';

export interface ToldCall {
  /** In milliseconds since the world began. */
  readonly at: number;
  readonly service: string;
  readonly operation: string;
  readonly input: object;
}

/** What is submitted to any world while the work runs. */
export function recorded(work: () => void): readonly ToldCall[] {
  const calls: ToldCall[] = [];
  const { submit } = Simulation.prototype;
  Simulation.prototype.submit = function (call, ...more) {
    calls.push({ at: this.now, service: call.service, operation: call.operation, input: call.input });
    return submit.call(this, call, ...more);
  };
  try {
    work();
  } finally {
    Simulation.prototype.submit = submit;
  }
  return calls;
}

const PLAYGROUND = new Set(['app', 'fault', 'broker']);

/** A call takes a few milliseconds in a script, so what depends on a millisecond may come out otherwise. */
export function scriptOf(calls: readonly ToldCall[]): string {
  const lines: string[] = [];
  let now = 0;
  for (const call of calls) {
    if (call.at > now) lines.push(`sleep ${(call.at - now) / 1_000}`);
    now = call.at;
    lines.push(lineOf(call));
  }
  return `${lines.join('\n')}\n`;
}

function lineOf({ service, operation, input }: ToldCall): string {
  const json = JSON.stringify(input, (_, value: unknown) =>
    value instanceof Uint8Array ? base64(value) : value,
  );
  if (service === 'probe') return `# said to a broker: ${json}`;
  if (!PLAYGROUND.has(service)) {
    const name = service === 's3' ? 's3api' : service;
    return `aws ${name} ${kebab(operation)} --cli-input-json ${quoted(json)} || true`;
  }
  const flags = Object.entries(input).map(
    ([name, value]) =>
      `--${kebab(name)} ${quoted(typeof value === 'string' ? value : JSON.stringify(value))}`,
  );
  return [service, kebab(operation), ...flags].join(' ');
}
