/** What happens to apps themselves; what they do to queues is told by the queues. */
import type { DomainEvent } from '../../engine/service.ts';

/** In words of the vocabulary: an app's events are flat already. */
export function tell(event: DomainEvent): Readonly<Record<string, unknown>> {
  const { type: _type, by: _by, ...fields } = event;
  return fields;
}
