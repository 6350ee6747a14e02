/**
 * Names of objects: a prefix whose expressions are evaluated, and a file name. Firehose Developer Guide, Understand
 * custom prefixes for Amazon S3 objects; Configure Amazon S3 object name format.
 */
import type { Random } from '../../../engine/random.ts';
import { invalidArgument } from '../errors.ts';
import { PREFIX_LENGTH_MAX } from '../limits.ts';
import { formatted, patternProblem } from './timestamp.ts';

const EXPRESSION = /!\{([^:{}]*):([^{}]*)\}/gu;
const DEFAULT_TIMESTAMP = 'yyyy/MM/dd/HH/';

interface Expression {
  readonly space: string;
  readonly value: string;
}

const expressionsOf = (prefix: string): Expression[] =>
  [...prefix.matchAll(EXPRESSION)].map(([, space = '', value = '']) => ({ space, value }));

const hasSpace = (prefix: string, space: string): boolean =>
  expressionsOf(prefix).some((expression) => expression.space === space);

export const queryKeys = (prefix: string): string[] => keysOf(prefix, 'partitionKeyFromQuery');
export const lambdaKeys = (prefix: string): string[] => keysOf(prefix, 'partitionKeyFromLambda');
const keysOf = (prefix: string, space: string): string[] =>
  expressionsOf(prefix)
    .filter((expression) => expression.space === space)
    .map(({ value }) => value);

/** UNSURE: the sentences; the rules are the guide's. */
export function checkPrefixes(
  prefix: string | undefined,
  errorPrefix: string | undefined,
  partitioned: boolean,
): void {
  for (const [name, text = ''] of [
    ['Prefix', prefix],
    ['ErrorOutputPrefix', errorPrefix],
  ] as const) {
    checkExpressions(name, text, partitioned);
  }
  const inPrefix = expressionsOf(prefix ?? '');
  if (inPrefix.some(({ value }) => value === 'error-output-type')) {
    throw invalidArgument(
      'Prefix cannot contain !{firehose:error-output-type}.',
      'It belongs into ErrorOutputPrefix.',
    );
  }
  if (inPrefix.length > 0 && errorPrefix === undefined) {
    throw invalidArgument(
      'ErrorOutputPrefix cannot be null when Prefix contains expressions.',
      'What fails needs a place of its own: ErrorOutputPrefix=failed/!{firehose:error-output-type}/.',
    );
  }
  const inError = expressionsOf(errorPrefix ?? '');
  if (inError.length > 0 && !inError.some(({ value }) => value === 'error-output-type')) {
    throw invalidArgument(
      'ErrorOutputPrefix must contain at least one instance of !{firehose:error-output-type}.',
      'An ErrorOutputPrefix with expressions says what failed, too.',
    );
  }
}

function checkExpressions(name: string, text: string, partitioned: boolean): void {
  const rest = text.replace(EXPRESSION, '');
  if (rest.includes('!{')) {
    throw invalidArgument(`${name} is not valid: !{ begins an expression, and only an expression.`);
  }
  for (const { space, value } of expressionsOf(text)) {
    if (space === 'timestamp') {
      const problem = patternProblem(value);
      if (problem !== undefined)
        throw invalidArgument(`Invalid timestamp expression in ${name}: ${value}`, problem);
    } else if (space === 'firehose') {
      if (value !== 'random-string' && value !== 'error-output-type') {
        throw invalidArgument(`Invalid expression in ${name}: !{firehose:${value}}`);
      }
    } else if (space === 'partitionKeyFromQuery' || space === 'partitionKeyFromLambda') {
      if (name === 'ErrorOutputPrefix') {
        throw invalidArgument(`ErrorOutputPrefix cannot contain !{${space}:${value}}.`);
      }
      if (!partitioned) {
        throw invalidArgument(
          `Prefix cannot contain !{${space}:${value}} when dynamic partitioning is not enabled.`,
        );
      }
    } else {
      throw invalidArgument(`Invalid namespace in ${name}: ${space}`);
    }
  }
}

export interface Evaluation {
  /** UTC milliseconds of the oldest record, moved by the zone's offset. */
  readonly at: number;
  readonly random: Random;
  /** Of failed records: which prefix is evaluated, and its `error-output-type`. */
  readonly errorType?: string;
  readonly partition?: Readonly<Record<string, string>> | undefined;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const RANDOM_LENGTH = 11;

function evaluated(text: string, { at, random, errorType = '', partition = {} }: Evaluation): string {
  return text.replace(EXPRESSION, (_all, space: string, value: string) => {
    if (space === 'timestamp') return formatted(value, at);
    if (space !== 'firehose') return partition[value] ?? '';
    if (value === 'error-output-type') return errorType;
    let letters = '';
    for (let index = 0; index < RANDOM_LENGTH; index++) letters += ALPHABET[random.below(ALPHABET.length)]!;
    return letters;
  });
}

/** UNSURE: with partition keys and without a timestamp, nothing is appended. */
function appended(text: string): string {
  if (hasSpace(text, 'timestamp') || /!\{partitionKey/u.test(text)) return '';
  return `!{timestamp:${DEFAULT_TIMESTAMP}}`;
}

/** The folder of good data. */
export const dataFolder = (prefix: string | undefined, evaluation: Evaluation): string =>
  bounded(evaluated(`${prefix ?? ''}${appended(prefix ?? '')}`, evaluation));

/** The folder of what failed. UNSURE: without expressions, the type of error is appended before the date. */
export function errorFolder(
  prefix: string | undefined,
  errorPrefix: string | undefined,
  evaluation: Evaluation,
): string {
  const text = errorPrefix ?? prefix ?? '';
  const typed = expressionsOf(text).length === 0 ? `${text}!{firehose:error-output-type}/` : text;
  return bounded(evaluated(`${typed}${appended(typed)}`, evaluation));
}

const bounded = (folder: string): string => folder.slice(0, PREFIX_LENGTH_MAX);

/** `name-1-2018-08-27-10-30-00-uuid.gz`. */
export const fileName = (
  stream: string,
  version: number,
  at: number,
  uuid: string,
  extension: string,
): string => `${stream}-${version}-${formatted('yyyy-MM-dd-HH-mm-ss', at)}-${uuid}${extension}`;
