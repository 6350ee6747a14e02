/** Texts of a lesson in another language (lesson format, section 8). Out of date or missing: the course's own. */
import * as z from 'zod';

const entryFormat = z.strictObject({
  /** The original as it was translated. */
  from: z.string(),
  /** Empty: not translated yet. */
  to: z.string(),
  /** What the translation was before the original changed. */
  old: z.string().optional(),
});
export const translationFormat = z.record(z.string(), entryFormat);
export type Translation = z.infer<typeof translationFormat>;

/** Members whose texts a learner reads. */
const SHOWN = new Set([
  ...['title', 'question', 'text', 'then', 'else', 'ask', 'because'],
  // Of facts, and of questions where guide and today differ.
  ...['statement', 'guide', 'today'],
]);
const SHOWN_LISTS = new Set(['hints', 'takeaways']);

/** Every text a learner reads, by its place: `steps.receive.text`, `review.0.choices.1.because`. */
export function shownTexts(lesson: unknown): Map<string, string> {
  const texts = new Map<string, string>();
  visit(lesson, '', (place, value) => {
    texts.set(place, value);
    return value;
  });
  return texts;
}

/** Any part of a course with its texts in another language. */
export function translatedTexts(value: unknown, translation: unknown): unknown {
  const read = translationFormat.safeParse(translation);
  if (!read.success) return value;
  return visit(value, '', (place, text) => {
    const entry = Object.hasOwn(read.data, place) ? read.data[place] : undefined;
    return entry?.from === text && entry.to !== '' ? entry.to : text;
  });
}

/**
 * A translation to go on with: every text of the lesson in its order, those that are missing empty. Where the
 * original has changed, the translation moves to `old`; what belongs to no text any more stays at the end.
 */
export function draftTranslation(original: unknown, known: Translation): Translation {
  const draft: Record<string, Translation[string]> = {};
  for (const [place, from] of shownTexts(original)) {
    const entry = known[place];
    if (entry === undefined) draft[place] = { from, to: '' };
    else if (entry.from === from) draft[place] = entry.to === '' ? entry : { from, to: entry.to };
    else {
      const old = entry.to === '' ? entry.old : entry.to;
      draft[place] = { from, to: '', ...(old === undefined ? {} : { old }) };
    }
  }
  return { ...draft, ...Object.fromEntries(Object.entries(known).filter(([place]) => !(place in draft))) };
}

/** How many texts are translated, and how many there are. */
export function translatedCount(original: unknown, known: Translation): { done: number; of: number } {
  const texts = [...shownTexts(original)];
  const done = texts.filter(([place, from]) => {
    const entry = known[place];
    return entry?.from === from && entry.to !== '';
  }).length;
  return { done, of: texts.length };
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
