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
  MessageFacts,
  MessageState,
  MessageStore,
  QueueRow,
  Receipt,
  Row,
  StoreHooks,
  StoreImage,
} from './messageStore.ts';
export { plainImageFromJSON as storeImageFromJSON } from './plainState.ts';
export { createPlainStore as createMessageStore } from './plainStore.ts';
