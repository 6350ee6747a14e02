/** Real clients of a served world: what they send is held at the door, let in, turned away. */
import type { Session } from '../../session/sessionTypes.ts';
import type { Shell } from '../shell.ts';
import type { UiState } from '../store.ts';
import { runText } from './prompt.ts';

const CLIENT = 'client/';

/** The client under the cursor of the pane with the keys; else the only one there is. */
export function clientHere(session: Session, { focus, selected, panes }: UiState): string | undefined {
  const { resources } = session.view();
  const id = focus === 'resources' ? resources[panes.resources.selected]?.id : selected;
  if (id?.startsWith(CLIENT) === true) return id.slice(CLIENT.length);
  const clients = resources.filter(({ kind }) => kind === 'client');
  return clients.length === 1 && focus !== 'resources' ? clients[0]?.name : undefined;
}

/** Is anything of the client under the cursor held, or to be held? */
export function isHeld(session: Session, state: UiState): boolean {
  const client = clientHere(session, state);
  const { rules, held } = session.clients;
  return (
    client !== undefined &&
    (rules.some((rule) => rule.client === client || rule.client === 'all') ||
      held.some(({ request }) => request.caller.by === client))
  );
}

export function holdOrRelease(shell: Shell): void {
  const session = shell.world()?.session;
  const state = shell.store.get();
  const client = session && clientHere(session, state);
  if (session === undefined || client === undefined) return;
  const { focus } = state;
  const byAll = session.clients.rules.some((rule) => rule.client === 'all');
  if (isHeld(session, state)) runText(shell, byAll ? 'client release' : `client release ${client}`);
  else runText(shell, `client hold ${client}`);
  shell.store.update((next) => {
    next.focus = focus;
  });
}

/** For the palette: each with the line that it runs. */
export function doorLines(
  shell: Shell,
): readonly { readonly title: string; readonly line: string; readonly about: string }[] {
  const session = shell.world()?.session;
  if (session === undefined) return [];
  const { held, rules } = session.clients;
  const clients = session.view().resources.filter(({ kind }) => kind === 'client');
  const lines = clients.map(({ name }) => ({
    title: `Hold requests of ${name}`,
    line: `client hold ${name}`,
    about: 'What it sends from now on waits at the door, to be looked at before the world has it.',
  }));
  if (held.length === 0 && rules.length === 0) return lines;
  return [
    {
      title: `Let held requests in (${held.length})`,
      line: 'client release',
      about: 'They reach the world at this instant, and no more are held.',
    },
    {
      title: `Turn held requests away (${held.length})`,
      line: 'client refuse',
      about: 'Their clients get an error that SDKs try again after.',
    },
    {
      title: 'List held requests',
      line: 'client list',
      about: 'Who calls, and the content of what is held.',
    },
    ...lines,
  ];
}
