import { ApiError, toApiError } from './api-error';
import type { Credentials } from './credentials';

export type Query = Record<string, string | number | boolean | undefined>;

export interface RequestOptions {
  query?: Query;
  /** Sent as JSON, or as the form it is. */
  body?: object | FormData;
  signal?: AbortSignal;
}

/** `path` with the query's defined values. */
export function withQuery(path: string, query: Query = {}): string {
  const defined = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return defined.length > 0 ? `${path}?${new URLSearchParams(defined).toString()}` : path;
}

/** Speaks to the REST API under `/api/v1` as the user of `credentials`; renews an expired token once and asks again. */
export class HttpClient {
  constructor(
    readonly credentials: Credentials,
    private readonly fetcher: typeof fetch,
  ) {}

  /** @throws ApiError for every answer but 2xx; an abort by `signal` throws its own `AbortError`. */
  async json<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    const response = await this.request(method, path, options);
    return (await response.json()) as T;
  }

  /** For answers without a body (204). @throws ApiError */
  async none(method: string, path: string, options: RequestOptions = {}): Promise<void> {
    await this.request(method, path, options);
  }

  /** The answer as it came. @throws ApiError as `json` */
  async request(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const token = this.credentials.access;
    let response = await this.send(method, path, options, token);
    if (response.status === 401 && token) {
      // Public answers are there for everyone: when the login has ended, ask as a visitor.
      const renewed = await this.credentials.renew(token);
      response = await this.send(method, path, options, renewed);
    }
    if (!response.ok)
      throw toApiError(response.status, await response.text(), response.headers.get('retry-after'));
    return response;
  }

  private async send(
    method: string,
    path: string,
    { query, body, signal }: RequestOptions,
    token: string | null,
  ): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (token) headers.authorization = `Bearer ${token}`;
    if (body && !(body instanceof FormData)) headers['content-type'] = 'application/json';
    try {
      return await this.fetcher(withQuery(`/api/v1/${path}`, query), {
        method,
        headers,
        body: body instanceof FormData ? body : body && JSON.stringify(body),
        signal,
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw ApiError.unreachable();
    }
  }
}
