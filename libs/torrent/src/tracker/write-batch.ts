import type { TrackerSocket } from 'bittorrent-tracker/server';
import type { Duplex } from 'node:stream';

/**
 * Holds what is written to a socket until the end of the turn of the event loop. In a busy swarm a peer is handed the
 * offers of many others within one turn: they leave with one system call, and that is most of what a message costs.
 */
export class WriteBatch {
  private readonly held = new Set<Duplex>();

  /** Does so for all that is sent to a web socket from now on; `connection` is what it is made of. */
  batch(webSocket: TrackerSocket, connection: Duplex): void {
    const send = webSocket.send.bind(webSocket);
    Object.assign(webSocket, {
      send: (data: string, sent?: (error?: Error) => void) => {
        this.hold(connection);
        send(data, sent);
      },
    });
  }

  private hold(socket: Duplex): void {
    if (this.held.has(socket)) return;
    socket.cork();
    this.held.add(socket);
    if (this.held.size === 1) setImmediate(() => this.release());
  }

  private release(): void {
    for (const socket of this.held) socket.uncork();
    this.held.clear();
  }
}
