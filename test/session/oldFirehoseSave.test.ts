/** A world of an earlier layout: its Firehose stream read Kinesis before plans to read were counted. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { gzip } from '../../src/platform/gzip.ts';
import { openSave } from '../../src/session/openSave.ts';
import { readSave } from '../../src/session/saveFile.ts';
import type { Save } from '../../src/session/saveTypes.ts';
import { createSession, type WorldSession } from '../../src/session/session.ts';
import { ReadProblem } from '../../src/session/strictJson.ts';
import { runLines, SERVICES } from '../support/worlds.ts';

const text = readFileSync(new URL('../replay/firehose-before-plans.json', import.meta.url), 'utf8');

function old(): Save {
  const save = readSave(text, { codec: gzip, services: SERVICES });
  if (save instanceof ReadProblem) throw save;
  return save;
}

/** One record was put before it was saved; here comes another, and both have to be delivered. */
function goOn(session: WorldSession): unknown {
  runLines(
    session,
    'aws kinesis put-record --stream-name clicks --partition-key a --data YWZ0ZXI=',
    'sleep 100',
  );
  return session.view().resources.find(({ id }) => id === 'delivery/to-lake')?.fields;
}

describe('a saved world whose Firehose stream has no plan to read', () => {
  it('goes on reading from its checkpoint', () => {
    const { settings, name, timeline } = old();
    expect(JSON.stringify(timeline.image)).not.toContain('"plan"');
    const session = createSession({ catalog: CATALOG, settings, name, data: timeline });
    expect(goOn(session)).toMatchObject({ delivered: 2 });
  });

  it('opens from its file, and goes on reading', () => {
    const { session } = openSave(old(), { catalog: CATALOG });
    expect(goOn(session)).toMatchObject({ delivered: 2 });
  });
});
