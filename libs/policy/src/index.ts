export type {
  CacheCandidate,
  CacheExtensions,
  CacheFacts,
  CacheFilter,
  CacheGuard,
  CacheStrategy,
  CacheStrategyKind,
  HeldCopy,
} from './cache-facts.js';
export { decideCaching, type CacheAddition, type CacheDecision, type CacheEviction } from './cache-policy.js';
export { byName, ranked } from './rules/cache-rules.js';
export { FollowPolicy, type DryRun, type FollowGuards } from './follow-policy.js';
export type { FollowRequest } from './follow-request.js';
export { FollowFacts, type FollowSettings } from './ports/follow-facts.js';
export { allow, hold, refuse, type Decision, type Rule, type Verdict } from './verdict.js';
