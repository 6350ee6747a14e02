/** What is drawn of a world, each thing with the fault that holds for it and the alarms that watch it. */
import type { ResourceView } from '../../contract/view.ts';

export function drawnOf(all: readonly ResourceView[]): readonly ResourceView[] {
  const troubles = new Map<unknown, string>();
  const watched = new Map<unknown, ResourceView[]>();
  for (const resource of all) {
    const { watches } = resource;
    if (watches !== undefined) watched.set(watches, [...(watched.get(watches) ?? []), resource]);
  }
  for (const { kind, title, fields } of all) {
    if (kind === 'fault' && fields.state === 'holds') troubles.set(fields.on, title.replace('-', ' '));
  }
  const drawn = all.filter(({ offStage }) => offStage !== true);
  if (troubles.size === 0 && watched.size === 0) return drawn;
  return drawn.map((resource) => {
    const trouble = troubles.get(resource.id);
    const watchedBy = watched.get(resource.id);
    if (trouble === undefined && watchedBy === undefined) return resource;
    return { ...resource, ...(trouble !== undefined && { trouble }), ...(watchedBy && { watchedBy }) };
  });
}
