/** What falls due in Lambda, and the answers to its calls. */
import { isRecordsArrived } from '../../contract/streamWaiting.ts';
import type { Context, Delivery, Outcome, Timer } from '../../engine/service.ts';
import type { Execution, LambdaState } from './model.ts';
import { answerInvoke } from './operations/invoke.ts';
import { attemptEvent, eventTried } from './rules/asyncInvoking.ts';
import { type DestinationToken, destinationAnswered } from './rules/destinations.ts';
import { type SourceDue, type SourceToken, sourceOf } from './rules/eventSources.ts';
import { endExecution } from './rules/executing.ts';
import { type ProbeToken, probed, stateDue } from './rules/mappings.ts';
import { type PublishToken, publishAnswered, publishNext } from './rules/publishing.ts';

export interface ExecutionDue extends Timer {
  readonly type: 'lambda/ExecutionDue';
  readonly execution: number;
}
export interface AttemptDue extends Timer {
  readonly type: 'lambda/AttemptDue';
  readonly event: number;
}
/** A mapping leaves a state that passes. */
export interface MappingDue extends Timer {
  readonly type: 'lambda/MappingDue';
  readonly mapping: string;
}

type LambdaTimer = ExecutionDue | AttemptDue | MappingDue | SourceDue;

export function due(context: Context<LambdaState>, timer: Timer): void {
  const { state, now } = context;
  const its = timer as LambdaTimer;
  switch (its.type) {
    case 'lambda/ExecutionDue':
      executionDue(context, its.execution);
      return;
    case 'lambda/AttemptDue': {
      const event = state.events.get(its.event);
      if (event?.due === now) attemptEvent(context, event);
      return;
    }
    case 'lambda/MappingDue': {
      const mapping = state.mappings.get(its.mapping);
      if (mapping?.due === now) stateDue(context, mapping);
      return;
    }
    case 'lambda/SourceDue': {
      const mapping = state.mappings.get(its.mapping);
      if (mapping !== undefined) sourceOf(mapping.service)?.due(context, mapping, its);
    }
  }
}

function executionDue(context: Context<LambdaState>, id: number): void {
  const execution = context.state.executions.get(id);
  if (execution === undefined || publishNext(context, execution, 0)) return;
  ended(context, execution);
}

function ended(context: Context<LambdaState>, execution: Execution): void {
  endExecution(context, execution);
  const { origin } = execution;
  switch (origin.type) {
    case 'call':
      answerInvoke(context, origin, execution);
      return;
    case 'async':
      eventTried(context, origin.event, execution);
      return;
    case 'batch': {
      const mapping = context.state.mappings.get(origin.mapping);
      if (mapping !== undefined) sourceOf(mapping.service)?.ended(context, mapping, origin.batch, execution);
    }
  }
}

export function answered(context: Context<LambdaState>, token: object, outcome: Outcome): void {
  const its = token as DestinationToken | SourceToken | ProbeToken | PublishToken;
  switch (its.type) {
    case 'publish': {
      const execution = publishAnswered(context, its, outcome);
      if (execution !== undefined) ended(context, execution);
      return;
    }
    case 'destination':
      destinationAnswered(context, its, outcome);
      return;
    case 'probe':
      probed(context, its, outcome);
      return;
    case 'source': {
      const mapping = context.state.mappings.get(its.mapping);
      if (mapping !== undefined) sourceOf(mapping.service)?.answered(context, mapping, its, outcome);
    }
  }
}

/** A shard that a mapping waits for has something to read. */
export function delivered(context: Context<LambdaState>, { payload }: Delivery): void {
  if (!isRecordsArrived(payload)) return;
  const mapping = context.state.mappings.get(payload.reader);
  if (mapping !== undefined) sourceOf(mapping.service)?.arrived?.(context, mapping, payload);
}
