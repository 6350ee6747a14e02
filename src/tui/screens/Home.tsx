/** The home screen: the rows of `homePicture` in their frames. */
import type { ReactElement } from 'react';
import { Line, Lines } from '../paint/Line.tsx';
import { Pane } from '../paint/Pane.tsx';
import { At } from './At.tsx';
import { type HomePicture, homePicture } from './homePicture.ts';
import type { Scene } from './scene.ts';

export const Home = ({ scene }: { readonly scene: Scene }): ReactElement => (
  <Picture scene={scene} picture={homePicture(scene)} />
);

export interface PictureProps {
  readonly scene: Scene;
  readonly picture: HomePicture;
}

/** A header, panes and a footer that are rows already. */
export function Picture({ scene, picture }: PictureProps): ReactElement {
  const { theme, columns } = scene;
  const { header, panes, footer, footerRow } = picture;
  return (
    <>
      <At rect={{ x: 0, y: 0, width: columns, height: 1 }}>
        <Line text={header} />
      </At>
      {panes.map(({ rect, frame, rows }) => (
        <At key={frame.jump ?? `${rect.x} ${rect.y}`} rect={rect}>
          <Pane {...frame} theme={theme} width={rect.width} height={rect.height} padding={0}>
            <Lines lines={rows} />
          </Pane>
        </At>
      ))}
      <At rect={{ x: 0, y: footerRow, width: columns, height: 1 }}>
        <Line text={footer} />
      </At>
    </>
  );
}
