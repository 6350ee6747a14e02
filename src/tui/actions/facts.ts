/** What the keys of the Facts pane do, on home and in a world. */
import type { FactChoice, FactStep } from '../../lessons/factSheet.ts';
import { factList, nextShown } from '../factList.ts';
import type { Shell } from '../shell.ts';
import { openLesson } from './home.ts';
import { openPane } from './panes.ts';

const select = (shell: Shell, at: number): void =>
  shell.store.update((state) => {
    state.panes.facts.selected = Math.max(0, at);
  });

export function moveFact(shell: Shell, by: number): void {
  const { facts, chosen } = factList(shell.host, shell.store.get());
  select(shell, Math.min(facts.length - 1, chosen + by));
}

/** To the first fact of the service before, or of the next one. */
export function moveService(shell: Shell, by: 1 | -1): void {
  const { groups, facts, chosen } = factList(shell.host, shell.store.get());
  const at = groups.findIndex(({ service }) => service === facts[chosen]?.service);
  const next = groups[Math.max(0, Math.min(groups.length - 1, at + by))];
  if (next !== undefined)
    select(
      shell,
      facts.findIndex(({ service }) => service === next.service),
    );
}

/** All, those seen, those whose last question was missed, those not seen yet. */
export const showOtherFacts = (shell: Shell): void =>
  shell.store.update((state) => {
    state.factsShown = nextShown(state.factsShown);
    state.panes.facts.selected = 0;
  });

/** The step that showed it, or the first that does. */
function stepToOpen(shell: Shell): FactStep | undefined {
  const { facts, chosen } = factList(shell.host, shell.store.get());
  const fact = facts[chosen];
  return fact?.seen?.step ?? fact?.steps[0];
}

export function openFactStep(shell: Shell): void {
  const step = stepToOpen(shell);
  if (step === undefined) {
    shell.notice('No lesson shows this fact yet.');
    return;
  }
  openLesson(shell, step.lesson);
  const play = shell.world()?.play;
  if (play?.view().id === step.lesson && play.view().stepIndex !== step.index) play.jump(step.index);
}

/** The facts over the whole body; on home in the place of the lessons. */
export function openFacts(shell: Shell, choice: FactChoice = {}): void {
  shell.store.update((state) => {
    state.factsShown = choice.missed === true ? 'missed' : 'all';
    state.panes.facts.find = undefined;
    state.panes.facts.selected = 0;
    if (state.screen !== 'home') return;
    state.home.facts = true;
    state.focus = 'facts';
  });
  if (shell.world() !== undefined) openPane(shell, 'facts');
  const { facts } = factList(shell.host, shell.store.get());
  const service = choice.service?.toLowerCase();
  const first = facts.findIndex((fact) => fact.service.toLowerCase() === service);
  if (first > 0) select(shell, first);
}

export const closeFacts = (shell: Shell): void =>
  shell.store.update((state) => {
    if (state.panes.facts.find !== undefined) {
      state.panes.facts.find = undefined;
      state.finding = false;
      return;
    }
    state.home.facts = false;
    state.focus = 'prompt';
  });
