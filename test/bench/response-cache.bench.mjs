import { makeVideos, sideBySide } from './support/side-by-side.mjs';

// What it brings that visitors are answered from memory until something is written. docs/decisions/0017-response-cache.md
await sideBySide(await makeVideos(), {
  kinds: { 'each made': { VIDIVERSE_HTTP_RESPONSE_CACHE_AGE: '0' }, 'kept for a moment': {} },
  rounds: Number(process.env.BENCH_ROUNDS ?? 2),
  goal: '',
});
