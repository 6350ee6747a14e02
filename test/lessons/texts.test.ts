import { describe, expect, it } from 'vitest';
import { lessonOf, loadCourse } from '../../src/lessons/load.ts';
import { consoleLines, parseMarkdown, plainText } from '../../src/lessons/markdown.ts';
import { isRight, questionView, shuffled } from '../../src/lessons/questions.ts';
import { vocabularyText } from '../../src/projection/vocabulary.ts';
import { courseWith, filesOf, lessonWith } from '../support/course.ts';

describe('the small Markdown', () => {
  it('knows paragraphs, bold, italic, code, lists and fences', () => {
    const source =
      'A **b** and *c*\nwith `d*e*`.\n\n- one\n- two\n  more\n\n1. first\n\n```console\naws sqs list-queues\n```';
    expect(parseMarkdown(source)).toEqual([
      {
        type: 'paragraph',
        spans: [
          { text: 'A ' },
          { text: 'b', style: 'bold' },
          { text: ' and ' },
          { text: 'c', style: 'italic' },
          { text: ' with ' },
          { text: 'd*e*', style: 'code' },
          { text: '.' },
        ],
      },
      { type: 'list', ordered: false, items: [[{ text: 'one' }], [{ text: 'two more' }]] },
      { type: 'list', ordered: true, items: [[{ text: 'first' }]] },
      { type: 'fence', console: true, lines: ['aws sqs list-queues'] },
    ]);
    expect(consoleLines(source)).toEqual(['aws sqs list-queues']);
    expect(plainText('**a** `b`')).toBe('a b');
  });

  it('shows HTML as it is, and no control characters', () => {
    expect(parseMarkdown('<b>x</b>\u001b[31m\u202e')).toEqual([
      { type: 'paragraph', spans: [{ text: '<b>x</b>\ufffd[31m\ufffd' }] },
    ]);
  });

  it('reads a fence that is never closed to its end', () => {
    expect(parseMarkdown('```\na\nb')).toEqual([{ type: 'fence', console: false, lines: ['a', 'b'] }]);
  });
});

describe('questions', () => {
  const question = {
    ask: 'Which two?',
    choices: [
      { text: 'a', right: true as const, because: '1' },
      { text: 'b', because: '2' },
      { text: 'c', right: true as const, because: '3' },
    ],
  };

  it('are shuffled by the seed, always the same way', () => {
    expect(shuffled(6, 1, 'q')).toEqual(shuffled(6, 1, 'q'));
    const orders = new Set(Array.from({ length: 40 }, (_, seed) => shuffled(4, seed, 'q').join()));
    expect(orders.size).toBeGreaterThan(10);
    expect([...shuffled(6, 7, 'q')].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('with two right choices want exactly these two', () => {
    expect(questionView(question, 'q', 1, undefined, false)).toMatchObject({ choose: 2, answered: false });
    expect(isRight(question, [2, 0])).toBe(true);
    expect(isRight(question, [0])).toBe(false);
    expect(isRight(question, [0, 1, 2])).toBe(false);
  });
});

describe('a course', () => {
  it('has ids without numbers, in the order of tracks and numbers', () => {
    const course = loadCourse(
      filesOf({
        'course.json': {
          formatVersion: 1,
          title: 'C',
          language: 'en',
          tracks: [
            { id: 'z', title: 'Z' },
            { id: 'a', title: 'A' },
          ],
        },
        'a/01-one.json': lessonWith(),
        'z/10-two.json': lessonWith(),
        'z/02-first.json': lessonWith(),
      }),
    );
    expect(course.lessons.map(({ id, number }) => `${id} ${number}`)).toEqual([
      'z/first 1',
      'z/two 2',
      'a/one 1',
    ]);
    expect(course.problems).toEqual([]);
  });

  it('gives a lesson the files of its track, and no others', () => {
    const course = courseWith(lessonWith(), { 'sqs/files/policy.json': '{}', 'secret.txt': 'x' });
    expect(new TextDecoder().decode(course.fileOf('sqs', 'policy.json'))).toBe('{}');
    expect(course.fileOf('sqs', '../../secret.txt')).toBeUndefined();
    expect(course.fileOf('sqs', '/etc/passwd')).toBeUndefined();
  });

  it('shows a translation where it is up to date', () => {
    const files = {
      'course.json': { formatVersion: 1, title: 'C', language: 'en', tracks: [{ id: 'sqs', title: 'SQS' }] },
      'sqs/01-a.json': lessonWith(),
      'sqs/01-a.fr.json': {
        title: { from: 'A lesson', to: 'Une leçon' },
        'steps.send.text': { from: 'Send two messages.', to: 'Envoyez deux messages.' },
        'steps.send.hints.0': { from: 'It is send-message.', to: 'C’est send-message.' },
      },
    };
    const { lesson } = lessonOf(loadCourse(filesOf(files), 'fr'), 'sqs/a')!;
    expect(lesson.title).toBe('Une leçon');
    expect(lesson.steps[0]?.text).toBe('Send a message.');
    expect(lesson.steps[0]?.hints).toEqual(['C’est send-message.']);
  });
});

describe('lessons vocabulary', () => {
  it('prints every state and event with its fields', () => {
    const text = vocabularyText();
    for (const word of ['queue/NAME', 'inFlight', 'sqs/MessageReceived', 'receiveCount', 'you/Forked']) {
      expect(text).toContain(word);
    }
  });
});
