/** `lessons translate LOCALE [ID…]`: writes what a translator fills in, and keeps what is there. */
import type { GlobalFlags } from '../flags.ts';
import { type Course, lessonOf } from '../lessons/load.ts';
import { draftTranslation, type Translation, translatedCount } from '../lessons/translation.ts';
import { join, writeText } from '../platform/files.ts';
import { programFolder } from '../platform/folders.ts';
import { courseOf } from './course.ts';
import { type Exit, Failed, GOOD, print, printJson, Usage } from './exit.ts';

const LOCALE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/;
const COURSE = 'course.json';

interface Written {
  readonly file: string;
  readonly done: number;
  readonly of: number;
}

export async function translate(
  flags: GlobalFlags & { readonly json?: boolean },
  locale = '',
  ...ids: string[]
): Promise<Exit> {
  if (!LOCALE.test(locale)) throw new Usage(`${locale} is no language: write de, fr or pt-BR`);
  const { lessons } = flags;
  const course = courseOf(flags);
  if (locale === course.language) throw new Usage(`the course itself is in ${locale}`);
  const others: readonly (readonly [string, unknown])[] = [
    ['facts.json', { facts: course.facts }],
    ...course.banks.map(({ file, bank }) => [file, bank] as const),
  ];
  const unknown = ids.find(
    (id) => lessonOf(course, id) === undefined && others.every(([file]) => file !== `${id}.json`),
  );
  if (unknown !== undefined) {
    throw new Usage(
      `there is no lesson ${unknown}; see msg-playground lessons list, or write facts or exam/NAME`,
    );
  }
  const known = knownTexts(course, locale);
  const { title, tracks } = course;
  const parts: (readonly [string, unknown])[] = [
    [COURSE, { title, tracks }],
    ...course.lessons
      .filter(({ id }) => ids.length === 0 || ids.includes(id))
      .map(({ file, lesson }) => [file, lesson] as const),
    ...others.filter(([file]) => ids.length === 0 || ids.some((id) => file === `${id}.json`)),
  ];
  const folder = lessons ?? join(programFolder(), 'lessons');
  const written = parts.map(([file, original]): Written => {
    const name = file.replace(/\.json$/, `.${locale}.json`);
    const texts = draftTranslation(original, known.get(name) ?? {});
    writeText(join(folder, name), `${JSON.stringify(texts, null, 1)}\n`);
    return { file: name, ...translatedCount(original, texts) };
  });
  if (flags.json === true) printJson({ files: written });
  else {
    for (const { file, done, of } of written) print(`${join(folder, file)}  ${done} of ${of} texts`);
    print(`Fill in "to"; msg-playground lessons check says what is missing, --language ${locale} shows it.`);
  }
  return GOOD;
}

/** What is translated already. A file that cannot be read is not written over. */
function knownTexts(course: Course, locale: string): ReadonlyMap<string, Translation> {
  const { files, problems } = course.translations();
  const broken = problems.find(({ file }) => file.endsWith(`.${locale}.json`));
  if (broken !== undefined)
    throw new Failed(`${broken.file}: ${broken.member}: found ${broken.found}; ${broken.todo}`);
  return new Map(files.filter((each) => each.locale === locale).map(({ file, texts }) => [file, texts]));
}
