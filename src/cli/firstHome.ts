/** What the home screen shows, from files alone: before the engine, the services and the checks are loaded. */
import type { GlobalFlags } from '../flags.ts';
import { outlineOf } from '../lessons/outline.ts';
import type { Progress } from '../lessons/progress.ts';
import { today } from '../platform/clock.ts';
import { exists, join, readText } from '../platform/files.ts';
import { dataFolders, programFolder } from '../platform/folders.ts';
import { fileTree } from '../platform/tree.ts';
import { type ListedSave, listSaves } from '../session/savesList.ts';
import { homeView, type KeptWorld } from '../tui/homeView.ts';
import type { HomeView } from '../tui/host.ts';
import { clockText } from './report.ts';
import { storedLanguage } from './settings.ts';

const BYTES_MAX = 2_000_000;

/**
 * Undefined where the files have another form than they should: who checks them knows what to say. Courses from
 * elsewhere and translations are for that one, too.
 */
export function firstHome({ lessons, language }: GlobalFlags): HomeView | undefined {
  if (lessons !== undefined || (language ?? storedLanguage()) !== undefined) return undefined;
  try {
    const { saves, progress } = dataFolders();
    return homeView({
      course: outlineOf(fileTree(join(programFolder(), 'lessons'), BYTES_MAX)),
      progress: progressIn(progress),
      saves: keptWorlds(listSaves({ folder: saves, gallery: join(programFolder(), 'saves') })),
      now: today(),
    });
  } catch {
    return undefined;
  }
}

function progressIn(path: string): Progress {
  if (!exists(path)) return { formatVersion: 1, lessons: {}, facts: {} };
  return JSON.parse(readText(path, BYTES_MAX)) as Progress;
}

export const keptWorlds = (saves: readonly ListedSave[]): KeptWorld[] =>
  saves.map(({ name, about, changed, gallery }) => ({
    name,
    about: about === undefined ? 'cannot be read' : `at ${clockText(about.leftAt)}, seed ${about.seed}`,
    savedAt: gallery ? undefined : changed,
  }));
