/** What is drawn of a world, each thing with the fault that holds for it. */
import type { ResourceView } from '../../contract/view.ts';

export function drawnOf(all: readonly ResourceView[]): readonly ResourceView[] {
  const troubles = new Map<unknown, string>();
  for (const { kind, title, fields } of all) {
    if (kind === 'fault' && fields.state === 'holds') troubles.set(fields.on, title.replace('-', ' '));
  }
  const drawn = all.filter(({ offStage }) => offStage !== true);
  if (troubles.size === 0) return drawn;
  return drawn.map((resource) => {
    const trouble = troubles.get(resource.id);
    return trouble === undefined ? resource : { ...resource, trouble };
  });
}
