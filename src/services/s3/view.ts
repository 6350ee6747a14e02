/** Buckets and their objects as screens and conditions see them. */
import { parseArn } from '../../contract/arn.ts';
import { perSecond } from '../../contract/traffic.ts';
import type { LinkView, ObjectRow, ObjectView, ResourceId, ResourceView } from '../../contract/view.ts';
import type { Instant } from '../../engine/units.ts';
import type { Bucket, NotificationRule, S3State, StoredObject } from './model.ts';

export const view = (state: S3State, now: Instant): ResourceView[] =>
  [...state.buckets.values()].map((bucket) => bucketView(state, bucket, now));

function bucketView(state: S3State, bucket: Bucket, now: Instant): ResourceView {
  const { counters, newest, objects, bytes, policy, rules } = bucket;
  return {
    id: `bucket/${bucket.name}`,
    kind: 'bucket',
    name: bucket.name,
    title: 'S3',
    role: 'resource',
    order: bucket.order,
    fields: {
      objects: objects.size,
      bytes,
      ...counters,
      account: bucket.account,
      notifications: rules.map(({ arn, events, prefix, suffix }) => ({
        to: arn,
        events: [...events],
        prefix,
        suffix,
      })),
      ...(policy !== undefined && { policy: JSON.parse(policy.text) as unknown }),
      ...(newest !== undefined && {
        newest: { key: newest.key, size: newest.size, eTag: newest.eTag, atMs: newest.at },
      }),
      createdAtMs: bucket.created,
    },
    scope: { label: 'objects', value: String(objects.size) },
    figures: [
      { label: 'objects', value: objects.size, unit: '' },
      { label: 'holds', value: bytes, unit: 'B' },
      { label: 'put', value: perSecond(bucket.incoming, now), unit: '/s' },
    ],
    rates: { in: perSecond(bucket.incoming, now), out: perSecond(bucket.outgoing, now), refused: 0 },
    links: linksOf(state, bucket, now),
  };
}

const KINDS = { queue: 'queue', topic: 'topic', function: 'function' } as const;

function linksOf(state: S3State, bucket: Bucket, now: Instant): LinkView[] {
  const byTarget = new Map<string, NotificationRule>();
  for (const rule of bucket.rules) if (!byTarget.has(rule.arn)) byTarget.set(rule.arn, rule);
  return [...byTarget.values()].map(({ arn, kind, prefix, suffix, events }) => {
    const { account = '', resource = arn } = parseArn(arn) ?? {};
    const name = resource.replace(/^function:/u, '');
    const to: ResourceId = `${KINDS[kind]}/${account === state.account ? name : `${account}/${name}`}`;
    const filter = `${prefix}*${suffix}`;
    const label = filter === '*' ? (events[0]?.split(':')[1] ?? '') : filter;
    return { to, type: 'deliver', label, perSecond: perSecond(bucket.incoming, now), refusedPerSecond: 0 };
  });
}

function bucketAt(state: S3State, id: ResourceId): Bucket | undefined {
  return id.startsWith('bucket/') ? state.buckets.get(id.slice('bucket/'.length)) : undefined;
}

const row = ({ key, body, eTag, modified, contentType }: StoredObject): ObjectRow => ({
  key,
  size: body.length,
  eTag,
  modified,
  contentType,
});

/** By key. */
export function objects(state: S3State, id: ResourceId, from: number, limit: number): ObjectRow[] {
  const bucket = bucketAt(state, id);
  if (bucket === undefined) return [];
  return [...bucket.objects.keys()]
    .sort((a, b) => (a < b ? -1 : 1))
    .slice(from, from + limit)
    .map((key) => row(bucket.objects.get(key)!));
}

/** One object, to look into. The bytes are the state's own: they are only read. */
export function object(state: S3State, id: ResourceId, key: string): ObjectView | undefined {
  const stored = bucketAt(state, id)?.objects.get(key);
  return stored && { ...row(stored), metadata: { ...stored.metadata }, body: stored.body };
}
