/** Overlays: drafts for translators, what the check says of them, and how they are shown. */
import { describe, expect, it } from 'vitest';
import { loadCourse } from '../../src/lessons/load.ts';
import { draftTranslation, shownTexts, translatedCount } from '../../src/lessons/translation.ts';
import {
  check,
  courseWith,
  filesOf,
  lessonWith,
  REVIEW,
  realCourse,
  realFiles,
  sendStep,
} from '../support/course.ts';

const lesson = lessonWith();
const whole = (): Record<string, { from: string; to: string }> =>
  Object.fromEntries([...shownTexts(lesson)].map(([place, from]) => [place, { from, to: `de ${from}` }]));
const problemsWith = (texts: unknown, file = 'sqs/01-a-lesson.de.json'): string[] =>
  check(courseWith(lesson, { [file]: texts })).problems.map(
    ({ severity, member, found }) => `${severity} ${member}: ${found}`,
  );

describe('a draft', () => {
  it('holds every text in the order of the lesson, to be filled in', () => {
    const draft = draftTranslation(lesson, {});
    expect(Object.keys(draft)).toEqual([...shownTexts(lesson).keys()]);
    expect(draft.title).toEqual({ from: 'A lesson', to: '' });
    expect(translatedCount(lesson, draft)).toEqual({ done: 0, of: Object.keys(draft).length });
  });

  it('keeps what is translated, and lays aside what is out of date', () => {
    const known = {
      ...draftTranslation(lesson, {}),
      title: { from: 'A lesson', to: 'Eine Lektion' },
      question: { from: 'What was it?', to: 'Was war es?' },
      'steps.gone.text': { from: 'Gone.', to: 'Fort.' },
    };
    const draft = draftTranslation(lesson, known);
    expect(draft.title).toEqual({ from: 'A lesson', to: 'Eine Lektion' });
    expect(draft.question).toEqual({ from: 'What is it?', to: '', old: 'Was war es?' });
    expect(Object.keys(draft).at(-1)).toBe('steps.gone.text');
    // Nothing is lost by a second draft.
    expect(draftTranslation(lesson, draft)).toEqual(draft);
  });
});

describe('the check', () => {
  it('has nothing to say of a translation that is complete', () => {
    expect(problemsWith(whole())).toEqual([]);
  });

  it('names what is missing, out of date, and belongs to no text', () => {
    const { title: _title, ...texts } = whole();
    texts.question = { from: 'What was it?', to: 'Was war es?' };
    texts['steps.gone.text'] = { from: 'Gone.', to: 'Fort.' };
    expect(problemsWith(texts)).toEqual([
      `warning title: 1 of ${Object.keys(whole()).length} texts are not translated, the first is title`,
      'warning question: out of date: the text is now "What is it?"',
      'warning steps.gone.text: a place where the lesson has no text',
    ]);
  });

  it('refuses texts that cannot be shown', () => {
    const long = { ...whole(), title: { from: 'A lesson', to: 'x '.repeat(30) } };
    expect(problemsWith(long)[0]).toContain('a lesson that is not valid once it is translated');
    const word = { ...whole(), title: { from: 'A lesson', to: 'Donaudampfschifffahrtsgesellschaft' } };
    expect(problemsWith(word)[0]).toContain('a word too long for the narrowest screen');
    expect(problemsWith({ title: 'Titel' })[0]).toContain('error title');
    expect(problemsWith(whole(), 'sqs/02-other.de.json')[0]).toContain('which is no lesson');
  });
});

describe('a course in another language', () => {
  const files = {
    'course.json': {
      formatVersion: 1,
      title: 'A course',
      language: 'en',
      tracks: [{ id: 'sqs', title: 'SQS' }],
    },
    'course.de.json': { title: { from: 'A course', to: 'Ein Kurs' } },
    'facts.json': { facts: [] },
    'sqs/01-a-lesson.json': lessonWith({ steps: [sendStep()] }),
    'sqs/01-a-lesson.de.json': {
      title: { from: 'A lesson', to: 'Eine Lektion' },
      question: { from: 'What is it?', to: '' },
    },
  };

  it('shows what is translated, and the original elsewhere', () => {
    const course = loadCourse(filesOf(files), 'de-AT');
    expect(course.languages).toEqual(['en', 'de']);
    expect(course.title).toBe('Ein Kurs');
    expect(course.lessons[0]?.lesson.title).toBe('Eine Lektion');
    expect(course.lessons[0]?.lesson.question).toBe('What is it?');
    expect(loadCourse(filesOf(files), 'fr').title).toBe('A course');
  });

  it('has facts and exam questions in it, too, and checks them like lessons', () => {
    const bank = { formatVersion: 1, questions: [{ id: 'why', ...REVIEW[0], ask: 'Why?' }] };
    const more = {
      'exam/sqs.json': bank,
      'exam/sqs.de.json': { 'questions.why.ask': { from: 'Why?', to: 'Warum?' } },
      'facts.json': { facts: [{ id: 'SQS-05', service: 'sqs', kind: 'limit', statement: 'It is hidden.' }] },
      'facts.de.json': { 'facts.SQS-05.statement': { from: 'It is hidden.', to: 'Sie ist verborgen.' } },
    };
    const course = loadCourse(filesOf({ ...files, ...more }), 'de');
    expect(course.problems).toEqual([]);
    expect(course.facts[0]?.statement).toBe('Sie ist verborgen.');
    expect(course.banks[0]?.bank.questions[0]).toMatchObject({ ask: 'Warum?', fact: 'SQS-05' });
    const late = { ...more, 'facts.de.json': { 'facts.SQS-05.statement': { from: 'Old.', to: 'Alt.' } } };
    expect(loadCourse(filesOf({ ...files, ...late }), 'de').facts[0]?.statement).toBe('It is hidden.');
    const said = check(loadCourse(filesOf({ ...files, ...late }))).problems.map(
      ({ file, found }) => `${file}: ${found}`,
    );
    expect(said).toContain('facts.de.json: out of date: the text is now "It is hidden."');
    expect(said.some((each) => each.startsWith('exam/sqs.de.json: 4 of 5 texts'))).toBe(true);
  });

  it('is there in German for Start here, to the last word', () => {
    const { files: found, problems } = realCourse().translations();
    expect(problems).toEqual([]);
    const german = found.filter(({ locale }) => locale === 'de');
    expect(german.map(({ file }) => file)).toEqual([
      'course.de.json',
      'start/01-first-message.de.json',
      'start/02-time.de.json',
    ]);
    for (const { file, original, texts } of german) {
      const { done, of } = translatedCount(original, texts);
      expect([file, done]).toEqual([file, of]);
    }
    const shown = loadCourse(realFiles, 'de').lessons[0]!.lesson;
    expect(shown.title).toBe('Der Bildschirm und die erste Nachricht');
    expect(shown.steps.map(({ solution }) => solution)).toEqual(
      realCourse().lessons[0]!.lesson.steps.map(({ solution }) => solution),
    );
  });
});
