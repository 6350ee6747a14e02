/** A world: lesson or sandbox, with its panes, prompt and footer. */
import type { ReactElement } from 'react';
import type { Session } from '../../session/sessionTypes.ts';
import { currentLayout } from '../actions/panes.ts';
import { isAsking, isHeld } from '../keymap.ts';
import type { Slot, WorldLayout } from '../layout.ts';
import type { PaneTab } from '../paint/frame.ts';
import { Line, Lines } from '../paint/Line.tsx';
import { Pane } from '../paint/Pane.tsx';
import { completionList } from '../panes/completionRows.ts';
import { footerRow } from '../panes/footerRow.ts';
import { headerRow } from '../panes/headerRow.ts';
import { hasGutter, paneBody } from '../panes/paneBody.ts';
import { predictRows } from '../panes/predictRows.ts';
import { type PromptRow, promptRow } from '../panes/promptRow.ts';
import { runningText } from '../panes/runningText.ts';
import { tabsRow } from '../panes/tabsRow.ts';
import { paneKey, paneTitle } from '../panesOf.ts';
import { tabsNow } from '../tabsNow.ts';
import { At } from './At.tsx';
import { DEPTH, Depth } from './Depth.tsx';
import { type Scene, veiled } from './scene.ts';

export interface WorldScreenProps {
  readonly scene: Scene;
  readonly session: Session;
}

/** The prompt's row of this moment: the cursor's column is the terminal's too. */
export function promptOf(scene: Scene, session: Session): PromptRow {
  const { shell, theme, now, columns } = scene;
  const asking = isAsking(now);
  const closed = asking
    ? 'the prompt is back once you have answered'
    : now.state.popover?.type === 'form'
      ? 'the form fills this line when you run it'
      : undefined;
  return promptRow(
    theme,
    {
      state: now.state,
      completion: shell.completion(),
      closed,
      placeholder: placeholderOf(scene, session),
      running: runningText(theme, session, columns),
    },
    columns,
  );
}

function placeholderOf(scene: Scene, session: Session): string {
  const { state, lesson } = scene.now;
  if (state.focus !== 'prompt') return 'i types a command, or press a key below';
  if (lesson?.phase === 'reached') return `${scene.theme.marks.enter} goes on with the lesson`;
  if (session.timeline().past) return 'a command given here, in the past, starts a fork';
  if (lesson !== undefined) return lesson.commands[0] ?? 'type a command';
  if (scene.now.arena?.shown === 'reference') return 'try it; arena reference goes back to yours';
  if (scene.now.arena !== undefined) return 'build, then: arena judge';
  if (session.view().resources.length === 0) return 'aws sqs create-queue --queue-name orders';
  return 'type a command';
}

export function WorldScreen({ scene, session }: WorldScreenProps): ReactElement {
  const { shell, theme, bright, now, columns } = scene;
  const layout = currentLayout(shell);
  const prompt = promptOf(scene, session);
  const asking = isAsking(now);
  const slots = asking && layout.kind !== 'tabs' ? slotsBesideQuestion(layout) : asking ? [] : layout.slots;
  return (
    <>
      <At rect={{ x: 0, y: 0, width: columns, height: 1 }}>
        <Line
          text={headerRow(theme, { crumbs: crumbsOf(scene, session), session, held: isHeld(now) }, columns)}
        />
      </At>
      {layout.tabsRow === undefined ? null : (
        <At rect={{ x: 0, y: layout.tabsRow, width: columns, height: 2 }}>
          <Line text={tabsRow(theme, layout.slots[0]?.pane, now, columns)} />
          <Line text={theme.faint(theme.marks.line.repeat(columns))} />
        </At>
      )}
      {slots.map((slot) => (
        <SlotPane
          key={slot.tabs.join(' ') || slot.pane}
          scene={scene}
          session={session}
          slot={slot}
          framed={layout.kind !== 'tabs'}
        />
      ))}
      {asking ? <Question scene={scene} layout={layout} /> : null}
      <At rect={{ x: 0, y: layout.promptRow, width: columns, height: 1 }}>
        <Lines lines={veiled(scene, [prompt.text])} />
      </At>
      <At rect={{ x: 0, y: layout.footerRow, width: columns, height: 1 }}>
        <Line text={footerRow(bright, now, columns)} />
      </At>
      <Completions scene={scene} prompt={prompt} promptRow={layout.promptRow} />
    </>
  );
}

function crumbsOf(scene: Scene, session: Session): readonly string[] {
  const { lesson, arena, state } = scene.now;
  const tail = state.full === undefined ? [] : [paneTitle(state.full, arena !== undefined).toLowerCase()];
  if (arena !== undefined) {
    const whose = arena.shown === 'reference' ? ['the reference design'] : [];
    return [arena.place, arena.requirement.title, ...whose, ...tail];
  }
  if (lesson === undefined) return ['Sandbox', session.name, ...tail];
  return [lesson.place, lesson.title, ...(lesson.freePlay ? ['free play'] : []), ...tail];
}

