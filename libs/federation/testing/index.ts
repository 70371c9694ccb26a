export {
  describeDeliveryStore,
  type DeliveryFate,
  type DeliveryStoreLab,
} from './delivery-store-contract.js';
export { MemoryDeliveryStore, type MemoryDelivery, type NewDelivery } from './memory-delivery-store.js';
export { describeInboxJournal, type InboxJournalLab } from './inbox-journal-contract.js';
export { keptKeyPair } from './kept-key-pairs.js';
export { MemoryActorKeys } from './memory-actor-keys.js';
export { MemoryBlocks } from './memory-blocks.js';
export { MemoryInboxJournal } from './memory-inbox-journal.js';
export {
  hasRecordings,
  recordedDocument,
  recordedKeys,
  recordedPost,
  type RecordedPost,
  recordedPosts,
} from './recorded.js';
export { TestActor } from './test-actor.js';
export { compactDocument } from '../src/vocabulary/compact.js';
export { signDocument } from '../src/signatures/sign-document.js';
export { verifyDocument } from '../src/signatures/verify-document.js';
