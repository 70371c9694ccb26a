import { KnownHashes } from '../src/ports/known-hashes.js';

/** Knows the hashes it was given. */
export class MemoryKnownHashes extends KnownHashes {
  constructor(readonly hashes: Set<string>) {
    super();
  }

  has(infoHash: string): boolean | Promise<boolean> {
    return this.hashes.has(infoHash);
  }
}
