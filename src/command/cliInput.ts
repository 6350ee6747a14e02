/** `--cli-input-json` and `--cli-input-yaml`: a whole input at once, behind what the flags say. */
import { parse as parseYaml } from 'yaml';
import { CliFailure, parameterFailure } from './cliFailure.ts';
import type { Surroundings } from './console.ts';
import { fileText } from './parameterFile.ts';
import type { ParsedArguments } from './python/argparse.ts';
import { JsonError, parseJson } from './python/json.ts';
import { isPlainObject, type Plain, pyType } from './python/values.ts';

const FORMS = [
  { name: 'cli_input_json', flag: '--cli-input-json', language: 'JSON' },
  { name: 'cli_input_yaml', flag: '--cli-input-yaml', language: 'YAML' },
] as const;

/** Adds to `input` what it does not have yet. Throws CliFailure. */
export function addCliInput(
  input: Record<string, Plain>,
  parsed: ParsedArguments,
  surroundings: Surroundings,
): void {
  const given = FORMS.filter(({ name }) => parsed.values.has(name));
  const form = given[0];
  if (!form) return;
  if (given.length > 1) throw new CliFailure('Only one --cli-input- parameter may be specified.');
  const text = String(parsed.values.get(form.name));
  const loaded = load(fileText(form.flag, text, surroundings) ?? text, form);
  if (!isPlainObject(loaded)) {
    throw parameterFailure(form.flag, `Invalid type: expecting map, received ${pyType(loaded)}`);
  }
  for (const [key, value] of Object.entries(loaded)) if (!Object.hasOwn(input, key)) input[key] = value;
}

function load(text: string, form: (typeof FORMS)[number]): Plain {
  try {
    if (form.language === 'JSON') return parseJson(text);
    return (parseYaml(text, { maxAliasCount: 100 }) ?? null) as Plain;
  } catch (error) {
    if (form.language === 'JSON' && !(error instanceof JsonError)) throw error;
    throw parameterFailure(form.flag.slice(2), `Invalid ${form.language} received.`);
  }
}
