/** What `lessons check` says of the arena: lines that can be read, figures that can be earned, a judge that tells. */
import { judge } from './arena.ts';
import { FIGURES } from './arenaFigures.ts';
import type { CourseArena } from './arenaFormat.ts';
import { longWord, type ParseLine, WORD_REMEDY } from './lintTexts.ts';
import { ARENA_SCHEMA_FILE, type Course } from './load.ts';
import { errorIn, type Problem } from './problem.ts';
import { arenaSchemaJson } from './schema.ts';
import type { LessonWorlds } from './worlds.ts';

/** What the reference reaches at least, and the wrong design at most. */
const REFERENCE_LEAST = 90;
const WRONG_MOST = 50;

export function lintArena(course: Course, parse: ParseLine): Problem[] {
  return [
    ...schemaProblems(course),
    ...course.arena.flatMap((each) => [
      ...lineProblems(each, parse),
      ...figureProblems(each),
      ...wordProblems(each),
    ]),
  ];
}

function lineProblems({ file, requirement }: CourseArena, parse: ParseLine): Problem[] {
  const { given, reference, wrong, load, entry } = requirement;
  const flags = load.map(
    ({ name, flags }) => `app create-producer --name ${name} --to ${entry[0]}/in ${flags}`,
  );
  const groups: readonly (readonly [string, readonly string[]])[] = [
    ['given', given],
    ['reference.lines', reference.lines],
    ['wrong.lines', wrong.lines],
    ['load', flags],
  ];
  return groups.flatMap(([member, lines]) =>
    lines.flatMap((line, index) => {
      const why = parse(line, () => undefined);
      if (why === undefined) return [];
      return [errorIn(file, `${member}[${index}]`, line, `mend the line, as the prompt says: ${why}`)];
    }),
  );
}

function figureProblems({ file, requirement: { figures } }: CourseArena): Problem[] {
  const given = FIGURES.flatMap((id) => (figures[id] === undefined ? [] : [{ id, ...figures[id] }]));
  if (given.length === 0)
    return [errorIn(file, 'figures', 'no figure', `add at least one of ${FIGURES.join(', ')}`)];
  return given
    .filter(({ target, worst }) => worst <= target)
    .map(({ id, target, worst }) =>
      errorIn(
        file,
        `figures.${id}.worst`,
        `${worst}, where ${target} has full marks`,
        `write a number above ${target}: from there on it earns nothing`,
      ),
    );
}

function wordProblems({ file, requirement }: CourseArena): Problem[] {
  const texts: readonly (readonly [string, string])[] = [
    ['title', requirement.title],
    ['story', requirement.story],
    ...requirement.matters.map((text, index) => [`matters[${index}]`, text] as const),
  ];
  return texts.flatMap(([member, text]) => {
    const word = longWord(text);
    return word === undefined
      ? []
      : [errorIn(file, member, `a word too long for the narrowest screen: ${word}`, WORD_REMEDY)];
  });
}

/** Judges the reference and the wrong design of each requirement: they must be far apart. */
export function lintJudgements({ arena }: Course, worlds: LessonWorlds): Problem[] {
  return arena.flatMap(({ file, requirement }) => {
    const scoreOf = (member: 'reference' | 'wrong'): number | Problem => {
      const judged = judge({ worlds, requirement, design: requirement[member].lines });
      return judged.ok
        ? judged.total
        : errorIn(file, `${member}.lines`, 'a design that is not judged', `mend it: ${judged.why}`);
    };
    const good = scoreOf('reference');
    const bad = scoreOf('wrong');
    const problems = [good, bad].filter((each) => typeof each !== 'number');
    if (typeof good === 'number' && good < REFERENCE_LEAST) {
      const todo = `mend the design, or ease the figures: it reaches at least ${REFERENCE_LEAST}`;
      problems.push(errorIn(file, 'reference.lines', `a design that scores ${good}`, todo));
    }
    if (typeof bad === 'number' && bad > WRONG_MOST) {
      const todo = `weigh what it does wrong more, or choose another: it reaches at most ${WRONG_MOST}`;
      problems.push(errorIn(file, 'wrong.lines', `a design that scores ${bad}`, todo));
    }
    return problems;
  });
}

function schemaProblems({ arenaSchema }: Course): Problem[] {
  const same = JSON.stringify(arenaSchema) === JSON.stringify(JSON.parse(arenaSchemaJson()));
  if (arenaSchema === undefined || same) return [];
  const todo = 'copy the one that comes with the program, or remove it';
  return [
    errorIn(ARENA_SCHEMA_FILE, '(the whole file)', 'not the schema of this version of the format', todo),
  ];
}
