export { MemoryFollowFacts } from './memory-follow-facts.js';
