/** What can still happen to the copies of a message, and what would bring it about. */
import type { ResourceView } from '../contract/view.ts';
import type { Instant } from '../engine/units.ts';
import { span } from './figures.ts';
import { ENDED, type Story, type StoryCopy, type StoryNext } from './storyTypes.ts';

type Told = Pick<Story, 'copies' | 'lanes' | 'now'>;

export function nextOf({ copies, lanes }: Told, resources: readonly ResourceView[]): StoryNext[] {
  return copies.flatMap((copy) => {
    if (ENDED.has(copy.state)) return [];
    const lane = lanes[copy.lane];
    const place = resources.find(({ id }) => id === lane?.id);
    return place?.kind === 'queue' ? nextInQueue(copy, place, resources) : [];
  });
}

function nextInQueue(copy: StoryCopy, queue: ResourceView, resources: readonly ResourceView[]): StoryNext[] {
  const where = queue.name;
  const next: StoryNext[] = [];
  if (copy.state === 'inFlight' && copy.due !== undefined) {
    const holder = copy.holder ?? 'its receiver';
    next.push(
      { where, what: `${holder} deletes it`, how: 'then it is done' },
      { where, what: 'it returns', how: `unless ${holder} deletes it before`, at: copy.due },
    );
  }
  if (copy.state === 'delayed' && copy.due !== undefined) {
    next.push({ where, what: 'it becomes visible', how: 'its delay is over', at: copy.due });
  }
  const readers = resources.filter(
    ({ stopped, workers, links }) =>
      stopped !== true &&
      workers?.every(({ state }) => state === 'crashed') !== true &&
      links.some(({ type, to }) => type === 'poll' && to === queue.id),
  );
  if (copy.state === 'visible') next.push(...readBy(copy, queue, readers));
  const dead = deadLettersOf(copy, queue);
  if (dead !== undefined && !(copy.state === 'visible' && dead.left === 0)) next.push(dead.next);
  if (copy.dead) next.push({ where, what: 'a person moves it back', how: 'start-message-move-task' });
  next.push(...expiryOf(copy, queue, readers.length === 0 && copy.state === 'visible'));
  return next;
}

function readBy(copy: StoryCopy, queue: ResourceView, readers: readonly ResourceView[]): StoryNext[] {
  const where = queue.name;
  const dead = deadLettersOf(copy, queue);
  if (dead !== undefined && dead.left === 0) return [dead.next];
  if (readers.length === 0) return [];
  const names = readers.slice(0, 3).map(({ name }) => name);
  const more = readers.length > 3 ? ` and ${readers.length - 3} more` : '';
  return [{ where, what: `${names.join(', ')}${more} can receive it`, how: 'at the next poll' }];
}

/** The redrive policy's say: how many receives are left, and what the one after them does. */
function deadLettersOf(
  copy: StoryCopy,
  queue: ResourceView,
): { readonly left: number; readonly next: StoryNext } | undefined {
  const policy = fieldOf(attributesOf(queue), 'RedrivePolicy');
  const max = Number(fieldOf(policy, 'maxReceiveCount'));
  const arn = fieldOf(policy, 'deadLetterTargetArn');
  if (typeof arn !== 'string' || !Number.isInteger(max)) return undefined;
  const target = arn.slice(arn.lastIndexOf(':') + 1);
  const left = Math.max(0, max - copy.receiveCount);
  const limit = `received ${copy.receiveCount} of ${max}`;
  const what =
    left === 0
      ? `the next receive moves it to ${target}`
      : `${left} more ${left === 1 ? 'receive' : 'receives'}, then ${target}`;
  return { left, next: { where: queue.name, what, how: limit } };
}

function expiryOf(copy: StoryCopy, queue: ResourceView, unread: boolean): StoryNext[] {
  const seconds = Number(fieldOf(attributesOf(queue), 'MessageRetentionPeriod'));
  if (copy.sent === undefined || !(seconds > 0)) return [];
  const why = `${span(seconds * 1000)} after ${copy.dead ? 'the first send' : 'its send'}`;
  return [
    {
      where: queue.name,
      what: 'it expires',
      how: unread ? `nobody reads ${queue.name}; ${why}` : why,
      at: (copy.sent + seconds * 1000) as Instant,
    },
  ];
}

const attributesOf = (queue: ResourceView): unknown => queue.fields.attributes;

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
