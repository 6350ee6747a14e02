/** A world as a Mermaid flowchart, left to right as the stage draws it. */
import type { LinkView, ResourceView } from '../contract/view.ts';

/** Shapes by what a thing is: apps are rounded, what stores is a cylinder, the rest a box. */
const SHAPES: Readonly<Record<string, readonly [string, string]>> = {
  app: ['(', ')'],
  queue: ['[(', ')]'],
  stream: ['[(', ')]'],
  bucket: ['[(', ')]'],
};
const BOX = ['[', ']'] as const;

export function mermaid(resources: readonly ResourceView[]): string {
  const drawn = resources.filter(({ offStage }) => offStage !== true);
  const ids = new Map(drawn.map(({ id }, index) => [id, `n${index + 1}`]));
  const nodes = drawn.map(({ id, kind, name, title }) => {
    const [open, close] = SHAPES[kind] ?? BOX;
    return `  ${ids.get(id)!}${open}"${escaped(title)}<br/>${escaped(name)}"${close}`;
  });
  const edges = drawn.flatMap(({ id, links }) =>
    links.flatMap((link) => (ids.has(link.to) ? [edge(ids.get(id)!, ids.get(link.to)!, link)] : [])),
  );
  return ['flowchart LR', ...nodes, ...edges, ''].join('\n');
}

/** Messages go along the arrow: what is polled points at its poller. */
function edge(from: string, to: string, { type, label }: LinkView): string {
  const [tail, head] = type === 'poll' ? [to, from] : [from, to];
  const arrow = type === 'redrive' ? '-.->' : '-->';
  return `  ${tail} ${arrow}${label === undefined || label === '' ? '' : `|"${escaped(label)}"|`} ${head}`;
}

/** Mermaid's own entities: no character of a name is read as its grammar. */
const escaped = (text: string): string =>
  text.replace(/[^\p{L}\p{N} ._/:-]/gu, (character) => `#${character.codePointAt(0)!};`);
