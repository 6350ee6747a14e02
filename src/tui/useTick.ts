/**
 * The one clock of the screen. While time passes it lets the session advance with the wall: as often as the settings
 * say while something moves, once a second while only countdowns run, exactly at the next due instant, and not at
 * all while everything stands still.
 */
import { useEffect } from 'react';
import { Pacer } from '../session/pacer.ts';
import type { Session } from '../session/sessionTypes.ts';
import { circumstancesOf, isHeld } from './keymap.ts';
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

/** Ticks that came late in a row before the clock slows down, and in time before it is quick again. */
const STRAIN_MAX = 20;

/** Halves the frames while a slow machine or line cannot keep up. */
export function makeRelief(): {
  readonly late: (byMs: number, ofMs: number) => void;
  readonly factor: () => number;
} {
  let strain = 0;
  let factor = 1;
  return {
    late(byMs, ofMs) {
      strain = Math.max(0, Math.min(STRAIN_MAX, strain + (byMs > ofMs / 2 ? 1 : -1)));
      if (strain === STRAIN_MAX) factor = 2;
      if (strain === 0) factor = 1;
    },
    factor: () => factor,
  };
}

/** Keeps the shell's world moving; gives back what ends it. One timer at most is ever set. */
function startClock(shell: Shell): () => void {
  const relief = makeRelief();
  let pacer: Pacer | undefined;
  let paced: Session | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let waited = 0;
  let ticking = false;

  const waitOf = (session: Session | undefined): number | undefined => {
    if (session === undefined || isHeld(circumstancesOf(shell))) return undefined;
    return nextTick(session, shell.host.settings.fps / relief.factor());
  };
  const arm = (): void => {
    const session = shell.world()?.session;
    const wait = waitOf(session);
    if (session === undefined || wait === undefined) {
      clearTimeout(timer);
      timer = undefined;
      pacer = undefined;
      return;
    }
    if (pacer === undefined || paced !== session) {
      pacer = shell.host.pacerOf?.(session) ?? new Pacer(session, shell.host.wall);
      paced = session;
    }
    const at = shell.host.wall() + wait;
    if (timer !== undefined && at >= dueAt) return;
    clearTimeout(timer);
    dueAt = at;
    waited = wait;
    timer = setTimeout(tick, wait);
  };
  const tick = (): void => {
    timer = undefined;
    relief.late(shell.host.wall() - dueAt, waited);
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
