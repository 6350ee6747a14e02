/** The store of waiting messages, as services use it. */
export {
  createDedupWindow,
  type DedupImage,
  type DedupWindow,
  dedupImageFromJSON,
} from './dedupWindow.ts';
export type {
  Content,
  Counts,
  Held,
  MessageFacts,
  MessageState,
  MessageStore,
  QueueRow,
  Receipt,
  Row,
  StoreHooks,
  StoreImage,
} from './messageStore.ts';
export { rowImageFromJSON as storeImageFromJSON } from './rowImage.ts';
export { createRowStore as createMessageStore } from './rowStore.ts';
