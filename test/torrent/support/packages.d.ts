/** What the tests use of packages that bring no types. */
declare module 'bittorrent-tracker/client' {
  import type { EventEmitter } from 'node:events';

  export interface ClientOptions {
    /** 40 hex digits. */
    infoHash: string;
    /** 40 hex digits. */
    peerId: string;
    announce: string[];
    port: number;
  }

  export interface AnnounceFields {
    left?: number;
    numwant?: number;
  }

  export default class Client extends EventEmitter {
    static scrape(
      options: { infoHash: string | string[]; announce: string },
      callback: (error: Error | null, result: unknown) => void,
    ): void;
    constructor(options: ClientOptions);
    start(fields?: AnnounceFields): void;
    stop(fields?: AnnounceFields): void;
    complete(fields?: AnnounceFields): void;
    update(fields?: AnnounceFields): void;
    scrape(): void;
    destroy(callback?: () => void): void;
  }
}
