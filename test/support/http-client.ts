/** A problem document (RFC 9457) as the API answers it. */
export interface Problem {
  type?: string;
  status?: number;
  code?: string;
  detail?: string;
  error?: string;
  'invalid-params'?: Record<string, { msg: string }>;
}

/** An answer other than 2xx. */
export class RequestFailedError extends Error {
  constructor(
    what: string,
    readonly status: number,
    readonly problem: Problem,
    readonly headers: Headers,
  ) {
    super(`${what}: ${status} ${problem.code ?? ''} ${problem.detail ?? ''}`);
    this.name = new.target.name;
  }
}

export interface RequestOptions {
  query?: Record<string, string | number | boolean | undefined>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as a form (`application/x-www-form-urlencoded`). */
  form?: Record<string, string>;
  /** Sent as it is. */
  body?: string | Uint8Array | FormData;
  headers?: Record<string, string>;
}

export interface Answer<T> {
  status: number;
  headers: Headers;
  /** Parsed when it is JSON, the text otherwise. */
  body: T;
}

/** Real HTTP to one instance, with the access token once there is one. */
export class HttpClient {
  /** Access token; null for a visitor. */
  token: string | null = null;

  constructor(readonly address: string) {}

  /** The answer whatever its status. `path` begins with a slash. */
  async ask<T = Problem>(
    method: string,
    path: string,
    { query = {}, json, form, body, headers = {} }: RequestOptions = {},
  ): Promise<Answer<T>> {
    const url = new URL(this.address + path);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, String(value));
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: json !== undefined ? JSON.stringify(json) : form ? new URLSearchParams(form) : (body as BodyInit),
    });
    const text = await response.text();
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '') && text !== '';
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as T,
    };
  }

  /** The body of a 2xx answer. @throws RequestFailedError for any other. */
  async call<T = void>(method: string, path: string, options?: RequestOptions): Promise<T> {
    const { status, headers, body } = await this.ask<T>(method, path, options);
    if (status >= 200 && status < 300) return body;
    throw new RequestFailedError(`${method} ${path}`, status, body as Problem, headers);
  }
}
