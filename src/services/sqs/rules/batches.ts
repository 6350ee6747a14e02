/** What all batches share: the faults of a whole request, and an answer entry by entry. */
import { ServiceError } from '../../../contract/errors.ts';
import { OnDemand, spelled } from '../../../engine/onDemand.ts';
import {
  batchEntryIdsNotDistinct,
  emptyBatchRequest,
  invalidBatchEntryId,
  tooManyEntries,
} from '../errors.ts';
import { BATCH_ENTRIES_MAX } from '../limits.ts';

const ENTRY_ID = /^[A-Za-z0-9_-]{1,80}$/;

/** Refuses the whole request: none, too many, a bad id, an id twice. */
export function checkEntries<Entry extends { readonly Id: string | undefined }>(
  given: readonly Entry[] | undefined,
  shape: string,
): readonly Entry[] {
  const entries = given ?? [];
  if (entries.length === 0) throw emptyBatchRequest(shape);
  if (entries.length > BATCH_ENTRIES_MAX) throw tooManyEntries(entries.length);
  const seen = new Set<string>();
  for (const { Id = '' } of entries) {
    if (!ENTRY_ID.test(Id)) throw invalidBatchEntryId();
    if (seen.has(Id)) throw batchEntryIdsNotDistinct(Id);
    seen.add(Id);
  }
  return entries;
}

/** Does the entries one after the other; one that is refused does not stop the rest. Empty lists are left out. */
export function eachEntry<Entry extends { readonly Id: string | undefined }>(
  entries: readonly Entry[],
  perform: (entry: Entry) => object,
): object {
  const successful: object[] = [];
  const failed: object[] = [];
  for (const entry of entries) {
    try {
      successful.push(new SuccessfulEntry(entry.Id!, perform(entry)));
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const { code, message, fault } = error.refusal;
      failed.push({ Id: entry.Id, SenderFault: fault === 'client', Code: code, Message: message });
    }
  }
  return {
    ...(successful.length > 0 && { Successful: successful }),
    ...(failed.length > 0 && { Failed: failed }),
  };
}

/** An entry that was accepted, under its id; the rest is the single operation's answer. */
class SuccessfulEntry extends OnDemand {
  readonly Id: string;
  readonly #answer: object;

  constructor(id: string, answer: object) {
    super();
    this.Id = id;
    this.#answer = answer;
  }

  toJSON(): object {
    return { Id: this.Id, ...spelled(this.#answer) };
  }
}
