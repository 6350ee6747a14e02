/** Where lessons get their worlds from. */

import type { Surroundings } from '../command/console.ts';
import { runLine } from '../command/runLine.ts';
import { worldSettings } from '../contract/world.ts';
import { saveTimeline } from '../engine/timelineData.ts';
import type { Catalog } from '../projection/publish.ts';
import type { SessionOptions } from '../session/sessionOptions.ts';
import type { Session } from '../session/sessionTypes.ts';
import type { ReadFile } from '../session/surroundings.ts';
import { LearnerSession } from './learnerSession.ts';
import type { LessonWorld } from './lesson.ts';
import type { ParseLine } from './lintTexts.ts';

export interface LessonWorlds {
  /** A new world for a lesson, at its first instant. Throws when its gallery world is not there. */
  open(world: LessonWorld, name: string, readFile: ReadFile): LearnerSession;
  /** The world as it stands, for what must leave no trace in it. */
  copy(session: LearnerSession, readFile: ReadFile): LearnerSession;
  /** A hash of all that can change what happens next in a world made here. */
  digest(session: Session): string;
  /** Why a line of the prompt cannot be read; undefined when it can. */
  readonly parse: ParseLine;
  /** Is there a gallery world of that name? Absent where there is no gallery. */
  readonly hasWorld?: ((name: string) => boolean) | undefined;
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
  return {
    open({ seed, limits = 'current', delivery = 'calm', save }, name, readFile) {
      const saved = save === undefined ? undefined : gallery?.(save);
      if (save !== undefined && saved === undefined) {
        throw new NoSuchWorld(`There is no gallery world ${save}.`);
      }
      return new LearnerSession({
        catalog,
        settings: saved?.settings ?? worldSettings({ seed, limits, delivery }),
        name,
        readFile,
        ...(saved?.data === undefined ? {} : { data: saved.data }),
        ...(control === undefined ? {} : { control }),
      });
    },
    copy: (session, readFile) =>
      new LearnerSession({
        catalog,
        settings: session.settings,
        name: session.name,
        readFile,
        data: saveTimeline(session.world, { withImage: true }),
      }),
    digest: (session) => (session instanceof LearnerSession ? session.world.simulation.digest() : ''),
    parse: (line, readFile) => parseLine(line, readFile, catalog),
    ...(gallery === undefined ? {} : { hasWorld: (name: string) => gallery(name) !== undefined }),
  };
}

/** Reads a line in surroundings in which every name exists, up to its first call. */
function parseLine(line: string, readFile: ReadFile, catalog: Catalog): string | undefined {
  const settings = worldSettings();
  const surroundings: Surroundings = {
    ...settings,
    profiles: new Map(
      ['default', ...namesAfter(line, /--profile[ =]+(\S+)/g)].map((name) => [name, settings.account]),
    ),
    resolve: (kind, name) =>
      kind === 'queueUrl'
        ? `https://sqs.${settings.region}.amazonaws.com/${settings.account}/${name}`
        : kind === 'queueArn'
          ? `arn:aws:sqs:${settings.region}:${settings.account}:${name}`
          : kind === 'topicArn'
            ? `arn:aws:sns:${settings.region}:${settings.account}:${name}`
            : name,
    candidates: () => [],
    readFile,
  };
  // A variable holds whatever an earlier line put there, so what is text, number and base64 at once will do.
  const variables = new Map(namesAfter(line, /\$\{?([A-Za-z_]\w*)/g).map((name) => [name, '1000']));
  const state = { variables, explained: new Set<string>(), by: 'lesson' };
  const descriptions = new Map(catalog.map(({ description }) => [description.name, description]));
  const first = runLine(line, state, surroundings, descriptions).next();
  if (!first.done || first.value.error?.kind !== 'usage') return undefined;
  const lines = first.value.error.text.split('\n').filter((each) => each.trim() !== '');
  return (lines.find((each) => each.includes('rror')) ?? lines[0])?.trim();
}

const namesAfter = (line: string, pattern: RegExp): string[] =>
  [...line.matchAll(pattern)].map(([, name]) => name!);
