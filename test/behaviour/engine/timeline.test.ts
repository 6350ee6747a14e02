import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Position } from '../../../src/engine/journal.ts';
import { fromPlainJson, toPlainJson } from '../../../src/engine/plainJson.ts';
import { Timeline } from '../../../src/engine/timeline.ts';
import { loadTimeline, saveTimeline, type TimelineData } from '../../../src/engine/timelineData.ts';
import { instant } from '../../../src/engine/units.ts';
import { toyRequest, toyService } from '../../support/toyService.ts';

const services = [toyService as never];
const timelineOf = (checkpointEvery = 50): Timeline =>
  new Timeline(services, { seed: 3 }, { checkpointEvery });

/** Plays random commands; notes the digest after each. */
function play(
  timeline: Timeline,
  commands: readonly (readonly [string, number, number])[],
): [Position, string][] {
  const notes: [Position, string][] = [];
  for (const [operation, by, wait] of commands) {
    timeline.submit(toyRequest(operation, { by }), `${operation} ${by}`);
    notes.push([timeline.position, timeline.simulation.digest()]);
    timeline.runUntil(instant(timeline.simulation.now + wait));
    notes.push([timeline.position, timeline.simulation.digest()]);
  }
  return notes;
}

const someCommands = fc.array(
  fc.tuple(
    fc.constantFrom('Add', 'Draw', 'Remind', 'Wait', 'Ask', 'Nonsense'),
    fc.integer({ min: 1, max: 300 }),
    fc.integer({ min: 0, max: 60 }),
  ),
  { minLength: 1, maxLength: 60 },
);

