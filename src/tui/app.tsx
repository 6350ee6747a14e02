/** The root: one picture of the shell, and the one place where keys come in. */
import { Box, Text, useApp, useCursor, useFocusManager, useInput, usePaste, useWindowSize } from 'ink';
import { type ReactElement, useEffect, useSyncExternalStore } from 'react';
import { paste } from './actions/prompt.ts';
import { typeInto } from './bindings/popovers.ts';
import './bindings/table.ts';
import { fadedTheme } from './fadedTheme.ts';
import type { Settings } from './host.ts';
import { circumstancesOf } from './keymap.ts';
import { keyNames } from './keys.ts';
import { isTooSmall, SMALLEST } from './layout.ts';
import { Popover } from './paint/Popover.tsx';
import type { Theme } from './paint/theme.ts';
import { popoverPicture } from './popovers/drawing.ts';
import { pressAny } from './press.ts';
import { Arena } from './screens/Arena.tsx';
import { Completed } from './screens/Completed.tsx';
import { Draw } from './screens/Draw.tsx';
import { Exam } from './screens/Exam.tsx';
import { Home } from './screens/Home.tsx';
import type { Scene } from './screens/scene.ts';
import { promptOf, WorldScreen } from './screens/WorldScreen.tsx';
import type { Shell } from './shell.ts';
import { useDrawClock } from './useDrawClock.ts';
import { useExamClock } from './useExamClock.ts';
import { useTick } from './useTick.ts';

export interface AppProps {
  readonly shell: Shell;
  readonly themeOf: (settings: Settings) => Theme;
  /** Tells how to leave, and how to give the terminal away for a while. */
  readonly onReady?: (app: ReturnType<typeof useApp>) => void;
}

export function App({ shell, themeOf, onReady }: AppProps): ReactElement {
  useSyncExternalStore(shell.subscribe, shell.version);
  const app = useApp();
  // A change of size paints anew; the size itself is read through the shell, which the actions see too.
  useWindowSize();
  useFocusManager().disableFocus();
  useEffect(() => onReady?.(app), [app, onReady]);
  useTick(shell);
  useExamClock(shell);
  useDrawClock(shell);
  useInput((input, key) => {
    for (const name of keyNames(input, key)) pressAny(shell, name);
  });
  usePaste((text) => {
    const { popover } = shell.store.get();
    if (popover !== undefined) typeInto(shell, (value) => value + text.replace(/[\r\n]+/g, ' '));
    else paste(shell, text);
  });
  return <Screen shell={shell} theme={themeOf(shell.host.settings)} />;
}

export function Screen({ shell, theme }: { readonly shell: Shell; readonly theme: Theme }): ReactElement {
  const { columns, rows } = shell.size();
  const now = circumstancesOf(shell);
  const shown = now.state.popover === undefined ? theme : fadedTheme(theme);
  const scene: Scene = { shell, theme: shown, bright: theme, now, columns, rows };
  return (
    <Box width={columns} height={rows}>
      <Cursor scene={scene} />
      {isTooSmall(columns, rows) ? <TooSmall scene={scene} /> : <Contents scene={scene} />}
    </Box>
  );
}

function Contents({ scene }: { readonly scene: Scene }): ReactElement {
  const { now, shell } = scene;
  const { session, lesson } = now;
  const isOver = lesson?.completed !== undefined && !lesson.freePlay;
  return (
    <>
      {session === undefined ? (
        now.state.screen === 'exam' ? (
          <Exam scene={scene} />
        ) : now.state.screen === 'arena' ? (
          <Arena scene={scene} />
        ) : now.state.screen === 'draw' ? (
          <Draw scene={scene} />
        ) : (
          <Home scene={scene} />
        )
      ) : isOver ? (
        <Completed scene={scene} session={session} lesson={lesson} done={lesson.completed} />
      ) : (
        <WorldScreen scene={scene} session={session} />
      )}
      {now.state.popover === undefined ? null : <Over scene={scene} shell={shell} />}
    </>
  );
}

function Over({ scene, shell }: { readonly scene: Scene; readonly shell: Shell }): ReactElement | null {
  const { popover } = scene.now.state;
  if (popover === undefined) return null;
  const { bright, columns, rows } = scene;
  const picture = popoverPicture(bright, shell, popover, { columns, rows });
  const height = Math.min(rows - 2, picture.rows.length + 2);
  const left = Math.max(0, Math.floor((columns - picture.columns) / 2));
  const top = Math.max(1, Math.floor((rows - height) / 3));
  return (
    <Popover
      {...picture.frame}
      theme={bright}
      left={left}
      top={top}
      width={picture.columns}
      rows={picture.rows.slice(0, height - 2)}
    />
  );
}

/** The terminal's own cursor stands where one types, for input methods that compose there. */
function Cursor({ scene }: { readonly scene: Scene }): null {
  const { setCursorPosition } = useCursor();
  const { session, state } = scene.now;
  const typing = session !== undefined && state.focus === 'prompt' && state.popover === undefined;
  const column = typing ? promptOf(scene, session).cursor : undefined;
  setCursorPosition(column === undefined ? undefined : { x: column, y: scene.rows - 2 });
  return null;
}

function TooSmall({ scene }: { readonly scene: Scene }): ReactElement {
  const { columns, rows, theme } = scene;
  const text = `needs ${SMALLEST.columns} ${theme.marks.times} ${SMALLEST.rows}, has ${columns} ${theme.marks.times} ${rows}`;
  return <Text wrap="truncate">{text}</Text>;
}
