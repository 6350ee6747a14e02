/** Pictures for the drawing test: three of ours, or a text file of the player's own, made harmless. */
import { withoutControls } from './markdown.ts';

export interface DrawnPicture {
  readonly name: string;
  /** From top to bottom. */
  readonly lines: readonly string[];
}

export const PICTURE_MAX = { bytes: 4_096, lines: 30, columns: 60 } as const;
const TAB = '    ';

const OURS: Readonly<Record<string, string>> = {
  lighthouse: String.raw`
            _|_
           /___\
     . - ' |[_]| ' - .
           |___|
           |   |
           | o |
           |   |
           | o |
          /|   |\
         / | o | \
        /__|___|__\
   ~~~~/___________\~~~~
 ~~~  ~~~~   ~~~   ~~~~  ~~`,
  cat: String.raw`
        /\_____/\
       /  o   o  \
      ( ==  ^  == )
       )         (
      (           )
     ( (  )   (  ) )
    (__(__)___(__)__)
      one cat, whole`,
  train: `
        o  o O
       o
      _
    _| |__   ____   ____
   |  _   |_|    |_|    |
   |_|_|__|_|____|_|____|
   /O=O=O  o    o  o    o
  ========================
   1  2  3  4  5  6  7  8`,
};

const linesOf = (text: string): string[] => text.replace(/^\n/, '').split('\n');

export const PICTURES: readonly DrawnPicture[] = Object.entries(OURS).map(([name, text]) => ({
  name,
  lines: linesOf(text),
}));

export const pictureNamed = (name: string): DrawnPicture | undefined =>
  PICTURES.find((picture) => picture.name === name);

export type ReadPicture =
  | { readonly ok: true; readonly picture: DrawnPicture }
  /** What was expected, and how to mend it. */
  | { readonly ok: false; readonly why: string };

/** A picture from a file's bytes. Tabs become blanks, other control characters marks; what is too large is refused. */
export function readPicture(name: string, bytes: Uint8Array): ReadPicture {
  const refuse = (why: string): ReadPicture => ({ ok: false, why: `${withoutControls(name)}: ${why}` });
  if (bytes.length > PICTURE_MAX.bytes)
    return refuse(`${bytes.length} bytes; a picture has at most ${PICTURE_MAX.bytes}. Take a smaller one.`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('bytes that are no UTF-8; save the picture as plain text');
  }
  const lines = text.split(/\r\n|\n|\r/u).map((line) =>
    withoutControls(line.replaceAll('\t', TAB))
      .replace(/[\ufffe\uffff]/gu, '\ufffd')
      .trimEnd(),
  );
  while (lines.at(-1) === '') lines.pop();
  while (lines[0] === '') lines.shift();
  if (lines.length < 2) return refuse('a picture has at least 2 lines');
  if (lines.length > PICTURE_MAX.lines)
    return refuse(`${lines.length} lines; a picture has at most ${PICTURE_MAX.lines}. Cut it.`);
  const widest = Math.max(...lines.map((line) => [...line].length));
  if (widest > PICTURE_MAX.columns)
    return refuse(
      `a line of ${widest} characters; a picture is at most ${PICTURE_MAX.columns} wide. Cut it.`,
    );
  return { ok: true, picture: { name: withoutControls(name).slice(-40), lines } };
}
