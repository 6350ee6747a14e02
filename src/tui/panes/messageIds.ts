/** Short names for messages. */
import type { ResourceId, ResourceView } from '../../contract/view.ts';
import type { Session } from '../../session/sessionTypes.ts';
import { shortIds } from '../paint/figures.ts';
import { plain } from '../paint/plain.ts';

const IDS_READ = 200;

/** The shortest prefix that names a message among those in sight, at least four letters. */
export function idsOf(session: Session, queue: ResourceView | undefined): (messageId: string) => string {
  const queues: readonly ResourceId[] =
    queue === undefined
      ? session.view().resources.flatMap((resource) => (resource.kind === 'queue' ? [resource.id] : []))
      : [queue.id];
  const ids = queues
    .slice(0, 8)
    .flatMap((id) => session.messages(id, 0, IDS_READ).map((row) => row.messageId));
  const short = shortIds(ids);
  return (messageId) => plain(short.get(messageId) ?? messageId.slice(0, 4));
}
