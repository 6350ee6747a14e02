/**
 * What an answer says of a batch. Lambda Developer Guide, Implementing partial batch responses: success and failure
 * conditions.
 */
import type { Ending } from '../model.ts';

export type BatchResult =
  | { readonly type: 'success' }
  /** The whole batch failed. `said`: why, in a word. */
  | { readonly type: 'failure'; readonly said: string }
  /** Only these failed. */
  | { readonly type: 'some'; readonly ids: ReadonlySet<string> };

const SUCCESS: BatchResult = Object.freeze({ type: 'success' });
const failed = (said: string): BatchResult => Object.freeze({ type: 'failure', said });

/** `reports`: the mapping has ReportBatchItemFailures. `ids`: of the batch. */
export function batchResult(ending: Ending, reports: boolean, ids: readonly string[]): BatchResult {
  if (ending.error !== undefined) return failed('the function failed');
  if (!reports || ending.payload === '') return SUCCESS;
  let answer: unknown;
  try {
    answer = JSON.parse(ending.payload);
  } catch {
    return failed('the answer is no JSON');
  }
  if (answer === null || answer === '') return SUCCESS;
  const failures = (answer as { readonly batchItemFailures?: unknown }).batchItemFailures;
  if (failures === undefined || failures === null) return SUCCESS;
  if (!Array.isArray(failures)) return failed('batchItemFailures is no list');
  if (failures.length === 0) return SUCCESS;
  const known = new Set(ids);
  const named = new Set<string>();
  for (const item of failures as readonly unknown[]) {
    const id = (item as { readonly itemIdentifier?: unknown } | null)?.itemIdentifier;
    if (typeof id !== 'string' || id === '') return failed('an itemIdentifier is missing or empty');
    if (!known.has(id)) return failed('an itemIdentifier is not of this batch');
    named.add(id);
  }
  return Object.freeze({ type: 'some', ids: named });
}
