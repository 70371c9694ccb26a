import { Blocks } from '../src/ports/blocks.js';

/** Blocks in memory. */
export class MemoryBlocks extends Blocks {
  readonly hosts = new Set<string>();
  readonly actors = new Set<string>();

  hasHost(host: string): Promise<boolean> {
    return Promise.resolve(this.hosts.has(host));
  }

  hasActor(actorUrl: string): Promise<boolean> {
    return Promise.resolve(this.actors.has(actorUrl));
  }
}
