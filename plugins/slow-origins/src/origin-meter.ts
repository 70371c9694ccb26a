import { Injectable } from '@nestjs/common';
import { PluginHttp, PluginHttpError, PluginSettings } from '@vidiverse/hooks';
import type { OriginFile } from './origin-file.js';
import type { Settings } from './settings.js';

const KIB = 1024;
/** Characters of a problem that is kept. */
const MAX_PROBLEM = 300;

export interface Measure {
  /** Bytes per second; null: it came to nothing. */
  speed: number | null;
  /** Why it did. */
  problem: string | null;
  /** Whether a viewer would have got nothing either: it is slower than slow. */
  failed: boolean;
}

/** The origin has answered with something else than the bytes; the message is for administrators. */
class OtherAnswer extends Error {
  constructor(
    message: string,
    readonly failed: boolean,
  ) {
    super(message);
  }
}

/** How fast an origin gives a piece of a file, by one connection. */
@Injectable()
export class OriginMeter {
  constructor(
    private readonly settings: PluginSettings<Settings>,
    private readonly http: PluginHttp,
  ) {}

  /** @throws the signal's reason, when the server stops meanwhile */
  async measure({ url, size }: OriginFile, signal: AbortSignal): Promise<Measure> {
    const length = Math.min(size, this.settings.get().sampleKib * KIB);
    // Anywhere: beginnings are what caches in between have.
    const start = Math.floor(Math.random() * (size - length + 1));
    try {
      // Looking up the name and greeting take long where a long way is between, and say nothing of the line's width.
      await this.fetch(url, 0, 1, signal);
      const began = performance.now();
      await this.fetch(url, start, length, signal);
      const milliseconds = Math.max(performance.now() - began, 1);
      return { speed: Math.round((length / milliseconds) * 1000), problem: null, failed: false };
    } catch (error) {
      signal.throwIfAborted();
      return { speed: null, ...problemOf(error) };
    }
  }

  private async fetch(url: string, start: number, length: number, signal: AbortSignal): Promise<void> {
    const { status, body } = await this.http.get(url, {
      headers: { range: `bytes=${start}-${start + length - 1}` },
      timeoutMs: this.settings.get().timeoutSeconds * 1000,
      maxBytes: length,
      signal,
    });
    if (status !== 206) throw new OtherAnswer(`It answers with status ${status}.`, isOverloaded(status));
    if (body.byteLength !== length)
      throw new OtherAnswer(`It gave ${body.byteLength} of ${length} bytes.`, false);
  }
}

const isOverloaded = (status: number) => status >= 500 || status === 429;

function problemOf(error: unknown): Pick<Measure, 'problem' | 'failed'> {
  if (error instanceof OtherAnswer) return { problem: error.message, failed: error.failed };
  if (!(error instanceof PluginHttpError)) throw error;
  // The others are about the address, or the size of what a server sends that knows no ranges.
  const failed = error.code === 'timeout' || error.code === 'unreachable';
  return { problem: error.message.slice(0, MAX_PROBLEM), failed };
}
