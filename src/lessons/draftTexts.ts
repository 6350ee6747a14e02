/** The words of a drafted lesson: what the world shows, and open places for what only its author knows. */
import stringWidth from 'string-width';
import type { Condition, EventPattern, Matcher } from '../projection/conditionTypes.ts';
import { matcherWords } from '../projection/matcher.ts';
import type { Fact, Question } from './lesson.ts';
import { operationsOf, WORD_COLUMNS_MAX } from './lintTexts.ts';
import { withoutControls } from './markdown.ts';

const HINT_MAX = 600;
const TEXT_MAX = 600;
const THEN_MAX = 400;

/** `receive-it`, and `receive-it-2` when that is taken. */
export function idFor(title: string, taken: ReadonlySet<string>): string {
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 34)
    .replace(/-+$/, '');
  const name = slug === '' ? 'step' : slug;
  let id = name;
  for (let number = 2; taken.has(id); number++) id = `${name}-${number}`;
  return id;
}

/** A person's words, made to fit: no control characters, no word wider than the column. */
export function fitting(words: string, max: number): string {
  const narrow = withoutControls(words)
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      if (stringWidth(word) <= WORD_COLUMNS_MAX) return word;
      return [...word].slice(0, WORD_COLUMNS_MAX / 2 - 1).join('');
    })
    .join(' ');
  return [...narrow].slice(0, max).join('').trim();
}

/** What a condition asks for, a phrase a leaf. */
function phrasesOf(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(phrasesOf);
  if ('any' in condition) return [condition.any.flatMap(phrasesOf).join(', or ')];
  if ('state' in condition) {
    if (condition.exists === false) return [`\`${condition.state}\` is gone`];
    const fields = Object.entries(condition.is ?? {}).map(
      ([path, matcher]) => `\`${path}\` ${matcherText(matcher, path)}`,
    );
    return [`\`${condition.state}\` ${fields.length === 0 ? 'exists' : `has ${fields.join(', ')}`}`];
  }
  if ('event' in condition) {
    const count = condition.count === undefined ? '' : `, ${matcherText(condition.count, 'count')} times`;
    return [`${eventText(condition)}${count}`];
  }
  if ('sequence' in condition) return [condition.sequence.map(eventText).join(', then ')];
  return [`\`${condition.query}\` is ${matcherText(condition.is, '')}`];
}

const matcherText = (matcher: Matcher, path: string): string =>
  typeof matcher === 'string' ? `\`${matcher.replaceAll('`', "'")}\`` : matcherWords(matcher, path);

/** `sqs/MessageReceived` by what narrows it down. */
function eventText({ event, where = {} }: EventPattern): string {
  if (event === 'api/Answered') {
    const call = `\`${String(where.service)} ${String(where.operation)}\``;
    return typeof where.error === 'string' ? `${call} is refused` : `${call} is answered`;
  }
  const parts = Object.entries(where)
    .filter(([path]) => path !== 'by')
    .map(([path, matcher]) => `\`${path}\` ${matcherText(matcher, path)}`);
  return `\`${event}\`${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`;
}

/** As many phrases as fit, after and before what frames them. */
function listed(lead: string, phrases: readonly string[], join: string, end: string, max: number): string {
  let kept = phrases.length;
  const text = (): string => {
    const rest = phrases.length - kept;
    const more = rest === 0 ? '' : `${join}and ${rest} more`;
    return `${lead}${phrases.slice(0, kept).join(join)}${more}${end}`;
  };
  while (kept > 1 && text().length > max) kept--;
  return text().length > max ? `${lead}something changes${end}` : text();
}

export interface DraftedWords {
  readonly text: string;
  readonly hints: readonly string[];
  readonly then: string;
}

export function wordsFor(title: string, goal: Condition, solution: readonly string[]): DraftedWords {
  const phrases = phrasesOf(goal);
  const lead = `I do this: ${fitting(title, 120)}.\n\nStill to write: why I would. I am done when this is so:\n- `;
  return {
    text: listed(lead, phrases, '\n- ', '', TEXT_MAX),
    hints: [listed('What I want to reach: ', phrases, '; ', '.', HINT_MAX), lastHint(solution)],
    // biome-ignore lint/suspicious/noThenProperty: the format's own word
    then: listed('I see that this is so now: ', phrases, '; ', '. Still to write: why.', THEN_MAX),
  };
}

/** Every operation of the solution by name, in order. */
function lastHint(solution: readonly string[]): string {
  const steps: string[] = [];
  for (const line of solution) {
    const sleep = /^\s*sleep\s+\S+/.exec(line)?.[0].trim();
    const calls = sleep === undefined ? operationsOf(line) : [sleep];
    for (const call of calls) if (steps.at(-1) !== `\`${call}\``) steps.push(`\`${call}\``);
  }
  const inOrder = `In this order: ${steps.join(', ')}.`;
  if (steps.length > 0 && inOrder.length <= HINT_MAX) return inOrder;
  return steps.length === 0 ? 'Set the variables first.' : `With ${[...new Set(steps)].join(', ')}.`;
}

/** A question whose choices are statements of the course: nothing is claimed that its facts do not say. */
export function questionAbout(fact: Fact, facts: readonly Fact[]): Question {
  const others = facts.filter(({ id, service }) => id !== fact.id && service === fact.service).slice(0, 2);
  const wrong = others.length > 0 ? others : facts.filter(({ id }) => id !== fact.id).slice(0, 1);
  return {
    ask: 'Which of these did I see for myself in this lesson?',
    fact: fact.id,
    choices: [
      { text: cutTo(fact.statement), right: true, because: 'Still to write: in which step, and by what.' },
      // A course with one fact has no other statement to offer.
      ...(wrong.length === 0
        ? [{ text: 'Nothing of the kind.', because: 'Still to write: a tempting wrong answer.' }]
        : []),
      ...wrong.map(({ id, statement }) => ({
        text: cutTo(statement),
        because: `That is ${id}. The step was marked with ${fact.id}.`,
      })),
    ],
  };
}

const cutTo = (statement: string): string =>
  statement.length <= 300 ? statement : `${statement.slice(0, 297).trimEnd()} …`;
