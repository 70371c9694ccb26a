import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { Config } from '../config/config.js';

/** Request bodies that are arriving: a silent one is cut after a while, and all of them when the instance stops. */
@Injectable()
export class IncomingBodies implements BeforeApplicationShutdown {
  private readonly requests = new Set<IncomingMessage>();
  private readonly idleMs: number;

  constructor(config: Config) {
    this.idleMs = config.uploads.idleTimeout * 1000;
  }

  /** Does `work`, which reads the body. */
  async receive<T>(request: IncomingMessage, work: () => Promise<T>): Promise<T> {
    this.requests.add(request);
    request.setTimeout(this.idleMs);
    try {
      return await work();
    } finally {
      this.requests.delete(request);
      request.setTimeout(0);
    }
  }

  beforeApplicationShutdown(): void {
    for (const request of this.requests) {
      if (!request.complete) request.destroy();
    }
  }
}