/** A question takes the place of the panes below the stage. */
const slotsBesideQuestion = (layout: WorldLayout): readonly Slot[] =>
  layout.slots.filter(
    ({ rect }) => rect.y + rect.height <= layout.question.y || rect.x + rect.width <= layout.question.x,
  );

function Question({
  scene,
  layout,
}: {
  readonly scene: Scene;
  readonly layout: WorldLayout;
}): ReactElement | null {
  const { lesson, state } = scene.now;
  if (lesson === undefined) return null;
  const { question: rect } = layout;
  const framed = layout.kind !== 'tabs';
  const size: [number, number] = framed ? [rect.width - 2, rect.height - 2] : [rect.width, rect.height];
  const rows = veiled(scene, predictRows(scene.theme, lesson, state.answer, ...size));
  if (!framed) {
    return (
      <At rect={rect}>
        <Lines lines={rows} />
      </At>
    );
  }
  const title = lesson.phase === 'review' ? 'Question' : 'Predict';
  const scope =
    lesson.review === undefined ? 'before you see it' : `${lesson.review.index + 1} of ${lesson.review.of}`;
  return (
    <At rect={rect}>
      <Pane
        theme={scene.theme}
        title={title}
        scope={scope}
        focused
        width={rect.width}
        height={rect.height}
        padding={0}
      >
        <Lines lines={rows} />
      </Pane>
    </At>
  );
}

interface SlotPaneProps {
  readonly scene: Scene;
  readonly session: Session;
  readonly slot: Slot;
  readonly framed: boolean;
}

/** The messages of a wide frame leave room for the depth of their queue. */
function SlotPane(props: SlotPaneProps): ReactElement {
  const { scene, session, slot, framed } = props;
  const { pane, rect } = slot;
  const isWide = framed && rect.width >= DEPTH.from && rect.height >= DEPTH.rows;
  const hasQueue = session.view().resources.some((resource) => resource.kind === 'queue');
  if (pane !== 'messages' || !isWide || !hasQueue) return <FramedPane {...props} />;
  const list = { ...rect, width: rect.width - DEPTH.columns };
  const depth = { ...rect, x: rect.x + list.width, width: DEPTH.columns };
  return (
    <>
      <FramedPane {...props} slot={{ ...slot, rect: list }} />
      <Depth scene={scene} session={session} rect={depth} />
    </>
  );
}

function FramedPane({ scene, session, slot, framed }: SlotPaneProps): ReactElement {
  const { theme, now } = scene;
  const { pane, rect } = slot;
  const inArena = now.arena !== undefined;
  const inLesson = now.lesson !== undefined || inArena;
  const padding = hasGutter(pane) || pane === 'stage' ? 0 : 1;
  const columns = rect.width - (framed ? 2 : 0) - padding * 2;
  const rows = rect.height - (framed ? 2 : 0);
  const body = paneBody(scene, session, pane, { columns, rows });
  const content = <Lines lines={veiled(scene, body.rows.slice(0, rows))} />;
  if (!framed) return <At rect={{ ...rect, x: rect.x + padding, width: columns }}>{content}</At>;
  const tabs = tabsNow(now, slot.tabs)
    .filter((tab) => tab !== pane)
    .map((tab): PaneTab => ({ jump: paneKey(tab, inLesson), title: paneTitle(tab, inArena) }));
  return (
    <At rect={rect}>
      <Pane
        theme={theme}
        jump={paneKey(pane, inLesson)}
        title={paneTitle(pane, inArena)}
        tabs={tabs}
        scope={body.scope}
        scopeStays={body.scopeStays === true}
        focused={now.state.focus === pane && now.state.popover === undefined}
        bad={body.bad}
        width={rect.width}
        height={rect.height}
        padding={padding}
      >
        {content}
      </Pane>
    </At>
  );
}

function Completions({
  scene,
  prompt,
  promptRow: row,
}: {
  readonly scene: Scene;
  readonly prompt: PromptRow;
  readonly promptRow: number;
}): ReactElement | null {
  const { state } = scene.now;
  const completion = scene.shell.completion();
  const open =
    state.completion.open && state.focus === 'prompt' && state.popover === undefined && !isAsking(scene.now);
  if (!open || completion.items.length === 0) return null;
  const list = completionList(scene.theme, completion, state.completion.selected, {
    tokenColumn: prompt.tokenColumn,
    promptRow: row,
    columns: scene.columns,
  });
  return (
    <At rect={list.rect}>
      <Lines lines={list.lines} />
    </At>
  );
}
