/** `--query`: JMESPath, as the AWS CLI understands it. */
import { compile, type JSONValue, TreeInterpreter } from '@jmespath-community/jmespath';
import { CliFailure, type Range } from './cliFailure.ts';
import type { Plain } from './python/values.ts';

export interface Query {
  readonly text: string;
  /** Throws CliFailure: a function was given what it cannot take. */
  search(value: Plain): Plain;
}

/** Throws CliFailure: `Bad value for --query …`. */
export function compileQuery(text: string, at?: Range): Query {
  let tree: ReturnType<typeof compile>;
  try {
    tree = compile(text);
  } catch (error) {
    throw new CliFailure(`Bad value for --query ${text}: ${messageOf(error)}`, undefined, { at });
  }
  return {
    text,
    search(value) {
      try {
        return (TreeInterpreter.search(tree, value as JSONValue) ?? null) as Plain;
      } catch (error) {
        throw new CliFailure(messageOf(error), 255, { at });
      }
    },
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
