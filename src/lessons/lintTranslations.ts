/** What `lessons check` says of translations: texts that are missing, out of date, or belong to nothing. */
import { longWord, WORD_REMEDY } from './lintTexts.ts';
import type { CourseTranslation } from './load.ts';
import { withoutControls } from './markdown.ts';
import { errorIn, type Problem, warningIn } from './problem.ts';
import { shownTexts, translatedTexts } from './translation.ts';

export function lintTranslation(translation: CourseTranslation): Problem[] {
  const { file, locale, original, texts, fits } = translation;
  const known = shownTexts(original);
  const problems: Problem[] = [];
  const missing = [...known.keys()].filter((place) => texts[place] === undefined || isEmpty(texts[place]));
  const draft = `run msg-playground lessons translate ${locale}, and fill in "to"`;
  if (missing.length > 0) {
    const [first] = missing;
    const found = `${missing.length} of ${known.size} texts are not translated, the first is ${first}`;
    problems.push(warningIn(file, first!, found, draft));
  }
  for (const [place, { from, to }] of Object.entries(texts)) {
    const original = known.get(place);
    if (original === undefined) {
      const todo = 'remove it, or move its words to the place that the text has now';
      problems.push(warningIn(file, place, 'a place where the lesson has no text', todo));
    } else if (original !== from) {
      problems.push(warningIn(file, place, `out of date: the text is now "${short(original)}"`, draft));
    }
    problems.push(...wordProblems(file, place, to));
  }
  if (problems.every(({ severity }) => severity !== 'error') && !fits(translatedTexts(original, texts))) {
    const todo = 'make the translated texts as short as the format wants: title 40, question 120, text 600';
    problems.push(
      errorIn(file, '(the whole file)', 'a lesson that is not valid once it is translated', todo),
    );
  }
  return problems;
}

const isEmpty = ({ to }: { readonly to: string }): boolean => to === '';

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

function wordProblems(file: string, place: string, text: string): Problem[] {
  if (withoutControls(text) !== text)
    return [errorIn(file, place, 'a control character', 'remove it: plain text and line ends only')];
  const word = longWord(text);
  if (word === undefined) return [];
  return [errorIn(file, place, `a word too long for the narrowest screen: ${word}`, WORD_REMEDY)];
}
