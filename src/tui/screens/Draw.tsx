/** The drawing test: the rows of `drawPicture` in their frames. */
import type { ReactElement } from 'react';
import { drawPicture } from './drawPicture.ts';
import { Picture } from './Home.tsx';
import type { Scene } from './scene.ts';

export const Draw = ({ scene }: { readonly scene: Scene }): ReactElement => (
  <Picture scene={scene} picture={drawPicture(scene)} />
);
