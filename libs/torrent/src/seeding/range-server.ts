import type { IncomingMessage, ServerResponse } from 'node:http';
import { BufferPool, SMALL_BUFFER } from './buffer-pool.js';
import { parseRange } from './byte-range.js';
import { allowsRange, isKnown } from './entity-tags.js';

/** Something with bytes at positions. */
export interface RangeSource {
  readonly size: number;
  /** Reads up to `buffer.length` bytes from `position`; answers how many. */
  read(buffer: Buffer, position: number): Promise<number>;
}

export interface RangeAnswer {
  /** Strong entity tag, with its quotes. */
  etag: string;
  headers: Record<string, string>;
  /** Called with each number of bytes that left for the client. */
  onSent?: (bytes: number) => void;
}

export interface RangeServerOptions {
  /** Bytes per read and write to a client that keeps up. */
  readSize: number;
  /** Bytes of memory for these; whoever comes when it is used up is served in pieces of 64 KiB. */
  memory: number;
  /** Milliseconds after which a client that takes nothing is cut off. */
  stalledAfter: number;
}

/** A write that takes longer was not waited for by the client: its next ones are small. */
const SLOW_WRITE_MS = 500;

/**
 * Serves byte ranges with as little work as possible: large reads into buffers that are used again, never more than one
 * buffer per client however slow it is.
 */
export class RangeServer {
  private readonly pool: BufferPool;
  /** Responses under way, with when each last took something. */
  private readonly active = new Map<ServerResponse, number>();
  private readonly sweep: NodeJS.Timeout;

  constructor(private readonly options: RangeServerOptions) {
    this.pool = new BufferPool(options.readSize, Math.floor(options.memory / options.readSize));
    this.sweep = setInterval(() => this.cutStalled(), options.stalledAfter / 2).unref();
  }

  /** Answers 200, 206, 304 or 416 and resolves when that is done or the client has gone. */
  async serve(
    request: IncomingMessage,
    response: ServerResponse,
    source: RangeSource,
    { etag, headers: given, onSent }: RangeAnswer,
  ): Promise<void> {
    const { size } = source;
    const headers: Record<string, string | number> = { ...given, etag, 'accept-ranges': 'bytes' };
    if (isKnown(request.headers['if-none-match'], etag)) {
      response.writeHead(304, headers).end();
      return;
    }
    const asked = allowsRange(request.headers['if-range'], etag) ? request.headers.range : undefined;
    const range = parseRange(asked, size);
    if (range === null) {
      Object.assign(headers, { 'content-range': `bytes */${size}`, 'content-length': 0 });
      response.writeHead(416, { ...headers, 'cache-control': 'no-store' }).end();
      return;
    }
    const { start, end } = range ?? { start: 0, end: size - 1 };
    headers['content-length'] = end - start + 1;
    if (range) headers['content-range'] = `bytes ${start}-${end}/${size}`;
    response.writeHead(range ? 206 : 200, headers);
    if (request.method === 'HEAD' || size === 0) {
      response.end();
      return;
    }
    this.active.set(response, Date.now());
    await this.send(response, source, start, end + 1, onSent).finally(() => this.active.delete(response));
  }

  /** Cuts off whoever is being served, and stops. */
  close(): void {
    clearInterval(this.sweep);
    for (const response of this.active.keys()) response.destroy();
  }

  private async send(
    response: ServerResponse,
    source: RangeSource,
    start: number,
    end: number,
    onSent?: (bytes: number) => void,
  ): Promise<void> {
    let position = start;
    let slow = false;
    while (position < end && !response.destroyed) {
      const left = end - position;
      const buffer = this.pool.take(slow ? SMALL_BUFFER : left);
      const length = await this.fill(response, source, buffer, position, left);
      position += length;
      // Shorter than it said: the file is broken, and an open response would look whole.
      if (length === 0) response.destroy();
      const begun = Date.now();
      const sent = await this.write(response, buffer.subarray(0, length), position >= end);
      this.pool.give(buffer, sent);
      if (!sent) return;
      onSent?.(length);
      const now = Date.now();
      slow = now - begun > SLOW_WRITE_MS;
      this.active.set(response, now);
    }
  }

  private async fill(
    response: ServerResponse,
    source: RangeSource,
    buffer: Buffer,
    position: number,
    left: number,
  ): Promise<number> {
    try {
      return await source.read(left < buffer.length ? buffer.subarray(0, left) : buffer, position);
    } catch (error) {
      this.pool.give(buffer, false);
      response.destroy();
      throw error;
    }
  }

  /** Resolves when the bytes have left for the socket; false when the client has gone. */
  private write(response: ServerResponse, chunk: Buffer, last: boolean): Promise<boolean> {
    return new Promise((resolve) => {
      if (response.destroyed) {
        resolve(false);
        return;
      }
      const gone = () => resolve(false);
      response.once('close', gone);
      response.write(chunk, (error) => {
        response.removeListener('close', gone);
        resolve(!error);
      });
      if (last) response.end();
    });
  }

  private cutStalled(): void {
    const before = Date.now() - this.options.stalledAfter;
    for (const [response, lastTaken] of this.active) if (lastTaken < before) response.destroy();
  }
}
