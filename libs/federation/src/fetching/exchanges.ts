import { type Readable } from 'node:stream';
import { type Dispatcher, type Pool } from 'undici';
import { type FetchBudget } from './fetch-budget.js';
import { type FetchLimits } from './fetch-options.js';
import { guardedConnector, type GuardedConnectorOptions } from './guarded-connector.js';
import { HostPools } from './host-pools.js';
import { asRemoteError } from './network-error.js';
import { type RemoteErrorCode } from './remote-error.js';
import { SilentHosts } from './silent-hosts.js';

export interface ExchangeRequest {
  method: 'GET' | 'POST';
  /** Already checked by parseRemoteUrl. */
  url: URL;
  headers: Record<string, string>;
  body?: string | Uint8Array;
  signal: AbortSignal;
  budget?: FetchBudget;
}

export interface ExchangeAnswer {
  status: number;
  headers: Record<string, string | undefined>;
  body: Readable;
}

/** What says that nobody is there, before any answer. */
const SILENCE = new Set<RemoteErrorCode>(['unresolved', 'unreachable', 'timeout', 'tls_failed']);

/** Single requests and their answers: connections, limits and memory of silent hosts, but no redirects. */
export class Exchanges {
  private readonly pools: HostPools;
  private readonly silent: SilentHosts;

  constructor(limits: FetchLimits, connector: Omit<GuardedConnectorOptions, 'connectTimeout'>) {
    this.pools = new HostPools(guardedConnector({ ...connector, connectTimeout: limits.connectTimeout }), {
      maxHosts: limits.hosts,
      connectionsPerHost: limits.connectionsPerHost,
      requestsPerHost: limits.requestsPerHost,
      maxHeaderBytes: limits.headerBytes,
      headersTimeout: limits.headersTimeout,
      bodyTimeout: limits.bodyTimeout,
    });
    this.silent = new SilentHosts(limits.silentFor, limits.silentHosts);
  }

  /** Asks, and lets `read` take what it wants of the answer; the rest of the body is not loaded. */
  async ask<T>(request: ExchangeRequest, read: (answer: ExchangeAnswer) => Promise<T>): Promise<T> {
    const { origin } = request.url;
    request.signal.throwIfAborted();
    request.budget?.take();
    // Deliveries have an order and a breaker of their own that says when a host is asked again.
    if (request.method === 'GET') this.silent.check(origin);
    return this.pools.use(origin, async (pool) => {
      const { statusCode, headers, body } = await this.open(pool, request);
      try {
        return await read({ status: statusCode, headers: singleHeaders(headers), body });
      } catch (error) {
        throw asRemoteError(error, origin);
      } finally {
        // Without a listener the destroyed rest of a body would end the process.
        body.on('error', () => undefined).destroy();
      }
    });
  }

  close(): Promise<void> {
    return this.pools.close();
  }

  private async open(pool: Pool, request: ExchangeRequest): Promise<Dispatcher.ResponseData> {
    const { url, method, headers, body, signal } = request;
    try {
      const answer = await pool.request({ path: url.pathname + url.search, method, headers, body, signal });
      this.silent.forget(url.origin);
      return answer;
    } catch (thrown) {
      const error = asRemoteError(thrown, url.origin);
      // A deadline of ours may have passed in the queue: that says nothing of the host.
      if (!signal.aborted && SILENCE.has(error.code)) this.silent.note(url.origin);
      throw error;
    }
  }
}

/** Of a header that came several times the first counts. */
function singleHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}
