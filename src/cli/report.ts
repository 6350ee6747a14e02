/** `run --report`, `saves show`, `replay`: the figures of a world as a plain table, and as JSON. */
import type { ResourceView } from '../contract/view.ts';
import type { WorldSession } from '../session/session.ts';

/** 00:01:12.400 */
export function clockText(at: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = Math.floor(at / 1_000);
  const days = Math.floor(seconds / 86_400);
  const clock = `${two(Math.floor(seconds / 3_600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${days === 0 ? '' : `day ${days} `}${clock}.${String(at % 1_000).padStart(3, '0')}`;
}

export function reportText(session: WorldSession): string {
  const { resources, requests } = session.view();
  const lines = [
    '',
    `# ${clockText(session.now)} of virtual time, ${requests} requests, seed ${session.settings.seed}, ` +
      `digest ${session.world.simulation.digest()}`,
  ];
  for (const resource of resources) {
    lines.push(`# ${resource.id}`);
    for (const [name, value] of figuresOf(resource)) lines.push(`#   ${name.padEnd(20)} ${value}`);
  }
  return lines.join('\n');
}

/** Numbers that are not zero, and what runs. */
function figuresOf({ fields }: ResourceView): [string, string][] {
  const found: [string, string][] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'number' && value !== 0) found.push([name, String(value)]);
    if (typeof value === 'boolean' && value) found.push([name, 'yes']);
    if (name === 'latencyMs') found.push(['latencyMs.p95', String((value as { p95: number }).p95)]);
  }
  return found;
}

export function reportJson(session: WorldSession): object {
  const { resources, requests } = session.view();
  return {
    now: session.now,
    requests,
    resources: Object.fromEntries(resources.map(({ id, fields }) => [id, fields])),
  };
}
