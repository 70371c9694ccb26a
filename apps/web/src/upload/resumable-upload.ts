import { ApiError } from '../api/api-error';
import type { UploadedVideo } from '../api/types';
import { adaptedSize, CHUNKS, nextChunk, smallerSize } from './chunk-plan';
import { RateMeter } from './rate-meter';
import type { Received, UploadStart, UploadTransport } from './upload-transport';

const BACK_OFF_MS = { first: 1000, most: 30_000 };
/** A server that answers with errors so many times in a row is not going to recover by itself. No answer at all is waited out. */
const MOST_SERVER_ERRORS = 10;
const TEMPORARY = new Set([0, 404, 408, 409, 425, 429, 500, 502, 503, 504, 507]);

export interface UploadState {
  /** `held`: all but the end is on the server; `waiting`: for the next try after a lost connection. */
  phase: 'sending' | 'waiting' | 'paused' | 'held' | 'finishing';
  /** Bytes. */
  sent: number;
  total: number;
  /** Bytes per second; 0 until it can be told. */
  rate: number;
  /** Why it waits. */
  problem: ApiError | null;
}

export interface UploadOptions {
  /** Largest chunk in bytes; 0 is no limit. */
  maxChunkSize: number;
  /** Resolves after so many milliseconds, or earlier when it is worth trying again, or when `signal` aborts. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds. */
  now: () => number;
  onChange: (state: UploadState) => void;
}

/** Sends one file in chunks until the server has made a video of it. Survives lost connections; the server's count is the truth. */
export class ResumableUpload {
  private url = '';
  private size = CHUNKS.first;
  private failures = 0;
  private released = false;
  private paused = false;
  /** Ends what is under way: a request, or a wait. */
  private step = new AbortController();
  private cancelled = false;
  private readonly meter = new RateMeter();
  private state: UploadState;

  constructor(
    private readonly file: Blob,
    private readonly start: UploadStart,
    private readonly transport: UploadTransport,
    private readonly options: UploadOptions,
  ) {
    this.state = { phase: 'sending', sent: 0, total: file.size, rate: 0, problem: null };
  }

  /** Where the chunks go; empty before the server has said so. */
  get address(): string {
    return this.url;
  }

  /** @throws ApiError when the server refuses the file for good, `AbortError` after `cancel`. May be called again after an ApiError. */
  async run(): Promise<UploadedVideo> {
    this.failures = 0;
    let known: Received | null = null;
    for (;;) {
      this.throwIfCancelled();
      try {
        known ??= await this.ask();
        if ('video' in known) return known;
        known = await this.advance(known.received);
      } catch (error) {
        known = null;
        await this.recover(error);
      }
    }
  }

  pause(): void {
    this.paused = true;
    this.interrupt();
    this.tell({ phase: 'paused', rate: 0 });
  }

  resume(): void {
    this.paused = false;
    this.interrupt();
  }

  /** Lets the end of the file go: the video comes into being. */
  release(): void {
    this.released = true;
    if (this.state.phase === 'held') this.interrupt();
  }

  /** Gives up, here and on the server. */
  async cancel(): Promise<void> {
    this.cancelled = true;
    this.interrupt();
    if (this.url) await this.transport.cancel(this.url);
  }

  /** What the server has: asked anew after every failure. */
  private async ask(): Promise<Received> {
    await this.gate();
    if (this.url) return this.transport.probe(this.url, this.file.size, this.step.signal);
    const { signal } = this.step;
    const { url, ...received } = await this.transport.start(
      this.start,
      this.file.size,
      this.file.type,
      signal,
    );
    this.url = url;
    return received;
  }

  private async advance(received: number): Promise<Received> {
    await this.gate();
    const total = this.file.size;
    const chunk = nextChunk(received, total, this.size, this.released);
    if (!chunk) {
      // Taken before it is told: who hears it may release or cancel at once.
      const { signal } = this.step;
      this.tell({ phase: 'held', sent: received, rate: 0, problem: null });
      await this.options.wait(Number.POSITIVE_INFINITY, signal);
      return { received };
    }
    const begun = this.options.now();
    const progress = (sent: number) => {
      this.meter.add(received + sent, this.options.now());
      const isAll = received + sent >= total;
      this.tell({
        phase: isAll ? 'finishing' : 'sending',
        sent: Math.min(received + sent, total),
        rate: this.meter.rate,
        problem: null,
      });
    };
    progress(0);
    const bytes = this.file.slice(chunk.start, chunk.end);
    const answer = await this.transport.send(this.url, bytes, chunk.start, total, progress, this.step.signal);
    this.failures = 0;
    this.size = adaptedSize(this.size, bytes.size, this.options.now() - begun, this.options.maxChunkSize);
    return answer;
  }

  /** Waits before the next try. @throws what cannot be mended by trying again */
  private async recover(error: unknown): Promise<void> {
    this.throwIfCancelled();
    // A pause, a resumption or a release ended the request on purpose.
    if (!(error instanceof ApiError)) {
      if (error instanceof DOMException && error.name === 'AbortError') return;
      throw error;
    }
    if (!TEMPORARY.has(error.status) || error.code === 'quota_reached') throw error;
    this.failures += 1;
    if (error.status !== 0 && this.failures > MOST_SERVER_ERRORS) throw error;
    // The server has forgotten the upload (it expires after a day): begin it anew.
    if (error.status === 404) this.url = '';
    this.meter.reset();
    this.size = smallerSize(this.size, this.options.maxChunkSize);
    const { signal } = this.step;
    this.tell({ phase: 'waiting', rate: 0, problem: error });
    const backOff = Math.min(BACK_OFF_MS.first * 2 ** (this.failures - 1), BACK_OFF_MS.most);
    await this.options.wait(error.retryAfter !== null ? error.retryAfter * 1000 : backOff, signal);
  }

  private async gate(): Promise<void> {
    while (this.paused && !this.cancelled)
      await this.options.wait(Number.POSITIVE_INFINITY, this.step.signal);
    this.throwIfCancelled();
  }

  private interrupt(): void {
    this.step.abort();
    this.step = new AbortController();
    this.meter.reset();
  }

  private throwIfCancelled(): void {
    if (this.cancelled) throw new DOMException('The upload was cancelled.', 'AbortError');
  }

  private tell(change: Partial<UploadState>): void {
    if (this.paused && change.phase !== 'paused') return;
    this.state = { ...this.state, ...change };
    this.options.onChange(this.state);
  }
}
