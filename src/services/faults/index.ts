/** Faults on purpose, shaped like a service: `fault inject`, `list`, `clear`. They take no time. Wiring only. */

import { defineService } from '../../contract/service.ts';
import type { ResourceView } from '../../contract/view.ts';
import { type Instant, milliseconds } from '../../engine/units.ts';
import { answered, due } from './course.ts';
import { createState, type FaultsState } from './model.ts';
import { clear, inject, list, summaryOf } from './operations.ts';

const view = (state: FaultsState, now: Instant): ResourceView[] =>
  [...state.faults.values()].map((fault, index) => ({
    id: `fault/${fault.id}`,
    kind: 'fault',
    name: fault.id,
    title: fault.kind,
    role: 'resource',
    order: index,
    offStage: true,
    fields: summaryOf(fault, now),
    links: [],
    notes: [fault.on],
  }));

export const faults = defineService<FaultsState>({
  name: 'fault',
  title: 'Faults',
  kind: 'playground',
  summary: 'Things that go wrong, on purpose.',
  operations: [inject, list, clear],
  create: createState,
  due,
  answered,
  latency: () => milliseconds(0),
  view,
});
