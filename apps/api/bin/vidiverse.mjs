#!/usr/bin/env node
// Plugins depend on this package, and so have `vidiverse` as a command of their scripts.
await import(new URL('../../../scripts/vidiverse.mjs', import.meta.url).href);
