import { ApiError, toApiError } from '../api/api-error';
import type { Credentials } from '../api/credentials';
import type { UploadedVideo } from '../api/types';

const PATH = '/api/v1/videos/upload-resumable';

/** What begins an upload; the same file with the same fields continues the upload that was begun. */
export interface UploadStart {
  name: string;
  channelId: number;
  privacy: number;
  filename: string;
  /** Milliseconds since 1970. */
  lastModified: number;
}

/** How many bytes the server has, or the video when it has them all. */
export type Received = { received: number } | UploadedVideo;

/** PeerTube's resumable protocol, one request a method. Each throws ApiError; an aborted one throws `AbortError`. */
export interface UploadTransport {
  start(
    start: UploadStart,
    size: number,
    type: string,
    signal: AbortSignal,
  ): Promise<Received & { url: string }>;
  /** Sends `bytes`, which begin at byte `first` of `total`; `onProgress` hears how many of them have gone out. */
  send(
    url: string,
    bytes: Blob,
    first: number,
    total: number,
    onProgress: (sent: number) => void,
    signal: AbortSignal,
  ): Promise<Received>;
  probe(url: string, total: number, signal: AbortSignal): Promise<Received>;
  cancel(url: string): Promise<void>;
}

interface Exchange {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: Blob | string;
  onProgress?: (sent: number) => void;
  signal?: AbortSignal;
}

/** `fetch` does not tell how much of a body has gone out; XMLHttpRequest does. */
export class XhrTransport implements UploadTransport {
  constructor(private readonly credentials: Credentials) {}

  async start(start: UploadStart, size: number, type: string, signal: AbortSignal) {
    const request = await this.ask({
      method: 'POST',
      url: PATH,
      headers: {
        'content-type': 'application/json',
        'x-upload-content-length': String(size),
        'x-upload-content-type': type,
      },
      body: JSON.stringify(start),
      signal,
    });
    return { ...received(request), url: request.getResponseHeader('location') ?? '' };
  }

  async send(
    url: string,
    bytes: Blob,
    first: number,
    total: number,
    onProgress: (sent: number) => void,
    signal: AbortSignal,
  ): Promise<Received> {
    const range = `bytes ${first}-${first + bytes.size - 1}/${total}`;
    return received(
      await this.ask({
        method: 'PUT',
        url,
        headers: { 'content-range': range, 'content-type': 'application/octet-stream' },
        body: bytes,
        onProgress,
        signal,
      }),
    );
  }

  async probe(url: string, total: number, signal: AbortSignal): Promise<Received> {
    const headers = { 'content-range': `bytes */${total}` };
    return received(await this.ask({ method: 'PUT', url, headers, signal }));
  }

  async cancel(url: string): Promise<void> {
    await this.ask({ method: 'DELETE', url });
  }

  private async ask(exchange: Exchange): Promise<XMLHttpRequest> {
    const token = this.credentials.access;
    let request = await exchangeOnce(exchange, token);
    if (request.status === 401 && token)
      request = await exchangeOnce(exchange, await this.credentials.renew(token));
    if (request.status !== 308 && (request.status < 200 || request.status > 299))
      throw toApiError(request.status, request.responseText, request.getResponseHeader('retry-after'));
    return request;
  }
}

function received(request: XMLHttpRequest): Received {
  if (request.status === 200 && request.responseText)
    return JSON.parse(request.responseText) as UploadedVideo;
  const range = /^bytes=0-(\d+)$/.exec(request.getResponseHeader('range') ?? '');
  return { received: range ? Number(range[1]) + 1 : 0 };
}

function exchangeOnce(
  { method, url, headers, body, onProgress, signal }: Exchange,
  token: string | null,
): Promise<XMLHttpRequest> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers ?? {})) request.setRequestHeader(name, value);
    if (token) request.setRequestHeader('authorization', `Bearer ${token}`);
    if (onProgress) request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onload = () => resolve(request);
    request.onerror = () => reject(ApiError.unreachable());
    request.onabort = () => reject(new DOMException('The upload was interrupted.', 'AbortError'));
    request.onloadend = () => signal?.removeEventListener('abort', abort);
    signal?.addEventListener('abort', abort);
    if (signal?.aborted) reject(new DOMException('The upload was interrupted.', 'AbortError'));
    else request.send(body);
  });
}
