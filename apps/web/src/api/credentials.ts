import { ApiError, toApiError } from './api-error';
import type { OAuthClient, OAuthToken } from './types';

const KEY = 'vidiverse.tokens';

interface Tokens {
  access: string;
  refresh: string;
}

/**
 * The tokens of this browser (OAuth2 password and refresh grants), kept in `storage` and shared by its tabs.
 * A refresh token works once: renewals are single flight, across tabs too where the browser has locks.
 */
export class Credentials {
  private renewal: Promise<string | null> | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly storage: Storage,
    private readonly fetcher: typeof fetch,
    private readonly locks: LockManager | undefined,
  ) {}

  get access(): string | null {
    return this.read()?.access ?? null;
  }

  /** @throws ApiError with code `invalid_grant` for a wrong name or password, status 429 after too many tries. */
  async login(username: string, password: string): Promise<void> {
    this.write(await this.grant({ grant_type: 'password', username, password }));
  }

  /**
   * A token newer than `used`, which the server refused; null when the login has ended.
   * @throws ApiError when the server cannot be asked: the login may still be good.
   */
  renew(used: string): Promise<string | null> {
    this.renewal ??= this.locked(() => this.renewNow(used)).finally(() => (this.renewal = null));
    return this.renewal;
  }

  clear(): void {
    this.storage.removeItem(KEY);
    this.tell();
  }

  /** Calls back when the tokens of this tab or, through `storage` events, of another changed. */
  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** To be called with the window's `storage` events. */
  changedElsewhere(event: StorageEvent): void {
    if (event.key === KEY) this.tell();
  }

  private async renewNow(used: string): Promise<string | null> {
    const tokens = this.read();
    if (!tokens) return null;
    if (tokens.access !== used) return tokens.access;
    try {
      this.write(await this.grant({ grant_type: 'refresh_token', refresh_token: tokens.refresh }));
      return this.access;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status < 400 || error.status >= 500 || error.status === 429)
        throw error;
      this.clear();
      return null;
    }
  }

  private async grant(fields: Record<string, string>): Promise<OAuthToken> {
    const client = await this.ask<OAuthClient>('/api/v1/oauth-clients/local');
    return this.ask<OAuthToken>('/api/v1/users/token', {
      method: 'POST',
      body: new URLSearchParams({ ...client, ...fields }),
    });
  }

  private async ask<T>(path: string, init?: RequestInit): Promise<T> {
    const response = await this.fetcher(path, init).catch(() => {
      throw ApiError.unreachable();
    });
    if (!response.ok)
      throw toApiError(response.status, await response.text(), response.headers.get('retry-after'));
    return (await response.json()) as T;
  }

  private locked<T>(work: () => Promise<T>): Promise<T> {
    return this.locks ? (this.locks.request(KEY, work) as Promise<T>) : work();
  }

  private read(): Tokens | null {
    try {
      return JSON.parse(this.storage.getItem(KEY) ?? 'null') as Tokens | null;
    } catch {
      return null;
    }
  }

  private write({ access_token: access, refresh_token: refresh }: OAuthToken): void {
    this.storage.setItem(KEY, JSON.stringify({ access, refresh } satisfies Tokens));
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
