/**
 * The one clock of the screen. While time passes it lets the session advance with the wall: as often as the settings
 * say while something moves, once a second while only countdowns run, exactly at the next due instant, and not at
 * all while everything stands still.
 */
import { useEffect } from 'react';
import { Pacer } from '../session/pacer.ts';
import type { Session } from '../session/sessionTypes.ts';
import type { Shell } from './shell.ts';

const COUNTDOWN_MS = 1_000;
const SHORTEST_MS = 20;

/** Wall milliseconds until the next tick; undefined while nothing moves. */
export function nextTick(session: Session, fps: number): number | undefined {
  if (!session.moving) return undefined;
  const frame = fps > 0 ? 1_000 / fps : COUNTDOWN_MS;
  const view = session.view();
  const busy =
    session.running !== undefined ||
    session.speed > 1 ||
    view.resources.some(
      (resource) =>
        resource.links.some((link) => link.perSecond > 0) ||
        (resource.workers ?? []).some((worker) => worker.state === 'working' || worker.state === 'slow'),
    );
  const usual = busy ? frame : COUNTDOWN_MS;
  const due = session.nextDue();
  if (due === undefined) return usual;
  const untilDue = Math.max(0, (due - view.now) / session.speed);
  return Math.max(SHORTEST_MS, Math.min(usual, Math.ceil(untilDue)));
}

/** Keeps the shell's world moving; gives back what ends it. One timer at most is ever set. */
export function startClock(shell: Shell): () => void {
  let pacer: Pacer | undefined;
  let paced: Session | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let ticking = false;

  const arm = (): void => {
    const session = shell.world()?.session;
    const wait = session === undefined ? undefined : nextTick(session, shell.host.settings.fps);
    if (session === undefined || wait === undefined) {
      clearTimeout(timer);
      timer = undefined;
      pacer = undefined;
      return;
    }
    if (pacer === undefined || paced !== session) {
      pacer = new Pacer(session, shell.host.wall);
      paced = session;
    }
    const at = shell.host.wall() + wait;
    if (timer !== undefined && at >= dueAt) return;
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(tick, wait);
  };
  const tick = (): void => {
    timer = undefined;
    ticking = true;
    pacer?.tick();
    ticking = false;
    arm();
  };
  const release = shell.subscribe(() => {
    if (!ticking) arm();
  });
  arm();
  return () => {
    release();
    clearTimeout(timer);
  };
}

export function useTick(shell: Shell): void {
  useEffect(() => startClock(shell), [shell]);
}
