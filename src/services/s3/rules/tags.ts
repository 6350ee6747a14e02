/** Tags of objects and buckets. Amazon S3 User Guide, Categorizing your objects using tags. */
import type { Tag } from '@aws-sdk/client-s3';
import { invalidArgument, invalidTag, tooManyTags } from '../errors.ts';
import { BUCKET_TAGS_MAX, OBJECT_TAGS_MAX, TAG_KEY_MAX, TAG_VALUE_MAX } from '../limits.ts';
import type { Tags } from '../model.ts';

const MOST = { object: OBJECT_TAGS_MAX, bucket: BUCKET_TAGS_MAX } as const;
const LETTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Frozen. UNSURE: the sentence about the number of a bucket's tags. */
export function readTags(given: readonly Tag[], of: keyof typeof MOST): Tags {
  if (given.length > MOST[of]) {
    throw tooManyTags(
      of === 'object'
        ? 'Object tags cannot be greater than 10'
        : `Bucket tag count cannot be greater than ${BUCKET_TAGS_MAX}`,
    );
  }
  const tags = new Map<string, string>();
  for (const { Key = '', Value = '' } of given) {
    if (Key === '' || Key.length > TAG_KEY_MAX || !LETTERS.test(Key)) {
      throw invalidTag('The TagKey you have provided is invalid');
    }
    if (Value.length > TAG_VALUE_MAX || !LETTERS.test(Value)) {
      throw invalidTag('The TagValue you have provided is invalid');
    }
    if (Key.startsWith('aws:')) throw invalidTag('System tags cannot be added/updated by requester');
    if (tags.has(Key)) throw invalidTag('Cannot provide multiple Tags with the same key');
    tags.set(Key, Value);
  }
  return Object.freeze(Object.fromEntries(tags));
}

/** As a query: `a=b&c=d`. None: undefined. */
export function readTagging(text: string | undefined): Tags | undefined {
  if (text === undefined || text === '') return undefined;
  const pairs = text.split('&').map((pair) => {
    const [Key = '', Value = ''] = pair.split('=').map(unescaped);
    return { Key, Value };
  });
  return readTags(pairs, 'object');
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
    );
  }
}

export const shownTags = (tags: Tags = {}): readonly Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
