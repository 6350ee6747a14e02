/** The Facts pane: the facts of the study guide by service: seen, asked, missed. */
import { type FactList, factList } from '../factList.ts';
import type { Theme } from '../paint/theme.ts';
import type { Scene } from '../screens/scene.ts';
import { factSheetRows } from './factSheetRows.ts';
import { empty } from './messageRows.ts';
import { body, type Painter, type PaneBody, type PaneSize } from './painter.ts';

export const factsPane: Painter = (scene, _session, size) => factsBody(scene, size);

/** The same without a world: home shows it too. */
export function factsBody(scene: Scene, size: PaneSize): PaneBody {
  const { theme, now, shell } = scene;
  const list = factList(shell.host, now.state);
  const rows = list.facts.length === 0 ? nothing(scene, size) : factSheetRows(theme, list, size);
  return body(rows, scopeOf(theme, list, now.state.factsShown));
}

function scopeOf(theme: Theme, { facts }: FactList, which: string): string {
  const seen = facts.filter((fact) => fact.seen !== undefined).length;
  if (which === 'all') return `${theme.strong(String(seen))}${theme.second(`/${facts.length} seen`)}`;
  return `${theme.strong(String(facts.length))} ${theme.second(which)}`;
}

function nothing({ theme, now }: Scene, { columns }: PaneSize): string[] {
  const { factsShown, panes } = now.state;
  if ((panes.facts.find ?? '') !== '') {
    return empty(theme, 'No fact is about that.', columns, [['esc', 'shows all']]);
  }
  const said = {
    all: 'The facts of the study guide are listed here. This course has none.',
    seen: 'A fact is listed here once a step of a lesson has shown it to you.',
    missed: 'A fact is listed here when the last question about it was answered wrongly.',
    'not seen': 'Every fact has been seen.',
  }[factsShown];
  return empty(theme, said, columns, [['a', 'shows others']]);
}
