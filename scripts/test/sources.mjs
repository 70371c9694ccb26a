import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

process.setSourceMapsEnabled(true);
// Worker threads of the server run what was built.
if (isMainThread) register('./source-hooks.mjs', import.meta.url);
