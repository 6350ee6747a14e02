import { describe, expect, test } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { gzip } from '../../src/platform/gzip.ts';
import { openSave, saveOf } from '../../src/session/openSave.ts';
import { readSave, writeSave } from '../../src/session/saveFile.ts';
import type { Save } from '../../src/session/saveTypes.ts';
import type { WorldSession } from '../../src/session/session.ts';
import { ReadProblem } from '../../src/session/strictJson.ts';
import { busyWorld, newWorld, runLines, SERVICES } from '../support/worlds.ts';

const options = { codec: gzip, services: SERVICES };

function read(text: string): Save {
  const save = readSave(text, options);
  if (save instanceof ReadProblem) throw save;
  return save;
}

const written = (session: WorldSession, withCheckpoint: boolean): string =>
  writeSave(saveOf(session, { revision: 1, digests: [], withCheckpoint }), gzip);

const digest = (session: WorldSession): string => session.world.simulation.digest();

describe('a save', () => {
  test.each([true, false])(
    'brings the world back as it was (with checkpoint: %s), and it runs on the same',
    (checkpoint) => {
      const world = busyWorld();
      const { session, notes } = openSave(read(written(world, checkpoint)), { catalog: CATALOG });
      expect(notes).toEqual([]);
      expect(digest(session)).toBe(digest(world));
      expect(session.view().resources).toEqual(world.view().resources);
      runLines(world, 'sleep 60');
      runLines(session, 'sleep 60');
      expect(digest(session)).toBe(digest(world));
      expect(written(session, true)).toBe(written(world, true));
    },
  );

  test('keeps dials of its own, refuses those that cannot be, and has those of its setting without any', () => {
    const dials = { hosts: 6, copies: 3, asked: 2, missed: { numerator: 1, denominator: 4 } };
    const world = newWorld({ delivery: 'typical', dials });
    runLines(
      world,
      'aws sqs create-queue --queue-name orders',
      'repeat 9 aws sqs send-message --queue-url orders --message-body x',
    );
    runLines(world, 'repeat 5 aws sqs receive-message --queue-url orders');
    const text = written(world, false);
    const { session } = openSave(read(text), { catalog: CATALOG });
    expect(session.settings.dials).toEqual(dials);
    expect(digest(session)).toBe(digest(world));
    const broken = readSave(text.replace('"asked":2', '"asked":7'), options);
    expect(broken instanceof ReadProblem && broken.message).toContain(
      '--asked is a whole number from 1 to 6',
    );
    expect(read(written(newWorld(), false)).settings).not.toHaveProperty('dials');
  });

  test('keeps the Console and its variables', () => {
    const world = busyWorld();
    const { session } = openSave(read(written(world, true)), { catalog: CATALOG });
    expect(session.console().map(({ result }) => result?.output)).toEqual(
      world.console().map(({ result }) => result?.output),
    );
    expect(session.console()[0]!.line).toBe('aws sqs create-queue --queue-name dead');
    expect(session.consoleState.variables).toEqual(world.consoleState.variables);
    runLines(session, 'aws sqs delete-message --queue-url orders --receipt-handle $H');
  });

  test('keeps forks, and the place in the past at which one was', () => {
    const world = busyWorld();
    world.goTo(world.now);
    world.undo();
    runLines(world, 'sqs purge-queue --queue-url orders', 'sleep 5');
    world.back();
    const { session } = openSave(read(written(world, false)), { catalog: CATALOG });
    expect(session.timeline()).toEqual(world.timeline());
    expect(digest(session)).toBe(digest(world));
    world.switchTo(0);
    session.switchTo(0);
    expect(digest(session)).toBe(digest(world));
  });

  test('without its checkpoint is a text with one line for each command', () => {
    const text = written(runLines(newWorld(), 'aws sqs create-queue --queue-name a', 'sleep 5'), false);
    expect(text).toContain(
      '   {"at":0,"by":"you","line":"aws sqs create-queue --queue-name a","call":"sqs CreateQueue","input":{"QueueName":"a"}}\n',
    );
    expect(text).not.toContain('checkpoint');
  });
});

