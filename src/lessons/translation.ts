/** Texts of a lesson in another language (lesson format, section 8). Out of date or missing: the course's own. */
import * as z from 'zod';
import { type Lesson, lessonFormat } from './lesson.ts';

const translationFormat = z.record(z.string(), z.strictObject({ from: z.string(), to: z.string() }));

/** Members whose texts a learner reads. */
const SHOWN = new Set(['title', 'question', 'text', 'then', 'else', 'ask', 'because']);
const SHOWN_LISTS = new Set(['hints', 'takeaways']);

/** Every text a learner reads, by its place: `steps.receive.text`, `review.0.choices.1.because`. */
export function shownTexts(lesson: Lesson): Map<string, string> {
  const texts = new Map<string, string>();
  visit(lesson, '', (place, value) => {
    texts.set(place, value);
    return value;
  });
  return texts;
}

/** The lesson with what is translated and up to date. A translation that cannot be read changes nothing. */
export function applyTranslation(lesson: Lesson, translation: unknown): Lesson {
  const read = translationFormat.safeParse(translation);
  if (!read.success) return lesson;
  const changed = visit(lesson, '', (place, value) => {
    const entry = Object.hasOwn(read.data, place) ? read.data[place] : undefined;
    return entry?.from === value ? entry.to : value;
  });
  const checked = lessonFormat.safeParse(changed);
  return checked.success ? checked.data : lesson;
}

type Change = (place: string, value: string) => string;

function visit(value: unknown, place: string, change: Change): unknown {
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => {
      const id = typeof item === 'object' && item !== null && 'id' in item ? String(item.id) : String(index);
      return visit(item, `${place}.${id}`, change);
    });
  }
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const at = place === '' ? name : `${place}.${name}`;
    if (typeof member === 'string') copy[name] = SHOWN.has(name) ? change(at, member) : member;
    else if (SHOWN_LISTS.has(name) && Array.isArray(member)) {
      copy[name] = member.map((item, index) => change(`${at}.${index}`, String(item)));
    } else copy[name] = visit(member, at, change);
  }
  return copy;
}
