/** Groups as screens and conditions see them: a square for each instance. */
import { parseArn } from '../../contract/arn.ts';
import type { LinkView, ResourceView, WorkerView } from '../../contract/view.ts';
import type { Instant } from '../../engine/units.ts';
import { type AutoScalingState, countOf, type Group, type Instance } from './model.ts';

/** The vocabulary of conditions: `group/NAME`. */
function figures(group: Group, now: Instant): Readonly<Record<string, unknown>> {
  return {
    desired: group.desired,
    inService: countOf(group, 'InService'),
    pending: countOf(group, 'Pending'),
    terminating: countOf(group, 'Terminating'),
    min: group.min,
    max: group.max,
    cooldownMs: Math.max(0, group.cooldownUntil - now),
    policies: [...group.policies.keys()],
    notifies: [...group.notifications.keys()],
    zones: group.zones,
  };
}

export function view(state: AutoScalingState, now: Instant): ResourceView[] {
  return [...state.groups.values()].map((group): ResourceView => {
    const name = group.account === state.account ? group.name : `${group.account}/${group.name}`;
    return {
      id: `group/${name}`,
      kind: 'group',
      name: group.name,
      title: 'Auto Scaling',
      role: 'sink',
      order: group.order,
      fields: figures(group, now),
      workers: [...group.instances.values()].map(workerOf),
      notes: notesOf(group, now),
      links: linksOf(state, group),
    };
  });
}

/** Wires to the topics that it tells. */
const linksOf = (state: AutoScalingState, { notifications }: Group): LinkView[] =>
  [...notifications.keys()].map((topic) => {
    const { account = '', resource = topic } = parseArn(topic) ?? {};
    const to = `topic/${account === state.account ? resource : `${account}/${resource}`}` as const;
    return { to, type: 'deliver', label: 'instances', perSecond: 0, refusedPerSecond: 0 };
  });

function notesOf(group: Group, now: Instant): string[] {
  const notes = [`wants ${group.desired}, max ${group.max}`];
  if (group.cooldownUntil > now) notes.push(`cooldown ${Math.ceil((group.cooldownUntil - now) / 1_000)} s`);
  return notes;
}

function workerOf({ id, state, launched, until }: Instance): WorkerView {
  if (state === 'InService') return { name: id, state: 'working' };
  if (state === 'Pending') return { name: id, state: 'polling', since: launched, until };
  return { name: id, state: 'idle' };
}
