/** The practice exam: the rows of `examPicture` in their frames. */
import type { ReactElement } from 'react';
import { examPicture } from './examPicture.ts';
import { Picture } from './Home.tsx';
import type { Scene } from './scene.ts';

export const Exam = ({ scene }: { readonly scene: Scene }): ReactElement => (
  <Picture scene={scene} picture={examPicture(scene)} />
);
