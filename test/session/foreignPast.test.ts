import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { worldSettings } from '../../src/contract/world.ts';
import { instant } from '../../src/engine/units.ts';
import { openSave, saveOf, withoutCheckpoint } from '../../src/session/openSave.ts';
import type { Save } from '../../src/session/saveTypes.ts';
import { createSession, type WorldSession } from '../../src/session/session.ts';
import { VERSION } from '../../src/session/version.ts';

/** A world of another version, with something in its past. */
function foreignSave(): Save {
  const session = createSession({ catalog: CATALOG, settings: worldSettings({ seed: 7 }), name: 'old' });
  run(session, 'aws sqs create-queue --queue-name orders\nsleep 10');
  const save = saveOf(session, { revision: 1, digests: [], withCheckpoint: true });
  return { ...save, engineVersion: '0.0.1' };
}

function run(session: WorldSession, lines: string): (string | undefined)[] {
  const entries = session.enterAll(lines);
  session.drain();
  return entries.map(({ id }) => session.entry(id)?.result?.error?.text);
}

describe('a world opened from the checkpoint of another version', () => {
  it('goes on from there, and says where it comes from', () => {
    const { session, notes } = openSave(foreignSave(), { catalog: CATALOG });
    expect(notes.join(' ')).toContain('0.0.1');
    expect(notes.join(' ')).toContain('--replay');
    expect(run(session, 'aws sqs create-queue --queue-name more')).toEqual([undefined]);
  });

  it('lets one look at its past but not act there, and nothing is lost', () => {
    const { session } = openSave(foreignSave(), { catalog: CATALOG });
    session.goTo(instant(5_000));
    const [refusal] = run(session, 'aws sqs create-queue --queue-name more');
    expect(refusal).toContain('only to look at');
    expect(session.fork()).toMatchObject({ ok: false });
    expect(session.timeline().branches).toHaveLength(1);
    expect(session.toHead()).toEqual({ ok: true });
    expect(run(session, 'aws sqs create-queue --queue-name more')).toEqual([undefined]);
  });

  it('lets one act in what came after the checkpoint', () => {
    const { session } = openSave(foreignSave(), { catalog: CATALOG });
    run(session, 'sleep 10\naws sqs create-queue --queue-name more');
    session.goTo(instant(session.now - 5));
    expect(session.timeline().past).toBe(true);
    expect(run(session, 'aws sqs create-queue --queue-name other')).toEqual([undefined]);
  });

  it('is this version’s own when it is replayed', () => {
    const { session } = openSave(withoutCheckpoint(foreignSave()), { catalog: CATALOG });
    session.goTo(instant(5_000));
    expect(run(session, 'aws sqs create-queue --queue-name more')).toEqual([undefined]);
  });

  it('has no such fence in a save of this version', () => {
    const { session, notes } = openSave({ ...foreignSave(), engineVersion: VERSION }, { catalog: CATALOG });
    expect(notes).toEqual([]);
    session.goTo(instant(5_000));
    expect(run(session, 'aws sqs create-queue --queue-name more')).toEqual([undefined]);
  });
});