describe('a save whose checkpoint is of no use', () => {
  test('is replayed, and says so', () => {
    const save = read(written(busyWorld(), true));
    const image = structuredClone(save.timeline.image) as { nextSequence: number };
    image.nextSequence++;
    const tampered = { ...save, timeline: { ...save.timeline, image } };
    const { session, notes } = openSave(tampered, { catalog: CATALOG });
    expect(notes).toEqual([expect.stringContaining('does not fit its digest')]);
    expect(digest(session)).toBe(save.timeline.digest);
    const garbage = { ...save, timeline: { ...save.timeline, image: { services: 'none' } } };
    expect(openSave(garbage, { catalog: CATALOG }).notes).toEqual([
      expect.stringContaining('cannot be used'),
    ]);
  });
});

test('a world that replays to another digest says so', () => {
  const save = read(written(busyWorld(), false));
  const other = {
    ...save,
    engineVersion: '0.0.1',
    timeline: { ...save.timeline, digest: '0123456789abcdef' },
  };
  const { notes } = openSave(other, { catalog: CATALOG });
  expect(notes[0]).toContain('Made by version 0.0.1');
  expect(notes[1]).toContain('replays it differently');
});

describe('a damaged save', () => {
  const whole = written(runLines(newWorld(), 'sqs create-queue --queue-name a'), false);
  const withCheckpoint = written(runLines(newWorld(), 'sqs create-queue --queue-name a'), true);

  test.each<[string, (text: string) => string, string]>([
    ['cut short', (text) => text.slice(0, 300), 'the file ends too early'],
    ['empty', () => '', 'the file ends too early'],
    ['not JSON', (text) => text.replace('"name":', 'name:'), 'line 4, column 2: this is not JSON'],
    ['of another kind', () => '[1, 2]', 'found a list, expected an object'],
    ['without a version', (text) => text.replace('"formatVersion": 1,', ''), 'formatVersion: found nothing'],
    [
      'from the future',
      (text) => text.replace('"formatVersion": 1', '"formatVersion": 99'),
      'formatVersion: is 99; this program reads up to 1',
    ],
    [
      'with a member too many',
      (text) => text.replace('"name":', '"colour": 1, "name":'),
      'colour: is not known here',
    ],
    [
      'with a wrong seed',
      (text) => text.replace('"seed":1', '"seed":"x"'),
      'settings.seed: found "x", expected a whole',
    ],
    [
      'with a wrong limit',
      (text) => text.replace('"current","del', '"no","del'),
      'settings.limits: found "no", expected one of',
    ],
    [
      'with an unknown service',
      (text) => text.replace('"sqs CreateQueue"', '"polly Boom"'),
      'service polly is not known',
    ],
    [
      'with time going back',
      (text) => text.replace('"at":0,"by"', '"at":-5,"by"'),
      'journal[0].at: found -5',
    ],
    ['with a command too many', (text) => text.replace('"commands":1}', '"commands":7}'), 'expected'],
    ['nested without end', () => '['.repeat(200), 'nested deeper than 100'],
  ])('%s is refused, with the place', (_what, damage, sentence) => {
    const damaged = damage(whole);
    expect(damaged).not.toBe(whole);
    const problem = readSave(damaged, options);
    expect(problem).toBeInstanceOf(ReadProblem);
    expect((problem as ReadProblem).message).toContain(sentence);
  });

  test('in its checkpoint says how to mend it', () => {
    const damaged = withCheckpoint.replace(/"data":"[^"]{40}/, '"data":"AAAA');
    expect((readSave(damaged, options) as ReadProblem).message).toContain('Take the member "checkpoint" out');
  });

  test('that asks for what no prompt would send is refused in words', () => {
    const save = read(
      whole.replace('"input":{"QueueName":"a"}', '"input":{"QueueName":{"not":["a","name"]}}'),
    );
    expect(() => openSave(save, { catalog: CATALOG })).toThrow(/^branches: the commands cannot be replayed/);
  });

  test('never throws, whatever bytes are in it', () => {
    for (let at = 0; at < whole.length; at += 7) {
      const damaged = `${whole.slice(0, at)}\u0000${whole.slice(at + 3)}`;
      const save = readSave(damaged, options);
      if (!(save instanceof ReadProblem)) expect(save.settings.account).toMatch(/^\d{12}$/);
    }
  });

  test('cannot reach an object’s prototype', () => {
    const text = whole.replace('"input":{', '"input":{"__proto__":{"polluted":1},');
    expect(text).not.toBe(whole);
    read(text);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
