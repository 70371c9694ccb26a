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

  get(url: string, { headers = {} }: HttpOptions = {}): Promise<HttpAnswer> {
    return this.ask({ method: 'GET', url, headers, body: null });
  }

  post(url: string, body: string | Uint8Array, { headers = {} }: HttpOptions = {}): Promise<HttpAnswer> {
    return this.ask({ method: 'POST', url, headers, body: Buffer.from(body).toString() });
  }

  private async ask(request: AskedRequest): Promise<HttpAnswer> {
    this.asked.push(request);
    const said = this.answer(request);
    if (said === undefined) throw new PluginHttpError('unreachable', `${request.url} does not answer.`, true);
    if (said instanceof Error) throw said;
    const { status, body = '' } = typeof said === 'string' ? { status: 200, body: said } : said;
    return { status, headers: {}, body: Buffer.from(body) };
  }
}