describe('a timeline', () => {
  it('comes to the same digest at every place it has been, in any order', () => {
    fc.assert(
      fc.property(
        someCommands,
        fc.array(fc.nat()),
        fc.integer({ min: 3, max: 80 }),
        (commands, jumps, every) => {
          const timeline = timelineOf(every);
          const notes = play(timeline, commands);
          for (const jump of [...jumps, 0, notes.length - 1]) {
            const [position, digest] = notes[jump % notes.length]!;
            timeline.goTo(position);
            expect(timeline.simulation.digest()).toBe(digest);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('replays its own commands when time passes in the past, and is live again at the head', () => {
    const timeline = timelineOf();
    const notes = play(timeline, [
      ['Add', 1, 50],
      ['Wait', 500, 50],
      ['Draw', 1, 50],
    ]);
    const [head, digest] = notes.at(-1)!;
    timeline.goTo(notes[0]![0]);
    expect(timeline.past).toBe(true);
    timeline.runUntil(head.at);
    expect(timeline.past).toBe(false);
    expect(timeline.simulation.digest()).toBe(digest);
    timeline.runUntil(instant(head.at + 1000));
    expect(timeline.current.head.at).toBe(head.at + 1000);
  });

  it('forks when a command is given in the past, and leaves the old branch as it was', () => {
    const timeline = timelineOf();
    const notes = play(timeline, [
      ['Add', 1, 50],
      ['Add', 10, 50],
    ]);
    const [, digest] = notes.at(-1)!;
    timeline.goTo(notes[1]![0]);
    timeline.submit(toyRequest('Add', { by: 100 }));
    expect(timeline.branches).toHaveLength(2);
    expect(timeline.simulation.stateOf('toy')).toMatchObject({ total: 101 });
    timeline.switchTo(0);
    expect(timeline.simulation.digest()).toBe(digest);
    timeline.switchTo(1);
    expect(timeline.simulation.stateOf('toy')).toMatchObject({ total: 101 });
  });

  it('comes back from a save, with and without its image, to the same digest', () => {
    fc.assert(
      fc.property(someCommands, fc.boolean(), (commands, withImage) => {
        const timeline = timelineOf();
        play(timeline, commands);
        timeline.fork('other');
        timeline.submit(toyRequest('Draw'));
        const text = JSON.stringify(toPlainJson(saveTimeline(timeline, { withImage })));
        const data = fromPlainJson(JSON.parse(text)) as TimelineData;
        const again = loadTimeline(services, { seed: 3 }, data);
        expect(again.simulation.digest()).toBe(data.digest);
        again.switchTo(0);
        timeline.switchTo(0);
        expect(again.simulation.digest()).toBe(timeline.simulation.digest());
      }),
      { numRuns: 40 },
    );
  });

  it('keeps its checkpoints within the budget and still reaches every instant', () => {
    const timeline = new Timeline(
      services,
      { seed: 3 },
      { checkpointEvery: 5, budget: { bytesMax: 1e9, countMax: 6 } },
    );
    const notes = play(
      timeline,
      Array.from({ length: 80 }, (_, index) => ['Remind', index + 1, 20] as const),
    );
    expect(timeline.current.checkpoints.list.length).toBeLessThanOrEqual(6);
    for (const [position, digest] of notes) {
      timeline.goTo(position);
      expect(timeline.simulation.digest()).toBe(digest);
    }
  });

  it('moves from event to event of the past and of the present', () => {
    const timeline = timelineOf();
    play(timeline, [['Add', 1, 50]]);
    timeline.goToInstant(instant(0));
    expect(timeline.past).toBe(true);
    const due = timeline.nextDue()!;
    timeline.runInstant(due);
    expect(timeline.simulation.now).toBe(due);
  });

  it('is walked again from any event, with the world left where it is', () => {
    fc.assert(
      fc.property(someCommands, fc.nat(), fc.integer({ min: 3, max: 80 }), (commands, pick, every) => {
        const timeline = timelineOf(every);
        play(timeline, commands);
        const { simulation, position } = timeline;
        const digest = simulation.digest();
        const sequence = pick % (simulation.log.count + 1);
        const walk = timeline.retrace(sequence);
        expect(walk.simulation.log.count).toBeLessThanOrEqual(sequence);
        expect(walk.toEvent(sequence)).toBe(true);
        walk.toEnd();
        expect(walk.position).toEqual(position);
        expect(walk.simulation.digest()).toBe(digest);
        expect(walk.simulation.log.since(sequence, 1)).toEqual(simulation.log.since(sequence, 1));
        expect(walk.toEvent(simulation.log.count + 1)).toBe(false);
        expect(simulation.digest()).toBe(digest);
        expect(timeline.position).toEqual(position);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a timeline that forgets', () => {
  it('keeps what lies after an instant to the digest, and lets go of what lies before', () => {
    const timeline = timelineOf(2_000);
    const notes: [Position, string][] = [];
    for (let turn = 0; turn < 9_000; turn++) {
      timeline.submit(toyRequest('Add', { by: 1 + (turn % 7) }));
      timeline.runUntil(instant(timeline.simulation.now + 10));
      if (turn % 500 === 0) notes.push([timeline.position, timeline.simulation.digest()]);
    }
    const end = timeline.simulation.digest();
    const at = instant(60_000);
    timeline.forgetBefore(at);
    expect(timeline.simulation.digest()).toBe(end);
    expect(timeline.current.journal.forgotten).toBeGreaterThan(2_000);
    expect(timeline.current.journal.length).toBe(9_000);
    expect(timeline.reaches({ at: instant(0), commands: 0 })).toBe(false);
    for (const [position, digest] of notes) {
      if (position.at < at) continue;
      timeline.goTo(position);
      expect(timeline.simulation.digest()).toBe(digest);
    }
    timeline.goTo(timeline.current.head);
    expect(() => [...timeline.current.journal]).toThrow('forgotten');
  });

  it('forgets nothing once there is a fork', () => {
    const timeline = timelineOf();
    play(timeline, [
      ['Add', 1, 50],
      ['Add', 2, 50],
    ]);
    timeline.fork();
    timeline.forgetBefore(instant(90));
    expect(timeline.reaches({ at: instant(0), commands: 0 })).toBe(true);
  });
});
