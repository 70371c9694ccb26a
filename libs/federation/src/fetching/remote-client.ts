import { type JsonObject, readJson } from '../vocabulary/read-json.js';
import { withDeadline } from './deadline.js';
import { type ExchangeAnswer, Exchanges } from './exchanges.js';
import { DEFAULT_FETCH_LIMITS, type FetchLimits, type RemoteClientOptions } from './fetch-options.js';
import { publicResolver, systemResolver } from './host-resolver.js';
import { ACCEPT_DOCUMENT, essenceOf, isActivityJson, wrongType } from './media-types.js';
import { ACCEPT_ENCODING, readBeginning, readBody } from './read-body.js';
import { type RangeOptions, readRange } from './read-range.js';
import { Trail } from './redirects.js';
import { RemoteError } from './remote-error.js';
import { parseRemoteUrl } from './remote-url.js';
import {
  type AnswerOptions,
  type FetchOptions,
  type PostAnswer,
  type RemoteAnswer,
  type RemoteBytes,
  type RemoteDocument,
} from './remote-answers.js';
import { readRetryAfter } from './retry-after.js';

/** The one client for whatever this server asks of others. */
export class RemoteClient {
  private readonly limits: FetchLimits;
  private readonly allowPrivate: boolean;
  private readonly userAgent: string;
  private readonly exchanges: Exchanges;

  constructor(options: RemoteClientOptions) {
    this.limits = { ...DEFAULT_FETCH_LIMITS, ...options.limits };
    this.allowPrivate = options.allowPrivatePeers ?? false;
    this.userAgent = `Vidiverse/${options.version} (+${options.instanceUrl})`;
    this.exchanges = new Exchanges(this.limits, {
      resolve: options.resolve ?? (this.allowPrivate ? systemResolver() : publicResolver()),
      allowPrivatePeers: this.allowPrivate,
    });
  }

  /** An ActivityPub object. */
  async getDocument(url: string, options: FetchOptions & { accept?: string } = {}): Promise<RemoteDocument> {
    return this.get(url, options.accept ?? ACCEPT_DOCUMENT, options, async (answer, finalUrl) => {
      const type = answer.headers['content-type'];
      if (!isActivityJson(type)) throw wrongType(type);
      const bytes = await readBody(answer.headers, answer.body, this.limits.document.maxBytes);
      return { url: finalUrl, json: this.parse(bytes), etag: answer.headers.etag };
    });
  }

  /** A file of one of these types, at most so large. */
  async getBytes(
    url: string,
    options: FetchOptions & { maxBytes: number; types: string[] },
  ): Promise<RemoteBytes> {
    return this.get(url, options.types.join(', '), options, async ({ headers, body }, finalUrl) => {
      const type = essenceOf(headers['content-type']);
      if (!options.types.includes(type)) throw wrongType(type);
      const bytes = await readBody(headers, body, options.maxBytes);
      return { url: finalUrl, bytes, type, etag: headers.etag };
    });
  }

  /** Whatever is answered there, of any type and status; redirects are followed. */
  async getAnswer(url: string, options: AnswerOptions): Promise<RemoteAnswer> {
    const { headers = {}, maxBytes, deadline = Infinity, signal: outer } = options;
    const trail = new Trail(url, this.limits.redirects, this.allowPrivate);
    return withDeadline(Math.min(deadline, this.limits.deadline), outer, async (signal) => {
      for (;;) {
        const target = trail.url;
        const sent = this.headers({ accept: '*/*', ...headers, 'accept-encoding': ACCEPT_ENCODING });
        const found = await this.exchanges.ask(
          { method: 'GET', url: target, headers: sent, signal },
          async (answer) => {
            if (trail.follow(answer)) return undefined;
            const body = await readBody(answer.headers, answer.body, maxBytes);
            return { url: target.href, status: answer.status, headers: answer.headers, body };
          },
        );
        if (found) return found;
      }
    });
  }

