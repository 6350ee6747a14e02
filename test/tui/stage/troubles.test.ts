import { expect, it } from 'vitest';
import { drawnOf } from '../../../src/tui/stage/troubles.ts';
import { busySandbox } from '../../support/screenDriver.ts';

it('a thing carries the fault that holds for it, and faults themselves are not drawn', () => {
  const screen = busySandbox();
  const { id } = screen.session.view().resources.find(({ title }) => title === 'consumer')!;
  screen.run(`fault inject --kind slow --on ${id} --for 1h`);
  screen.run(`fault inject --kind crash --on ${id} --from 1h`);
  const drawn = drawnOf(screen.session.view().resources);
  expect(drawn.filter(({ trouble }) => trouble !== undefined)).toMatchObject([{ id, trouble: 'slow' }]);
  expect(drawn.some(({ kind }) => kind === 'fault')).toBe(false);
  screen.run('fault clear');
  expect(drawnOf(screen.session.view().resources).every(({ trouble }) => trouble === undefined)).toBe(true);
});
