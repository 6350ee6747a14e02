/** Sentences for what happens to groups of instances and to faults. */
import type { EventView } from '../../projection/snapshot.ts';
import { plain } from '../paint/plain.ts';
import type { Words } from './eventWords.ts';

function text(event: EventView, name: string): string {
  const value = event.fields[name];
  return typeof value === 'string' || typeof value === 'number' ? plain(String(value), { limit: 120 }) : '';
}

const HELD: Readonly<Record<string, string>> = {
  cooldown: 'the cooldown lasts, or instances are on their way',
  warmup: 'instances warm up',
  bounds: 'the group is at its bound',
  enough: 'there are enough',
  noInstances: 'a ratio to no instances says nothing',
  disabled: 'the policy is disabled',
};

const DID: Readonly<Record<string, string>> = {
  'autoscaling:EC2_INSTANCE_LAUNCH': 'launched',
  'autoscaling:EC2_INSTANCE_TERMINATE': 'ended',
};

/** The name at the end of a topic's ARN. */
const nameOf = (event: EventView): string => {
  const arn = text(event, 'topic');
  return arn.slice(arn.lastIndexOf(':') + 1);
};

const why = (event: EventView): string => {
  if (text(event, 'reason') === 'bounds') return 'its bounds changed';
  const policy = text(event, 'policy');
  if (policy === '') return `asked by ${plain(event.by, { limit: 40 })}`;
  const alarm = text(event, 'alarm');
  return alarm === '' ? `policy ${policy}` : `policy ${policy}, alarm ${alarm}`;
};

export const FLEET_WORDS: Readonly<Record<string, (event: EventView) => Words>> = {
  'autoscaling/GroupCreated': () => ({ mark: 'working', role: 'done', says: 'group created' }),
  'autoscaling/GroupDeleted': () => ({ mark: 'idle', role: 'second', says: 'group deleted' }),
  'autoscaling/Scaled': (event) => ({
    mark: 'right',
    role: 'accent',
    says: `wants ${text(event, 'desired')} instances, not ${text(event, 'before')}: ${why(event)}`,
  }),
  'autoscaling/ScalingHeld': (event) => ({
    mark: 'open',
    role: 'second',
    says: `policy ${text(event, 'policy')} changes nothing: ${HELD[text(event, 'reason')] ?? 'no need'}`,
  }),
  'autoscaling/InstanceLaunched': (event) => ({
    mark: 'idle',
    role: 'second',
    says: `${text(event, 'instance')} starts in ${text(event, 'zone')}`,
  }),
  'autoscaling/InstanceInService': (event) => ({
    mark: 'working',
    role: 'done',
    says: `${text(event, 'instance')} is in service`,
  }),
  'autoscaling/InstanceTerminating': (event) => ({
    mark: 'slow',
    role: 'flight',
    says: `${text(event, 'instance')} is ending`,
  }),
  'autoscaling/InstanceTerminated': (event) => ({
    mark: 'idle',
    role: 'second',
    says: `${text(event, 'instance')} is gone`,
  }),
  'autoscaling/PolicyPut': (event) => ({
    mark: 'working',
    role: 'second',
    says: `policy ${text(event, 'policy')} put`,
  }),
  'autoscaling/PolicyDeleted': (event) => ({
    mark: 'idle',
    role: 'second',
    says: `policy ${text(event, 'policy')} deleted`,
  }),
  'autoscaling/NotificationsPut': (event) => ({
    mark: 'working',
    role: 'second',
    says: `tells topic ${nameOf(event)} of its instances`,
  }),
  'autoscaling/NotificationsDeleted': (event) => ({
    mark: 'idle',
    role: 'second',
    says: `tells topic ${nameOf(event)} nothing any more`,
  }),
  'autoscaling/NotificationSent': (event) => ({
    mark: 'right',
    role: 'done',
    says: `topic ${nameOf(event)} told: ${DID[text(event, 'event')] ?? 'something about'} ${text(event, 'instance')}`,
  }),
  'autoscaling/NotificationFailed': (event) => ({
    mark: 'dead',
    role: 'bad',
    says: `topic ${nameOf(event)} refuses what it is told: ${text(event, 'reason')}`,
  }),
  'fault/Began': (event) => ({
    mark: 'slow',
    role: 'flight',
    says: `${text(event, 'fault')} begins: ${text(event, 'kind')}`,
  }),
  'fault/Ended': (event) => ({
    mark: 'done',
    role: 'second',
    says: `${text(event, 'fault')} is over: ${text(event, 'kind')}`,
  }),
};
