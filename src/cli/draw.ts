/** `draw [WAY]`: the drawing test on the screen, in lines, or as JSON. */
import { basename } from 'node:path';
import { CATALOG } from '../catalog.ts';
import type { GlobalFlags } from '../flags.ts';
import { draw as drawIt } from '../lessons/drawing.ts';
import {
  type DrawnPicture,
  PICTURE_MAX,
  PICTURES,
  pictureNamed,
  readPicture,
} from '../lessons/drawingPictures.ts';
import { DRAWING_SEED } from '../lessons/drawingTest.ts';
import { drawingJson, drawingText, waysText } from '../lessons/drawingText.ts';
import { DRAWING_WAYS, type DrawingWay } from '../lessons/drawingWays.ts';
import { exists, readBytes } from '../platform/files.ts';
import { traits } from '../platform/terminal.ts';
import { type Exit, Failed, GOOD, print, printJson, Usage } from './exit.ts';

interface DrawFlags extends GlobalFlags {
  readonly file?: string;
  readonly picture?: string;
  readonly json?: boolean;
}

export async function draw(flags: DrawFlags, id?: string): Promise<Exit> {
  const way = id === undefined ? undefined : wayNamed(id);
  const own = ownPicture(flags);
  if (flags.plain !== true && flags.json !== true && traits().fullScreen) {
    const { drawOnScreen } = await import('./play.ts');
    const picture = PICTURES.findIndex(({ name }) => name === flags.picture);
    return drawOnScreen(flags, {
      own,
      way: way === undefined ? undefined : DRAWING_WAYS.indexOf(way),
      picture: own !== undefined || picture < 0 ? 0 : picture,
      seed: flags.seed ?? DRAWING_SEED,
    });
  }
  if (way === undefined) {
    if (flags.json === true) printJson({ ways: waysJson(), pictures: PICTURES });
    else print(waysText());
    return GOOD;
  }
  const picture = own ?? PICTURES.find(({ name }) => name === flags.picture) ?? PICTURES[0]!;
  const drawing = drawIt({ catalog: CATALOG, picture, way, seed: flags.seed ?? DRAWING_SEED });
  if (flags.json === true) printJson(drawingJson(drawing));
  else print(drawingText(drawing));
  return GOOD;
}

const waysJson = (): object[] =>
  DRAWING_WAYS.map(({ id, title, about, rule }) => ({ id, title, about, rule }));

function wayNamed(id: string): DrawingWay {
  const way = DRAWING_WAYS.find((each) => each.id === id);
  if (way !== undefined) return way;
  throw new Usage(`there is no way ${id}; there are ${DRAWING_WAYS.map((each) => each.id).join(', ')}`);
}

function ownPicture({ file, picture }: DrawFlags): DrawnPicture | undefined {
  if (picture !== undefined && file !== undefined) throw new Usage('choose one of --file and --picture');
  if (picture !== undefined && pictureNamed(picture) === undefined) {
    throw new Usage(`--picture ${picture}: there are ${PICTURES.map(({ name }) => name).join(', ')}`);
  }
  if (file === undefined) return undefined;
  if (!exists(file)) throw new Usage(`--file ${file}: there is no such file`);
  const read = readPicture(basename(file), readBytes(file, PICTURE_MAX.bytes * 16));
  if (!read.ok) throw new Failed(read.why);
  return read.picture;
}
