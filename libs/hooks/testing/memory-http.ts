import { type HttpAnswer, type HttpOptions, PluginHttp, PluginHttpError } from '../src/host/plugin-http.js';

export interface AskedRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** What a server says: a body, a status, or both; an error is thrown. */
export type Scripted = string | { status: number; body?: string } | Error;

/** The port without a network: `answer` says what each request is answered; what it does not answer is unreachable. */
export class MemoryHttp extends PluginHttp {
  readonly asked: AskedRequest[] = [];

  constructor(public answer: (request: AskedRequest) => Scripted | undefined = () => undefined) {
    super();
  }

  get(url: string, options: HttpOptions = {}): Promise<HttpAnswer> {
    return this.ask({ method: 'GET', url, headers: options.headers ?? {}, body: null }, options);
  }

  post(url: string, body: string | Uint8Array, options: HttpOptions = {}): Promise<HttpAnswer> {
    const text = Buffer.from(body).toString();
    return this.ask({ method: 'POST', url, headers: options.headers ?? {}, body: text }, options);
  }

  private async ask(
    request: AskedRequest,
    { maxBytes = Infinity, signal }: HttpOptions,
  ): Promise<HttpAnswer> {
    const { url } = request;
    if (!/^https?:\/\/./.test(url)) throw new PluginHttpError('refused', `${url} is not asked.`, false);
    if (signal?.aborted) throw new PluginHttpError('aborted', `${url} was not asked in the end.`, true);
    this.asked.push(request);
    const said = this.answer(request);
    if (said === undefined) throw new PluginHttpError('unreachable', `${url} does not answer.`, true);
    if (said instanceof Error) throw said;
    const { status, body = '' } = typeof said === 'string' ? { status: 200, body: said } : said;
    const bytes = Buffer.from(body);
    if (bytes.length > maxBytes)
      throw new PluginHttpError('too_large', `${url} answers more than ${maxBytes} bytes.`, false);
    return { status, headers: {}, body: bytes };
  }
}
