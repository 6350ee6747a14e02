/** `--query`: JMESPath, as the AWS CLI understands it and complains about it. */
import { CliFailure, GENERAL_EXIT, type Range } from './cliFailure.ts';
import { search } from './jmespath/interpreter.ts';
import { QueryError } from './jmespath/lexer.ts';
import { type Node, parseQuery } from './jmespath/parser.ts';
import type { Plain } from './python/values.ts';

export interface Query {
  readonly text: string;
  /** Throws CliFailure: a function was given what it cannot take. */
  search(value: Plain): Plain;
}

/** Throws CliFailure: `Bad value for --query …`. */
export function compileQuery(text: string, at?: Range): Query {
  let tree: Node;
  try {
    tree = parseQuery(text);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw new CliFailure(`Bad value for --query ${text}: ${error.message}`, undefined, { at });
  }
  return {
    text,
    search(value) {
      try {
        return search(tree, value);
      } catch (error) {
        if (!(error instanceof QueryError)) throw error;
        throw new CliFailure(error.message, GENERAL_EXIT, { at });
      }
    },
  };
}
