import { type DocumentLimits } from '../vocabulary/read-json.js';
import { type HostResolver } from './host-resolver.js';

/** Milliseconds and bytes, unless said otherwise. */
export interface FetchLimits {
  /** For one request in all: names, redirects and the body included. */
  deadline: number;
  /** Name, connection and TLS. */
  connectTimeout: number;
  /** From the request to the end of the answer's headers. */
  headersTimeout: number;
  /** Between two pieces of a body. */
  bodyTimeout: number;
  headerBytes: number;
  /** What is read of the answer to a POST. */
  answerBytes: number;
  /** Of an ActivityPub document; `maxBytes` counts after decompression. */
  document: DocumentLimits;
  /** A number of hops. */
  redirects: number;
  connectionsPerHost: number;
  /** Under way or waiting for a connection. */
  requestsPerHost: number;
  /** With connections at the same time. */
  hosts: number;
  /** How long a host that did not answer is left alone. */
  silentFor: number;
  /** How many such hosts are remembered. */
  silentHosts: number;
}

export const DEFAULT_FETCH_LIMITS: FetchLimits = {
  deadline: 10_000,
  connectTimeout: 4_000,
  headersTimeout: 8_000,
  bodyTimeout: 5_000,
  headerBytes: 16 * 1024,
  answerBytes: 64 * 1024,
  document: { maxBytes: 1024 * 1024, maxDepth: 32, maxValues: 32_000, maxStringLength: 200_000 },
  redirects: 3,
  connectionsPerHost: 4,
  requestsPerHost: 64,
  hosts: 256,
  silentFor: 60_000,
  silentHosts: 2_000,
};

export interface RemoteClientOptions {
  /** Of this server, for the User-Agent. */
  version: string;
  /** Public base URL of this instance, for the User-Agent. */
  instanceUrl: string;
  /** Peers at loopback and private addresses and by http: for tests and the demo. */
  allowPrivatePeers?: boolean;
  limits?: Partial<FetchLimits>;
  /** Finds the addresses of a host. The name servers, or with private peers the system's lookup. */
  resolve?: HostResolver;
}
