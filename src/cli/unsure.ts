/** Places in the code that say `UNSURE:`: read from the source, or from the list that the build leaves beside the bundle. */
import { exists, join, readText } from '../platform/files.ts';
import { programFolder } from '../platform/folders.ts';
import { fileTree } from '../platform/tree.ts';

export interface UnsureNote {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const SOURCE_BYTES_MAX = 1_000_000;

export function unsureNotes(): UnsureNote[] {
  const built = join(programFolder(), 'dist', 'unsure.json');
  const source = join(programFolder(), 'src');
  if (exists(source)) return notesIn(source);
  if (!exists(built)) return [];
  return (JSON.parse(readText(built, 4 * SOURCE_BYTES_MAX)) as { readonly unsure: UnsureNote[] }).unsure;
}

/** A note runs on over the comment's following lines. */
function notesIn(folder: string): UnsureNote[] {
  const tree = fileTree(folder, SOURCE_BYTES_MAX);
  return tree
    .list()
    .filter((file) => /\.tsx?$/.test(file) && file !== 'cli/unsure.ts')
    .flatMap((file) => notesOf(file, new TextDecoder().decode(tree.read(file))));
}

function notesOf(file: string, source: string): UnsureNote[] {
  const lines = source.split('\n');
  return lines.flatMap((line, index) => {
    const at = /(?:\/\/|\*)\s*UNSURE:|\bUNSURE:/.exec(line);
    if (at === null || !/^\s*(?:\/\/|\/?\*|.*\/\/)/.test(line)) return [];
    const parts = [line.slice(line.indexOf('UNSURE:') + 'UNSURE:'.length)];
    for (const next of lines.slice(index + 1, index + 6)) {
      if (!/^\s*(?:\/\/|\*(?!\/))/.test(next)) break;
      parts.push(next.replace(/^\s*(?:\/\/|\*)/, ''));
    }
    const text = parts
      .join(' ')
      .replace(/\*\/.*$/, '')
      .replace(/\s+/g, ' ')
      .trim();
    return [{ file: `src/${file}`, line: index + 1, text }];
  });
}
