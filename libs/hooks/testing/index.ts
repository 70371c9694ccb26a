export { MemoryHttp, type AskedRequest, type Scripted } from './memory-http.js';
export { MemoryInstanceFollows } from './memory-instance-follows.js';
export { MemoryJobs } from './memory-jobs.js';
export { MemorySettings } from './memory-settings.js';
export { MemoryStorage } from './memory-storage.js';
export { hooksPage } from './hooks-page.js';
export { registryOf } from './registry-of.js';
