/** Random worlds for the stage, from small to sixty resources. */
import fc from 'fast-check';
import type { LinkView, ResourceId, ResourceView } from '../../../src/contract/view.ts';
import { workers } from './canned.ts';

interface Draft {
  readonly kind: 'queue' | 'producer' | 'consumer' | 'topic' | 'stream';
  readonly name: string;
  readonly targets: readonly number[];
  readonly load: number;
  readonly dead: boolean;
}

const draft = fc.record({
  kind: fc.constantFrom(
    'queue',
    'queue',
    'producer',
    'consumer',
    'consumer',
    'topic',
    'stream',
  ) as fc.Arbitrary<Draft['kind']>,
  name: fc.stringMatching(/^[a-z]{2,10}(-[a-z0-9]{1,14}){0,2}$/),
  targets: fc.array(fc.nat(200), { minLength: 0, maxLength: 4 }),
  load: fc.oneof(fc.constant(0), fc.nat(20), fc.nat(2_000_000)),
  dead: fc.boolean(),
});

function toViews(drafts: readonly Draft[]): ResourceView[] {
  const ids = drafts.map((one, index): ResourceId => {
    const kind = one.kind === 'producer' || one.kind === 'consumer' ? 'app' : one.kind;
    return `${kind}/${one.name}${index}`;
  });
  const queues = ids.filter((id) => id.startsWith('queue/'));
  return drafts.map((one, index): ResourceView => {
    const pick = (number: number): ResourceId | undefined => queues[number % Math.max(1, queues.length)];
    const to = [...new Set(one.targets.map(pick))].filter(
      (id): id is ResourceId => id !== undefined && id !== ids[index],
    );
    const type: LinkView['type'] =
      one.kind === 'consumer'
        ? 'poll'
        : one.kind === 'queue'
          ? 'redrive'
          : one.kind === 'producer'
            ? 'send'
            : 'deliver';
    const chosen = one.kind === 'queue' ? (one.dead ? to.slice(0, 1) : []) : to;
    const links = chosen.map(
      (id, place): LinkView => ({
        to: id,
        type: type === 'poll' && place > 1 ? 'send' : type,
        perSecond: one.load % 50,
        refusedPerSecond: one.load % 7 === 1 ? 3 : 0,
        ...(type === 'redrive' ? { label: 'after 3 receives' } : {}),
      }),
    );
    const id = ids[index] ?? 'queue/none';
    const name = id.slice(id.indexOf('/') + 1);
    const rates = { in: one.load % 90, out: one.load % 70, refused: 0 };
    const base = { id, name, order: index, fields: {}, links, rates };
    return { ...base, ...bodyOf(one, name, links.length) };
  });
}

type Body = Pick<ResourceView, 'kind' | 'title' | 'role'> & Partial<ResourceView>;

function bodyOf(one: Draft, name: string, links: number): Body {
  const { load } = one;
  switch (one.kind) {
    case 'queue':
      return {
        kind: 'queue',
        title: 'SQS',
        role: 'resource',
        stock: { visible: load, inFlight: load % 9, delayed: load % 4 },
      };
    case 'producer':
      return { kind: 'app', title: 'producer', role: 'source', notes: ['2/s', 'burst'] };
    case 'consumer':
      return {
        kind: 'app',
        title: 'consumer',
        role: 'sink',
        workers: workers(name, 1 + (load % 30), load % 2),
      };
    case 'topic':
      return { kind: 'topic', title: 'SNS', role: 'resource', notes: [`${links} subscriptions`] };
    case 'stream':
      return {
        kind: 'stream',
        title: 'KDS',
        role: 'resource',
        meters: [{ label: 's-1', used: load, limit: 1_000_000, unit: '/s' }],
      };
  }
}

export const anyWorld = (most: number): fc.Arbitrary<ResourceView[]> =>
  fc.array(draft, { minLength: 1, maxLength: most, size: 'max' }).map(toViews);
