/** The only wall clock. */
import { performance } from 'node:perf_hooks';

/** Milliseconds that only grow; only differences count. */
export const wall = (): number => performance.now();

/** UTC milliseconds. */
export const today = (): number => Date.now();

/** The beginning of the present minute, in UTC milliseconds: where a new sandbox begins. */
export const presentMinute = (): number => Math.floor(Date.now() / 60_000) * 60_000;

/** Calls `work` once, `milliseconds` from now, without keeping the program alive for it. Returns how to call it off. */
export function later(milliseconds: number, work: () => void): () => void {
  const timer = setTimeout(work, milliseconds);
  timer.unref();
  return () => clearTimeout(timer);
}

/** "just now", "5 min ago", "yesterday", "2026-01-05". */
export function ago(when: number, now = Date.now()): string {
  const minutes = Math.floor((now - when) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return hours === 1 ? '1 hour ago' : `${hours} hours ago`;
  const days = Math.floor(hours / 24);
  if (days === 1) return 'yesterday';
  return days < 14 ? `${days} days ago` : new Date(when).toISOString().slice(0, 10);
}
