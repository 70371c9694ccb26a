import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';

interface Turn {
  readonly request: IncomingMessage | null;
  readonly done: Promise<unknown>;
}

/** One request at a time works on an upload session of this process. */
@Injectable()
export class SessionTurns {
  private readonly turns = new Map<string, Turn>();

  /**
   * Does `work` when no other request works on the session. A newer request means that its sender has given up the older
   * one, whose connection may hang for minutes: what it still sends is cut. One that has arrived whole is waited for.
   */
  async take<T>(sessionId: string, request: IncomingMessage | null, work: () => Promise<T>): Promise<T> {
    for (let earlier = this.turns.get(sessionId); earlier; earlier = this.turns.get(sessionId)) {
      if (earlier.request && !earlier.request.complete) earlier.request.destroy();
      await earlier.done.catch(() => undefined);
    }
    const done = work();
    this.turns.set(sessionId, { request, done });
    try {
      return await done;
    } finally {
      if (this.turns.get(sessionId)?.done === done) this.turns.delete(sessionId);
    }
  }
}
