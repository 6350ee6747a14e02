/** The course as a whole. That each start fails and each solution passes is proved by `lessons check`, in `npm test`. */
import { describe, expect, it } from 'vitest';
import { factsOf } from '../src/lessons/lint.ts';
import { lessonSchemaJson } from '../src/lessons/schema.ts';
import { eventNamed, fieldAt, stateNamed } from '../src/projection/vocabulary.ts';
import { realCourse, realFiles, runnerOf } from './support/course.ts';

const course = realCourse();

describe('the course', () => {
  it('loads without a problem', () => {
    expect(course.problems).toEqual([]);
  });

  it('has lessons in Start here, SQS, SNS and the failure lab', () => {
    const count = (track: string): number => course.lessons.filter((lesson) => lesson.track === track).length;
    expect(count('start')).toBeGreaterThanOrEqual(2);
    expect(count('sqs')).toBeGreaterThanOrEqual(24);
    expect(count('sns')).toBeGreaterThanOrEqual(16);
    expect(count('lab')).toBeGreaterThanOrEqual(7);
  });

  it('names every fact of the guide, and asks about each that it shows', () => {
    const facts = factsOf(course);
    expect(Object.keys(facts)).toHaveLength(128);
    const shown = Object.entries(facts).filter(([, use]) => use.shownBy.length > 0);
    expect(shown.map(([id]) => id)).toContain('SQS-05');
    for (const [id, use] of shown) expect([id, use.askedBy.length > 0]).toEqual([id, true]);
  });

  it('has the schema that the format generates', async () => {
    await expect(lessonSchemaJson()).toMatchFileSnapshot('../lessons/lesson.schema.json');
  });

  it('has no file over the limit', () => {
    for (const path of realFiles.list())
      expect(realFiles.read(path)?.length ?? 0).toBeLessThanOrEqual(262_144);
  });
});

describe('the vocabulary', () => {
  it.each(course.lessons.map(({ id }) => id))('knows every event, state and field of %s', (id) => {
    const unknown = new Set<string>();
    const { runner } = runnerOf(course, id);
    for (const step of runner.lesson.lesson.steps) {
      runner.play(step.solution ?? []);
      if (step.goal === undefined) runner.predict([0]);
      runner.goOn();
    }
    for (const { type, fields } of runner.session.events(0, 100_000)) {
      const known = eventNamed(type);
      if (known === undefined) unknown.add(type);
      for (const name of Object.keys(fields)) {
        const has = known && (fieldAt(known.fields, name) ?? fieldAt(known.fields, `${name}.x`));
        if (known && has === undefined) unknown.add(`${type}: ${name}`);
      }
    }
    for (const resource of runner.session.view().resources) {
      const known = stateNamed(resource.id);
      for (const name of Object.keys(resource.fields)) {
        const has = known && (fieldAt(known.fields, name) ?? fieldAt(known.fields, `${name}.x`));
        if (has === undefined) unknown.add(`${resource.kind}: ${name}`);
      }
    }
    runner.close();
    expect([...unknown]).toEqual([]);
  });
});
