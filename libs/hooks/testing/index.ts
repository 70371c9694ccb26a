export { registryOf } from './registry-of.js';
export { MemorySettings } from './memory-settings.js';
export { hooksPage } from './hooks-page.js';
