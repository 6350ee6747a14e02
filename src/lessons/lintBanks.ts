/** What `lessons check` says of question banks: facts that are there, answers that can be seen, no stem twice. */
import { factService } from './factSheet.ts';
import type { BankQuestion } from './lesson.ts';
import { type Course, EXAM_SCHEMA_FILE } from './load.ts';
import { errorIn, type Problem, warningIn } from './problem.ts';
import { examSchemaJson } from './schema.ts';

/** The track that `show` uses for worlds of the gallery. */
export const WORLD = 'world';

/** Panes that `show` may name. */
export const SHOW_PANES: readonly string[] = [
  'stage',
  'messages',
  'events',
  'resources',
  'timeline',
  'metrics',
  'costs',
  'policy',
  'subscriptions',
  'shards',
  'buffer',
  'broker',
  'object',
];

/** `hasWorld`: is there a gallery world of that name? Undefined: nobody can say. */
export function lintBanks(course: Course, hasWorld?: (name: string) => boolean): Problem[] {
  const places = new Set(
    course.lessons.flatMap(({ id, lesson }) => lesson.steps.map((step) => `${id}#${step.id}`)),
  );
  const figures = new Map(course.facts.map((fact) => [fact.id, differs(fact.figures)]));
  const problems = course.banks.flatMap(({ file, bank }) =>
    bank.questions.flatMap((question) => [
      ...factProblems(file, question, figures),
      ...showProblems(file, question, places, hasWorld),
      ...choiceProblems(file, question),
    ]),
  );
  return [...schemaProblems(course), ...problems, ...stemProblems(course)];
}

/** Whether a fact's figures hold another value for today. */
const differs = (figures: unknown): boolean =>
  typeof figures === 'object' &&
  figures !== null &&
  Object.keys(figures).some((name) => name.startsWith('current_'));

function factProblems(
  file: string,
  { id, fact, also = [], differs: said }: BankQuestion,
  known: ReadonlyMap<string, boolean>,
): Problem[] {
  const problems = [fact, ...also]
    .filter((each) => !known.has(each))
    .map((each) =>
      errorIn(
        file,
        `${id}.${each === fact ? 'fact' : 'also'}`,
        `${each}, a fact that facts.json does not have`,
        'add it to facts.json, or name another',
      ),
    );
  if (also.includes(fact) || new Set(also).size < also.length) {
    problems.push(errorIn(file, `${id}.also`, 'a fact named twice', 'name each fact once'));
  }
  if (known.get(fact) === true && said === undefined) {
    problems.push(
      warningIn(
        file,
        `${id}.differs`,
        `nothing, though ${fact} has another figure today`,
        'add "differs": { "guide": "…", "today": "…", "exam": "guide" }',
      ),
    );
  }
  return problems;
}

function showProblems(
  file: string,
  { id, show }: BankQuestion,
  places: ReadonlySet<string>,
  hasWorld: ((name: string) => boolean) | undefined,
): Problem[] {
  if (show === undefined) return [];
  const { track, name, place } = splitShow(show);
  if (track !== WORLD) {
    if (places.has(show)) return [];
    const todo = `name a step that is there, or leave show out: then the step that shows the fact opens`;
    return [errorIn(file, `${id}.show`, `${show}, a step that is not there`, todo)];
  }
  const problems: Problem[] = [];
  if (hasWorld?.(name) === false) {
    problems.push(
      errorIn(
        file,
        `${id}.show`,
        `${name}, a world that is not in the gallery`,
        'name a world of the gallery, see msg-playground saves list',
      ),
    );
  }
  if (!SHOW_PANES.includes(place)) {
    problems.push(errorIn(file, `${id}.show`, `the pane ${place}`, `name one of ${SHOW_PANES.join(', ')}`));
  }
  return problems;
}

/** `sqs/retention#wait` as track, name and step; `world/flash-sale#metrics` likewise. */
export function splitShow(show: string): {
  readonly track: string;
  readonly name: string;
  readonly place: string;
} {
  const [, track = '', name = '', place = ''] = /^([^/]+)\/([^#]+)#(.+)$/u.exec(show) ?? [];
  return { track, name, place };
}

function choiceProblems(file: string, { id, choices }: BankQuestion): Problem[] {
  const texts = choices.map(({ text }) => stem(text));
  const twice = texts.find((text, index) => texts.indexOf(text) !== index);
  return twice === undefined
    ? []
    : [errorIn(file, `${id}.choices`, 'the same choice twice', 'let each choice say something else')];
}

/** What is compared of a question: words only. */
export const stem = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** No two questions of a fact ask in the same words, wherever they stand. */
function stemProblems({ banks, lessons }: Course): Problem[] {
  const seen = new Map<string, string>();
  for (const { id, lesson } of lessons) {
    for (const [index, { fact, ask }] of lesson.review.entries()) {
      seen.set(`${fact} ${stem(ask)}`, `${id}#review-${index + 1}`);
    }
  }
  const problems: Problem[] = [];
  for (const { file, bank } of banks) {
    for (const { id, fact, ask } of bank.questions) {
      const key = `${fact} ${stem(ask)}`;
      const other = seen.get(key);
      if (other !== undefined) {
        problems.push(
          errorIn(
            file,
            `${id}.ask`,
            `the words of ${other}`,
            `ask about ${fact} in other words, or remove one of the two`,
          ),
        );
      }
      seen.set(key, `${file.replace(/\.json$/u, '')}#${id}`);
    }
  }
  return problems;
}

function schemaProblems({ examSchema }: Course): Problem[] {
  if (
    examSchema === undefined ||
    JSON.stringify(examSchema) === JSON.stringify(JSON.parse(examSchemaJson()))
  ) {
    return [];
  }
  const todo = 'copy the one that comes with the program, or remove it';
  return [
    errorIn(EXAM_SCHEMA_FILE, '(the whole file)', 'not the schema of this version of the format', todo),
  ];
}

/** The service of a bank's question, as facts are listed. */
export const serviceOf = ({ facts }: Pick<Course, 'facts'>, fact: string): string =>
  factService(facts.find(({ id }) => id === fact)?.service ?? '');
