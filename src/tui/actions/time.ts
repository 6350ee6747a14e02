/** What the time keys do. */
import { type Instant, instant } from '../../engine/units.ts';
import type { Done, Session } from '../../session/sessionTypes.ts';
import { SPEEDS } from '../../session/sessionTypes.ts';
import type { Shell } from '../shell.ts';

const withSession = (shell: Shell, act: (session: Session) => Done | undefined): void => {
  const session = shell.world()?.session;
  if (session === undefined) return;
  const done = act(session);
  if (done !== undefined && !done.ok) shell.notice(done.why);
};

export const pauseOrResume = (shell: Shell): void =>
  withSession(shell, (session) => {
    if (session.paused) session.resume();
    else session.pause();
    return undefined;
  });

/** To the next event; a running clock is paused first, so that the event can be seen. */
export const stepForward = (shell: Shell): void =>
  withSession(shell, (session) => {
    if (!session.paused) session.pause();
    return session.step();
  });

export const stepBack = (shell: Shell): void =>
  withSession(shell, (session) => {
    if (!session.paused) session.pause();
    return session.back();
  });

const changePace = (shell: Shell, direction: 1 | -1): void =>
  withSession(shell, (session) => {
    const at = SPEEDS.findIndex((speed) => speed >= session.speed);
    const next =
      SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, (at < 0 ? SPEEDS.length - 1 : at) + direction))];
    if (next !== undefined) session.setSpeed(next);
    return undefined;
  });

export const faster = (shell: Shell): void => changePace(shell, 1);
export const slower = (shell: Shell): void => changePace(shell, -1);

const jumpBy = (shell: Shell, by: number): void =>
  withSession(shell, (session) => {
    if (!session.paused) session.pause();
    const { now, head } = session.timeline();
    const to = Math.max(0, Math.min(head, now + by));
    return to >= head ? session.toHead() : session.goTo(instant(to));
  });

export const minuteBack = (shell: Shell): void => jumpBy(shell, -60_000);
export const minuteForward = (shell: Shell): void => jumpBy(shell, 60_000);

export const goTo = (shell: Shell, at: Instant): void => withSession(shell, (session) => session.goTo(at));
export const toNow = (shell: Shell): void => withSession(shell, (session) => session.toHead());
export const forkHere = (shell: Shell): void => withSession(shell, (session) => session.fork());
/** Says that it happened: on the stage a command of a moment ago may change little. */
export const undo = (shell: Shell): void =>
  withSession(shell, (session) => {
    const done = session.undo();
    if (done.ok) shell.notice('Undone. t shows both ways.');
    return done;
  });

/** To the branch under the timeline's cursor. */
export const switchBranch = (shell: Shell): void =>
  withSession(shell, (session) => {
    const { branches, current } = session.timeline();
    const branch = branches[shell.store.get().panes.timeline.selected];
    return branch === undefined || branch.id === current ? undefined : session.switchTo(branch.id);
  });
