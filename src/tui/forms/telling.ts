/** Forms of what tells a topic: the instances of a group, and what happens to databases. */
import { isName } from './checks.ts';
import { type Form, quoted } from './forms.ts';

const TOPIC = {
  id: 'topic',
  label: 'Topic',
  kind: 'text',
  start: 'news',
  about: 'a standard topic of this account',
  check: isName,
} as const;

const arnOf = (topic: string): string => quoted(`arn:aws:sns:us-east-1:000000000000:${topic}`);

const INSTANCES = {
  'launch and end': ['LAUNCH', 'TERMINATE'],
  launch: ['LAUNCH'],
  end: ['TERMINATE'],
} as const;

export const NOTIFICATION_FORM: Form = {
  id: 'notification',
  title: 'Auto Scaling notification',
  about: 'a group tells a topic of its instances',
  fields: [
    {
      id: 'group',
      label: 'Group',
      kind: 'text',
      start: 'workers',
      about: 'an Auto Scaling group',
      check: isName,
    },
    TOPIC,
    {
      id: 'types',
      label: 'Tells of',
      kind: 'choice',
      choices: Object.keys(INSTANCES),
      start: 'launch and end',
      about: 'in service, or gone',
    },
  ],
  command: ({ group = '', topic = '', types = '' }) =>
    `aws autoscaling put-notification-configuration --auto-scaling-group-name ${quoted(group)} --topic-arn ${arnOf(topic)} --notification-types ${(
      INSTANCES[types as keyof typeof INSTANCES] ?? INSTANCES['launch and end']
    )
      .map((type) => `autoscaling:EC2_INSTANCE_${type}`)
      .join(' ')}`,
  cost: 'Costs $0 itself; each is a publish to the topic.',
};

export const EVENT_SUBSCRIPTION_FORM: Form = {
  id: 'eventsubscription',
  title: 'RDS event subscription',
  about: 'RDS tells a topic what happens to databases',
  fields: [
    {
      id: 'name',
      label: 'Name',
      kind: 'text',
      start: 'database-news',
      about: 'letters, digits, -',
      check: isName,
    },
    TOPIC,
    {
      id: 'type',
      label: 'Of',
      kind: 'choice',
      choices: ['db-instance', 'db-cluster'],
      start: 'db-instance',
      about: 'RDS, or a cluster of Aurora',
    },
    {
      id: 'categories',
      label: 'Categories',
      kind: 'choice',
      choices: ['all', 'failover', 'availability', 'low storage', 'recovery'],
      start: 'all',
      about: 'what it is told of',
      when: ({ type }) => type !== 'db-cluster',
    },
  ],
  command: ({ name = '', topic = '', type = '', categories = 'all' }) =>
    `aws rds create-event-subscription --subscription-name ${quoted(name)} --sns-topic-arn ${arnOf(topic)} --source-type ${type}${
      type === 'db-cluster' || categories === 'all' ? '' : ` --event-categories ${quoted(categories)}`
    }`,
  cost: 'Costs $0 itself; each event is a publish to the topic.',
};
