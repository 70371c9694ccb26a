import { type buildConnector, Pool } from 'undici';
import { RemoteError } from './remote-error.js';

export interface HostPoolOptions {
  /** Hosts with connections or requests, at most. */
  maxHosts: number;
  connectionsPerHost: number;
  /** Requests of one host under way and waiting for a connection, at most. */
  requestsPerHost: number;
  /** Bytes of the headers of an answer. */
  maxHeaderBytes: number;
  /** Milliseconds until the headers have come. */
  headersTimeout: number;
  /** Milliseconds between two pieces of a body. */
  bodyTimeout: number;
}

interface Host {
  pool: Pool;
  active: number;
}

/** One pool of kept connections per origin. What nobody uses makes room for what is asked for. */
export class HostPools {
  /** Least recently used first. */
  private readonly hosts = new Map<string, Host>();

  constructor(
    private readonly connect: buildConnector.connector,
    private readonly options: HostPoolOptions,
  ) {}

  /** Lends the pool of an origin for one request, its body included. */
  async use<T>(origin: string, work: (pool: Pool) => Promise<T>): Promise<T> {
    const host = this.find(origin);
    host.active++;
    try {
      return await work(host.pool);
    } finally {
      host.active--;
    }
  }

  /** Cuts off what is under way. */
  async close(): Promise<void> {
    const closing = [...this.hosts.values()].map(({ pool }) =>
      pool.destroy(new RemoteError('aborted', 'The client was closed.')),
    );
    this.hosts.clear();
    await Promise.all(closing);
  }

  private find(origin: string): Host {
    const host = this.hosts.get(origin) ?? this.open(origin);
    if (host.active >= this.options.requestsPerHost) {
      throw new RemoteError('busy', `Too many requests to ${origin} are waiting.`);
    }
    this.hosts.delete(origin);
    this.hosts.set(origin, host);
    return host;
  }

  private open(origin: string): Host {
    if (this.hosts.size >= this.options.maxHosts) this.makeRoom();
    const { connectionsPerHost, maxHeaderBytes, headersTimeout, bodyTimeout } = this.options;
    const pool = new Pool(origin, {
      connect: this.connect,
      connections: connectionsPerHost,
      maxHeaderSize: maxHeaderBytes,
      headersTimeout,
      bodyTimeout,
    });
    return { pool, active: 0 };
  }

  private makeRoom(): void {
    for (const [origin, { pool, active }] of this.hosts) {
      if (active > 0) continue;
      this.hosts.delete(origin);
      void pool.destroy();
      return;
    }
    throw new RemoteError('busy', 'Too many hosts are asked at once.');
  }
}
