/** The life of an event source mapping: made when its source answers, changed, and gone. */

import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import { ServiceError } from '../../../contract/errors.ts';
import { lifeTime } from '../../../contract/world.ts';
import type { CallId, Context, Outcome } from '../../../engine/service.ts';
import { after, milliseconds } from '../../../engine/units.ts';
import { conflict, functionNotFound } from '../errors.ts';
import { emit } from '../events.ts';
import { type LambdaState, newMappingId } from '../model.ts';
import type { MappingDue } from '../timers.ts';
import { callerOf } from './destinations.ts';
import { sourceOf } from './eventSources.ts';
import type { MappingRecord, MappingSettings, MappingState } from './mappingRecord.ts';

/** What comes back when a source was asked whether it is there. Frozen. */
export interface ProbeToken {
  readonly type: 'probe';
  readonly call: CallId;
  readonly by: string;
  readonly account: string;
  /** `account/name`. */
  readonly function: string;
  readonly source: string;
  readonly service: string;
  readonly settings: MappingSettings;
  readonly tags: Readonly<Record<string, string>>;
}

/** A mapping stays in a state that passes for so long, in ms. UNSURE: the real length differs by source. */
const PASSING = { min: 2_000, max: 5_000 } as const;
/** What is at work is waited for, in ms. */
const LOOK_AGAIN = 1_000;

const nameOf = (key: string): string => key.slice(key.indexOf('/') + 1);

/** Refuses a second mapping of the same source and function. */
export function refuseDuplicate(state: LambdaState, source: string, key: string): void {
  for (const other of state.mappings.values()) {
    if (other.source !== source || other.function !== key || other.state === 'Deleting') continue;
    const kind = other.service === 'sqs' ? 'SQS' : 'Kinesis';
    throw conflict(
      `An event source mapping with ${kind} arn (" ${source} ") and function (" ${nameOf(key)} ") already exists. Please update or delete the existing mapping with UUID ${other.uuid}`,
    );
  }
}

/** Asks the source; the caller waits for what comes of it. */
export function probe(context: Context<LambdaState>, token: ProbeToken): void {
  const asked = sourceOf(token.service)!.probe(token.source);
  const caller = callerOf({ name: nameOf(token.function), account: token.account });
  context.request({ ...asked, caller }, token);
}

/** The source answered: the mapping is made, or refused. */
export function probed(context: Context<LambdaState>, token: ProbeToken, outcome: Outcome): void {
  const { state } = context;
  try {
    const record = state.functions.get(token.function);
    if (record === undefined) throw functionNotFound(nameOf(token.function));
    refuseDuplicate(state, token.source, token.function);
    sourceOf(token.service)!.judge(outcome, token.settings, record, token.source);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    context.complete(token.call, { ok: false, refusal: error.refusal });
    return;
  }
  const mapping = make(context, token);
  context.complete(token.call, { ok: true, output: describeMapping(state, mapping) });
}

function make(context: Context<LambdaState>, token: ProbeToken): MappingRecord {
  const { state, now } = context;
  const mapping: MappingRecord = {
    uuid: newMappingId(state),
    account: token.account,
    source: token.source,
    service: token.service,
    order: state.mappingsMade,
    created: now,
    function: token.function,
    modified: now,
    settings: token.settings,
    state: 'Creating',
    due: undefined,
    tags: token.tags,
    counters: { batches: 0, records: 0, failed: 0, filtered: 0, throttled: 0 },
    trouble: undefined,
    work: undefined,
  };
  state.mappings.set(mapping.uuid, mapping);
  passThrough(context, mapping, 'Creating', token.by);
  return mapping;
}

/** Enters a state that passes. */
export function passThrough(
  context: Context<LambdaState>,
  mapping: MappingRecord,
  into: MappingState,
  by: string,
): void {
  if (mapping.state === 'Enabled') sourceOf(mapping.service)!.stop(context, mapping);
  setState(context, mapping, into, by);
  const wait = context.random('mapping').integer(PASSING.min, PASSING.max);
  scheduleState(context, mapping, lifeTime(context, milliseconds(wait)));
}

function scheduleState(context: Context<LambdaState>, mapping: MappingRecord, waitMs: number): void {
  mapping.due = after(context.now, milliseconds(waitMs));
  const timer: MappingDue = { type: 'lambda/MappingDue', mapping: mapping.uuid };
  context.schedule(mapping.due, timer);
}

function setState(
  context: Context<LambdaState>,
  mapping: MappingRecord,
  into: MappingState,
  by: string,
): void {
  mapping.state = into;
  mapping.modified = context.now;
  emit(context, {
    type: 'lambda/MappingChanged',
    by,
    function: nameOf(mapping.function),
    mapping: mapping.uuid,
    source: mapping.source,
    state: into,
  });
}

/** The state that passes ends. */
export function stateDue(context: Context<LambdaState>, mapping: MappingRecord): void {
  const { state } = context;
  const source = sourceOf(mapping.service)!;
  const by = 'lambda.amazonaws.com';
  mapping.due = undefined;
  const ends = mapping.state === 'Deleting' || !mapping.settings.enabled;
  if (ends && source.isBusy(mapping)) {
    scheduleState(context, mapping, LOOK_AGAIN);
    return;
  }
  if (mapping.state === 'Deleting') {
    state.mappings.delete(mapping.uuid);
    setState(context, mapping, 'Deleting', by);
    return;
  }
  setState(context, mapping, mapping.settings.enabled ? 'Enabled' : 'Disabled', by);
  if (mapping.settings.enabled) source.start(context, mapping);
}

/** A mapping as the API shows it; times in milliseconds since 1970. */
export function describeMapping(
  state: LambdaState,
  mapping: MappingRecord,
): Omit<EventSourceMappingConfiguration, 'LastModified' | 'StartingPositionTimestamp'> & {
  readonly LastModified: number;
} {
  const { settings, service } = mapping;
  const [account, name] = mapping.function.split('/');
  return {
    UUID: mapping.uuid,
    ...settings.own,
    BatchSize: settings.batchSize,
    MaximumBatchingWindowInSeconds: settings.window,
    EventSourceArn: mapping.source,
    ...(settings.filters.length > 0 && {
      FilterCriteria: { Filters: settings.filters.map((Pattern) => ({ Pattern })) },
    }),
    FunctionArn: `arn:aws:lambda:${state.region}:${account}:function:${name}`,
    LastModified: state.epoch + mapping.modified,
    ...(service !== 'sqs' && {
      LastProcessingResult:
        mapping.trouble ?? (mapping.counters.batches === 0 ? 'No records processed' : 'OK'),
    }),
    State: mapping.state,
    StateTransitionReason: service === 'sqs' ? 'USER_INITIATED' : 'User action',
    FunctionResponseTypes: settings.reportsFailures ? ['ReportBatchItemFailures'] : [],
    ...(settings.maximumConcurrency !== undefined && {
      ScalingConfig: { MaximumConcurrency: settings.maximumConcurrency },
    }),
    EventSourceMappingArn: `arn:aws:lambda:${state.region}:${mapping.account}:event-source-mapping:${mapping.uuid}`,
  };
}
