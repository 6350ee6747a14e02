/** `file://NAME` and `fileb://NAME`: a parameter's value from a file (`awscli/paramfile.py`). */
import type { Shape } from '../contract/shape.ts';
import { parameterFailure } from './cliFailure.ts';
import type { Surroundings } from './console.ts';

/** The bytes that `fileb://` gives to a scalar; undefined for any other value. Throws CliFailure. */
export function readParameterBytes(
  flag: string,
  given: string | readonly string[],
  shape: Shape,
  surroundings: Surroundings,
): Uint8Array | undefined {
  const scalar = shape.type === 'blob' || shape.type === 'string';
  if (!scalar || typeof given !== 'string' || !given.startsWith('fileb://')) return undefined;
  return fileBytes(flag, given, given.slice('fileb://'.length), surroundings);
}

/** A file's text where the value names one. Throws CliFailure. */
export function readParameterFile(
  flag: string,
  given: string | readonly string[],
  surroundings: Surroundings,
): string | readonly string[] {
  const path = typeof given === 'string' ? given : given.length === 1 ? given[0] : undefined;
  return path === undefined ? given : (fileText(flag, path, surroundings) ?? given);
}

/** The contents that a `file://` path names; undefined when it is no such path. */
export function fileText(flag: string, path: string, surroundings: Surroundings): string | undefined {
  const prefix = path.startsWith('file://')
    ? 'file://'
    : path.startsWith('fileb://')
      ? 'fileb://'
      : undefined;
  if (prefix === undefined) return undefined;
  const name = path.slice(prefix.length);
  const bytes = fileBytes(flag, path, name, surroundings);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw parameterFailure(
      flag,
      `Unable to load paramfile (${name}), text contents could not be decoded.  If this is a binary file, ` +
        'please use the fileb:// prefix instead of the file:// prefix.',
    );
  }
}

function fileBytes(flag: string, path: string, name: string, surroundings: Surroundings): Uint8Array {
  const bytes = surroundings.readFile(name);
  if (bytes !== undefined) return bytes;
  throw parameterFailure(
    flag,
    `Unable to load paramfile ${path}: [Errno 2] No such file or directory: '${name}'`,
  );
}
