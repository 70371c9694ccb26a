import { describeKnownHashes, MemoryKnownHashes } from '../../testing/index.js';

describeKnownHashes('memory', async () => {
  const known = 'a'.repeat(40);
  const hashes = new MemoryKnownHashes(new Set([known]));
  return { hashes, known, forget: async () => hashes.hashes.clear(), drop: async () => {} };
});
