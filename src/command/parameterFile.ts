/** `file://NAME` and `fileb://NAME`: a parameter's value from a file (`awscli/paramfile.py`). */
import { parameterFailure } from './cliFailure.ts';
import type { Surroundings } from './console.ts';

/** A file's bytes as text, one character a byte, until the shape says that they are a blob. */
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
  const bytes = surroundings.readFile(name);
  if (bytes === undefined) {
    throw parameterFailure(
      flag,
      `Unable to load paramfile ${path}: [Errno 2] No such file or directory: '${name}'`,
    );
  }
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
