/** Where lessons get their worlds from. */
import { worldSettings } from '../contract/world.ts';
import type { Catalog } from '../projection/publish.ts';
import { createSession, type SessionOptions, type WorldSession } from '../session/session.ts';
import type { Session } from '../session/sessionTypes.ts';
import type { ReadFile } from '../session/surroundings.ts';
import type { LessonWorld } from './lesson.ts';

export interface LessonWorlds {
  /** A new world for a lesson, at its first instant. Throws when its gallery world is not there. */
  open(world: LessonWorld, name: string, readFile: ReadFile): Session;
  /** A hash of all that can change what happens next in a world made here. */
  digest(session: Session): string;
}

export interface WorldSources {
  readonly catalog: Catalog;
  /** A gallery world by its name, as a save has it. */
  readonly gallery?: (name: string) => Pick<SessionOptions, 'data' | 'settings'> | undefined;
  readonly control?: SessionOptions['control'];
}

export class NoSuchWorld extends Error {
  override readonly name = 'NoSuchWorld';
}

export function lessonWorlds({ catalog, gallery, control }: WorldSources): LessonWorlds {
  const sessions = new WeakMap<Session, WorldSession>();
  return {
    open({ seed, limits = 'current', delivery = 'calm', save }, name, readFile) {
      const saved = save === undefined ? undefined : gallery?.(save);
      if (save !== undefined && saved === undefined) {
        throw new NoSuchWorld(`There is no gallery world ${save}.`);
      }
      const session = createSession({
        catalog,
        settings: saved?.settings ?? worldSettings({ seed, limits, delivery }),
        name,
        readFile,
        ...(saved?.data === undefined ? {} : { data: saved.data }),
        ...(control === undefined ? {} : { control }),
      });
      sessions.set(session, session);
      return session;
    },
    digest: (session) => sessions.get(session)?.world.simulation.digest() ?? '',
  };
}
