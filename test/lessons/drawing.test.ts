/** The drawing test: what each way does to a picture. */
import { describe, expect, it } from 'vitest';
import { CATALOG } from '../../src/catalog.ts';
import { countsOf, type Drawing, draw, drawnBy } from '../../src/lessons/drawing.ts';
import { type DrawnPicture, PICTURES, readPicture } from '../../src/lessons/drawingPictures.ts';
import { drawingJson, drawingText } from '../../src/lessons/drawingText.ts';
import { DRAWING_WAYS } from '../../src/lessons/drawingWays.ts';

const SMALL: DrawnPicture = { name: 'small', lines: [' /\\ ', '', '\'"$', '\\__/', 'e', 'f', 'g', 'h'] };
const made = new Map<string, Drawing>();

function drawn(id: string, seed = 5, picture = SMALL): Drawing {
  const key = `${id} ${seed} ${picture.name}`;
  const way = DRAWING_WAYS.find((each) => each.id === id)!;
  const drawing = made.get(key) ?? draw({ catalog: CATALOG, way, picture, seed });
  made.set(key, drawing);
  return drawing;
}

const orderOf = (drawing: Drawing, reader = 0): number[] => drawnBy(drawing, reader).map(({ line }) => line);
const ALL = SMALL.lines.map((_, index) => index + 1);

describe('a picture through a service', () => {
  it.each(['queue-calm', 'fifo', 'stream-one-key'])('is whole and in order through %s', (id) => {
    expect(orderOf(drawn(id))).toEqual(ALL);
    expect(countsOf(drawn(id))).toEqual({ inOrder: 8, late: 0, twice: 0, missing: 0 });
  });

  it('is disordered by a typical standard queue, and nothing is lost', () => {
    const drawing = drawn('queue-typical');
    expect(orderOf(drawing)).not.toEqual(ALL);
    expect([...orderOf(drawing)].sort((a, b) => a - b)).toEqual(ALL);
    expect(countsOf(drawing)).toMatchObject({ twice: 0, missing: 0 });
    expect(countsOf(drawing).late).toBeGreaterThan(0);
  });

  it('has a line twice on a rough day, after the visibility timeout', () => {
    const drawing = drawn('queue-rough', 5, PICTURES[0]!);
    expect(countsOf(drawing)).toMatchObject({ twice: 1, missing: 0 });
    const again = drawing.arrivals.find(({ kind }) => kind === 'twice')!;
    const first = drawing.arrivals.find(({ line }) => line === again.line)!;
    expect(again.atMs - first.atMs).toBeGreaterThanOrEqual(10_000);
  });

  it('is shared by competing consumers, each line drawn by one', () => {
    const drawing = drawn('consumers');
    const parts = [0, 1, 2].map((reader) => orderOf(drawing, reader));
    expect(parts.flat().sort((a, b) => a - b)).toEqual(ALL);
    for (const part of parts) expect(part.length).toBeGreaterThan(0);
    expect(countsOf(drawing).missing).toBe(0);
    expect(countsOf(drawing, 0).missing).toBe(8 - parts[0]!.length);
  });

  it('is drawn twice by a topic with two queues, each in its own order', () => {
    const drawing = drawn('topic');
    for (const reader of [0, 1]) expect([...orderOf(drawing, reader)].sort((a, b) => a - b)).toEqual(ALL);
    expect(countsOf(drawing).missing).toBe(0);
  });

  it('keeps the order of a key in a stream with several keys, not the order of the whole', () => {
    const drawing = drawn('stream-many-keys', 5, PICTURES[0]!);
    expect(countsOf(drawing)).toMatchObject({ twice: 0, missing: 0 });
    expect(countsOf(drawing).late).toBeGreaterThan(0);
    for (let key = 0; key < 4; key++) {
      const lines = orderOf(drawing).filter((line) => line % 4 === key);
      expect(lines).toEqual([...lines].sort((a, b) => a - b));
    }
  });

  it('is the same drawing for the same seed, and says so in words and JSON', () => {
    const way = DRAWING_WAYS[1]!;
    const again = draw({ catalog: CATALOG, way, picture: SMALL, seed: 5 });
    expect(drawingJson(again)).toEqual(drawingJson(drawn('queue-typical')));
    const text = drawingText(again);
    expect(text).toContain('out of order');
    expect(text).toContain(way.rule);
  });
});

describe('a picture of one’s own', () => {
  const read = (text: string) => readPicture('own.txt', new TextEncoder().encode(text));

  it('loses its control characters and keeps its lines', () => {
    const own = read('\n a\u001b[2Jb\r\n\tc\u202e\n\n');
    expect(own.ok && own.picture.lines).toEqual([' a\ufffd[2Jb', '    c\ufffd']);
  });

  it('is refused where it is too large or no text, and told how to mend it', () => {
    expect(read('x')).toMatchObject({ ok: false, why: expect.stringContaining('at least 2 lines') });
    expect(read('x\n'.repeat(31))).toMatchObject({ why: expect.stringContaining('at most 30') });
    expect(read(`${'x'.repeat(61)}\ny`)).toMatchObject({ why: expect.stringContaining('at most 60') });
    expect(readPicture('own', Uint8Array.of(0xff, 10, 0xfe)).ok).toBe(false);
    expect(readPicture('own', new Uint8Array(5_000)).ok).toBe(false);
  });

  it('may hold what is no message elsewhere: empty lines, quotes, marks', () => {
    expect(orderOf(drawn('fifo'))).toEqual(ALL);
  });
});
