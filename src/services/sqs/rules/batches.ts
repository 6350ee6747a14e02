/** What all batches share: the faults of a whole request, and an answer entry by entry. */
import { ServiceError } from '../../../contract/errors.ts';
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
      successful.push(withId(entry.Id!, perform(entry)));
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

/** Members in the model's order: Id, MessageId, digests, SequenceNumber. */
function withId(id: string, answer: object): object {
  return Object.defineProperties({ Id: id }, Object.getOwnPropertyDescriptors(answer));
}