  /**
   * Some bytes of a file, which are handed on as they come and never kept here. A redirect is not followed: who offers a
   * file serves it. Answers the size of the whole file, when it is said.
   */
  async getRange(
    url: string,
    { deadline, signal: outer, budget, ...range }: RangeOptions,
  ): Promise<number | null> {
    const target = parseRemoteUrl(url, this.allowPrivate);
    const headers = this.headers({
      accept: '*/*',
      'accept-encoding': 'identity',
      range: `bytes=${range.start}-${range.end}`,
    });
    return withDeadline(deadline ?? this.limits.deadline, outer, (signal) =>
      this.exchanges.ask({ method: 'GET', url: target, headers, signal, budget }, (answer) => {
        if (answer.status !== 200 && answer.status !== 206) throw badStatus(target, answer);
        return readRange(answer, range);
      }),
    );
  }

  /** Sends a message. Whatever the status, it is an answer; a redirect is not followed. */
  async post(
    url: string,
    body: string | Uint8Array,
    headers: Record<string, string>,
    { budget, signal: outer }: Pick<FetchOptions, 'budget' | 'signal'> = {},
  ): Promise<PostAnswer> {
    const target = parseRemoteUrl(url, this.allowPrivate);
    const request = { method: 'POST' as const, url: target, headers: this.headers(headers), body, budget };
    let answered: PostAnswer | undefined;
    const send = (signal: AbortSignal) =>
      this.exchanges.ask({ ...request, signal }, async (answer) => {
        const { 'retry-after': retryAfter, date } = answer.headers;
        answered = {
          status: answer.status,
          retryAfter: readRetryAfter(retryAfter),
          date: readDate(date),
          headers: answer.headers,
          body: Buffer.alloc(0),
        };
        return { ...answered, body: await readBeginning(answer.body, this.limits.answerBytes) };
      });
    return withDeadline(this.limits.deadline, outer, send).catch((error: unknown) => {
      // Whoever has said that the message arrived, and then says no more, need not be sent it again.
      if (answered) return answered;
      throw error;
    });
  }

  /** Where a host's own documents may be asked for: by https, and among private peers by http when that fails. */
  originsOf(host: string): string[] {
    const schemes = this.allowPrivate ? ['https', 'http'] : ['https'];
    return schemes.map((scheme) => parseRemoteUrl(`${scheme}://${host}/`, this.allowPrivate).origin);
  }

  /** Cuts off what is under way. */
  close(): Promise<void> {
    return this.exchanges.close();
  }

  private get<T>(
    url: string,
    accept: string,
    { sign, budget, signal: outer }: FetchOptions,
    read: (answer: ExchangeAnswer, finalUrl: string) => Promise<T>,
  ): Promise<T> {
    const trail = new Trail(url, this.limits.redirects, this.allowPrivate);
    return withDeadline(this.limits.deadline, outer, async (signal) => {
      for (;;) {
        const target = trail.url;
        const signed = (await sign?.({ method: 'GET', url: target.href })) ?? {};
        const headers = this.headers({ ...signed, accept, 'accept-encoding': ACCEPT_ENCODING });
        const found = await this.exchanges.ask(
          { method: 'GET', url: target, headers, signal, budget },
          async (answer) => {
            if (trail.follow(answer)) return undefined;
            if (answer.status !== 200) throw badStatus(target, answer);
            return { value: await read(answer, target.href) };
          },
        );
        if (found) return found.value;
      }
    });
  }

  private headers(given: Record<string, string>): Record<string, string> {
    const named = Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]);
    const { host: _fromUrl, ...headers } = Object.fromEntries(named) as Record<string, string>;
    return { ...headers, 'user-agent': this.userAgent };
  }

  private parse(bytes: Buffer): JsonObject {
    try {
      return readJson(bytes, this.limits.document);
    } catch (cause) {
      throw new RemoteError('malformed', `The document cannot be read: ${(cause as Error).message}.`, {
        cause,
      });
    }
  }
}

function readDate(header: string | undefined): Date | undefined {
  const date = new Date(header ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function badStatus(url: URL, { status, headers }: ExchangeAnswer): RemoteError {
  const retryAfter = readRetryAfter(headers['retry-after']);
  return new RemoteError('bad_status', `${url.origin} answered ${status}.`, { status, retryAfter });
}
