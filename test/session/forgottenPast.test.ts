/** A served world keeps its last minutes only; it can be kept from its present on. */
import { beforeEach, describe, expect, it } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { instant, milliseconds } from '../../src/engine/units.ts';
import { gzip } from '../../src/platform/gzip.ts';
import { openSave, saveOf, withoutCheckpoint } from '../../src/session/openSave.ts';
import { readSave, writeSave } from '../../src/session/saveFile.ts';
import type { Save } from '../../src/session/saveTypes.ts';
import type { WorldSession } from '../../src/session/session.ts';
import { ReadProblem } from '../../src/session/strictJson.ts';
import { newWorld, runLines, SERVICES } from '../support/worlds.ts';

const URL = 'https://sqs.us-east-1.amazonaws.com/000000000000/orders';
const caller = {
  by: 'web',
  account: '000000000000',
  profile: 'default',
  secure: true,
  remote: true,
} as const;
const call = (session: WorldSession, operation: string, input: object): void =>
  void session.clients.call({ service: 'sqs', operation, input, caller }, () => {});
const digest = (session: WorldSession): string => session.world.simulation.digest();

function kept(session: WorldSession): Save {
  const text = writeSave(saveOf(session, { revision: 1, digests: [], withCheckpoint: true }), gzip);
  const save = readSave(text, { codec: gzip, services: SERVICES });
  if (save instanceof ReadProblem) throw save;
  return save;
}

let session: WorldSession;
let forgotten = 0;
beforeEach(() => {
  session = newWorld();
  call(session, 'CreateQueue', { QueueName: 'orders' });
  for (let number = 0; number < 7_000; number++) {
    call(session, 'SendMessage', { QueueUrl: URL, MessageBody: 'x' });
    if (number % 1_000 !== 0) continue;
    session.skip(milliseconds(60_000));
    session.world.forgetBefore(instant(session.now - 60_000));
  }
  forgotten = session.world.current.journal.forgotten;
});

describe('a world that has forgotten its beginning', () => {
  it('begins anew where it is kept, and is saved and replayed from there', () => {
    expect(forgotten).toBeGreaterThan(0);
    const before = digest(session);
    const from = session.now;
    expect(session.world.keepAll()).toBe(true);
    expect(digest(session)).toBe(before);
    runLines(session, 'aws sqs receive-message --queue-url orders', 'sleep 40');
    session.world.forgetBefore(session.now);
    const save = kept(session);
    for (const one of [save, withoutCheckpoint(save)]) {
      const { session: again, notes } = openSave(one, { catalog: CATALOG });
      expect(notes).toEqual([]);
      expect(digest(again)).toBe(digest(session));
      expect(again.goTo(instant(from - 1))).toMatchObject({
        ok: false,
        why: expect.stringContaining('forgotten'),
      });
      expect(kept(again).timeline.beginning).toEqual(save.timeline.beginning);
    }
    const { session: back } = openSave(save, { catalog: CATALOG });
    expect(back.goTo({ at: from, commands: 0 })).toEqual({ ok: true });
    expect(digest(back)).toBe(before);
  });

  it('says that it cannot be kept from its past, or with forks', () => {
    session.skip(milliseconds(1_000));
    session.goTo(instant(session.now - 500));
    expect(session.world.keepAll()).toBe(false);
    session.toHead();
    session.fork('other');
    expect(session.world.keepAll()).toBe(false);
  });
});
