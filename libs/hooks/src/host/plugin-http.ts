export interface HttpOptions {
  /** Beside those of the server itself, which stay. */
  headers?: Readonly<Record<string, string>>;
  /** Milliseconds for all of it. At most, and left out: what the instance's configuration lets. */
  timeoutMs?: number;
  /** Bytes of the answer, decoded. At most, and left out: what the instance's configuration lets. */
  maxBytes?: number;
  signal?: AbortSignal;
}

export interface HttpAnswer {
  /** Any, also 404 and 500. */
  readonly status: number;
  /** In small letters; of one that was repeated, the first. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * Port: asks other servers, as the instance itself does: https only, no private addresses after DNS and after every redirect,
 * within limits of time and size. Everything that comes back may be hostile.
 */
export abstract class PluginHttp {
  /** Follows redirects. @throws PluginHttpError */
  abstract get(url: string, options?: HttpOptions): Promise<HttpAnswer>;

  /** Follows no redirect. @throws PluginHttpError */
  abstract post(url: string, body: string | Uint8Array, options?: HttpOptions): Promise<HttpAnswer>;
}

/**
 * `refused`: such a URL is never asked. `unreachable`: no answer, or none to be understood. `too_large`, `timeout`: a limit.
 * `aborted`: by the signal.
 */
export type PluginHttpErrorCode = 'refused' | 'unreachable' | 'too_large' | 'timeout' | 'aborted';

export class PluginHttpError extends Error {
  constructor(
    readonly code: PluginHttpErrorCode,
    message: string,
    /** Whether the same may be answered another time. */
    readonly retryable: boolean,
  ) {
    super(message);
    this.name = new.target.name;
  }
}
