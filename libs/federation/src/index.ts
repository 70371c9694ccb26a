export * from './federation.errors.js';
export {
  DEFAULT_DOCUMENT_LIMITS,
  type DocumentLimits,
  type JsonObject,
  type JsonValue,
  readJson,
} from './vocabulary/read-json.js';
export type { CompactedDocument, CompactedValue } from './vocabulary/compact.js';
export { CONTEXT } from './vocabulary/context.js';
export { PUBLIC, type Term } from './vocabulary/terms.js';
export { hostOf, linkUrl, normalizeHost, sameOrigin, webUrl, withoutFragment } from './vocabulary/urls.js';
export { generateKeyPair, type KeyPair, type KeyRules, readPublicKey } from './signatures/public-key.js';
export { type RequestToSign, signRequest, signRequestAside } from './signatures/http-signature.js';
export type { SignedRequest } from './signatures/request-headers.js';
export { type RequestRules, type VerifiedRequest, verifyRequest } from './signatures/verify-request.js';
// What makes graphs canonical runs in threads (`SignatureWorkers`) and is loaded there only: it is not exported here.
export type { SignedDocument, Signer } from './signatures/sign-document.js';
export { readSignature, type SignatureBlock } from './signatures/read-signature.js';
export type { ActorKey, VerifiedDocument } from './signatures/verify-document.js';
export { DEFAULT_WORKER_OPTIONS, SignatureWorkers } from './signatures/signature-workers.js';
export type { WorkerPoolOptions } from './signatures/worker-pool.js';
export { Courier, type CourierAnswer } from './ports/courier.js';
export {
  DeliveryStore,
  type DeliveryHost,
  type GivenUp,
  type HostHealth,
  type WaitingDelivery,
} from './ports/delivery-store.js';
export { DeliverySchedule, type ScheduleOptions } from './outbox/delivery-schedule.js';
export { HostSender, type HostSenderOptions } from './outbox/host-sender.js';
export { ActorKeys, KeyLookupError, type KeyLookupFailure } from './ports/actor-keys.js';
export { Blocks } from './ports/blocks.js';
export { type InboxEntry, InboxJournal } from './ports/inbox-journal.js';
export type { DocumentReader } from './inbox/document-reader.js';
export { InboxGate, type InboxPorts } from './inbox/inbox-gate.js';
export { DEFAULT_INBOX_OPTIONS, type InboxOptions, type KeyOptions } from './inbox/inbox-options.js';
export type { Accepted, InboxAnswer, InboxRequest, Refused } from './inbox/inbox-request.js';
export {
  type Activity,
  type Answer,
  type Change,
  type Flag,
  type PlainActivity,
  readActivity,
  type View,
} from './vocabulary/activities.js';
export { type Actor, type ActorType, readActor } from './vocabulary/actors.js';
export { buildCacheFile, type CachedFile, type CacheFile, readCacheFile } from './vocabulary/cache-file.js';
export { type Collection, readCollection } from './vocabulary/collections.js';
export {
  type FederatedObject,
  type Note,
  readNote,
  readObject,
  type Tombstone,
} from './vocabulary/objects.js';
export type { Attribution, Labelled, RemoteImage } from './vocabulary/parts.js';
export { COMMENTS, readVideo, type Video } from './vocabulary/video.js';
export type { Subtitle } from './vocabulary/video-parts.js';
export type { RemoteFile, RemotePlaylist, VideoLinks } from './vocabulary/video-links.js';
export { FetchBudget } from './fetching/fetch-budget.js';
export { fetchObject } from './fetching/fetch-object.js';
export {
  DEFAULT_FETCH_LIMITS,
  type FetchLimits,
  type RemoteClientOptions,
} from './fetching/fetch-options.js';
export type { HostResolver } from './fetching/host-resolver.js';
export { isActivityJson } from './fetching/media-types.js';
export type {
  FetchOptions,
  PostAnswer,
  RemoteAnswer,
  RemoteBytes,
  RemoteDocument,
  RequestSigner,
} from './fetching/remote-answers.js';
export type { RangeOptions } from './fetching/read-range.js';
export { RemoteClient } from './fetching/remote-client.js';
export { isPassingStatus, RemoteError, type RemoteErrorCode } from './fetching/remote-error.js';
export { buildCollection, buildCollectionPage, type CollectionFacts } from './discovery/collections.js';
export { crawlCollection, type CrawlOptions } from './discovery/crawl-collection.js';
export { findActor, findInstanceActor, findNodeinfo, INSTANCE_ACTOR_NAME } from './discovery/find-actor.js';
export {
  acctUri,
  formatHandle,
  type Handle,
  parseHandle,
  parseResource,
  sameHandle,
} from './discovery/handle.js';
export { buildHostMeta, buildHostMetaXml } from './discovery/host-meta.js';
export {
  buildNodeinfo,
  buildNodeinfoIndex,
  type NodeinfoFacts,
  type NodeinfoVersion,
  nodeinfoType,
} from './discovery/nodeinfo.js';
export type { RemoteNodeinfo } from './discovery/read-nodeinfo.js';
export { buildWebfinger, JRD_TYPE, type WebfingerDocument } from './discovery/webfinger.js';
