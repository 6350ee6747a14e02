/** What a table tells of its stream: it has one, it has none any more, an item was written. Plain data. */

export const STREAM_VIEWS = ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'] as const;
export type StreamView = (typeof STREAM_VIEWS)[number];

/** An attribute as DynamoDB writes it; here all are texts. */
export type ItemImage = Readonly<Record<string, { readonly S: string }>>;

/** Delivered to DynamoDB Streams. Frozen. */
export type TableNews =
  | { readonly type: 'TableStreamOpened'; readonly table: string; readonly view: StreamView }
  | { readonly type: 'TableStreamClosed'; readonly table: string }
  | {
      readonly type: 'ItemWritten';
      readonly table: string;
      readonly keys: ItemImage;
      readonly item: ItemImage;
    };

export const isTableNews = (payload: object): payload is TableNews =>
  ['TableStreamOpened', 'TableStreamClosed', 'ItemWritten'].includes(
    String((payload as { readonly type?: unknown }).type),
  );
