/** The list of the arena's requirements: the rows of `arenaPicture` in their frames. */
import type { ReactElement } from 'react';
import { arenaPicture } from './arenaPicture.ts';
import { Picture } from './Home.tsx';
import type { Scene } from './scene.ts';

export const Arena = ({ scene }: { readonly scene: Scene }): ReactElement => (
  <Picture scene={scene} picture={arenaPicture(scene)} />
);
