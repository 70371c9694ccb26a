import { Injectable } from '@nestjs/common';
import { type RemoteAnswer, RemoteClient, RemoteError } from '@vidiverse/federation';
import {
  type HttpAnswer,
  type HttpOptions,
  PluginHttp,
  PluginHttpError,
  type PluginHttpErrorCode,
} from '@vidiverse/hooks';
import { Config } from '../../config/config.js';

/** What only the server itself says of a request. */
const OWN_HEADERS =
  /^(?:host|connection|content-length|transfer-encoding|user-agent|upgrade|te|trailer|expect)$/i;

const CODES: Partial<Record<RemoteError['code'], PluginHttpErrorCode>> = {
  url_refused: 'refused',
  address_refused: 'refused',
  redirect_refused: 'refused',
  too_large: 'too_large',
  timeout: 'timeout',
  aborted: 'aborted',
};

/** Other servers by the instance's guarded client, for plugins. */
@Injectable()
export class GuardedPluginHttp extends PluginHttp {
  constructor(
    private readonly client: RemoteClient,
    private readonly config: Config,
  ) {
    super();
  }

  get(url: string, { headers = {}, timeoutMs, maxBytes, signal }: HttpOptions = {}): Promise<HttpAnswer> {
    const most = this.config.plugins.maxAnswerSize;
    return translated(
      this.client.getAnswer(url, {
        headers: allowed(headers),
        maxBytes: Math.min(maxBytes ?? most, most),
        deadline: timeoutMs,
        signal,
      }),
    );
  }

  post(
    url: string,
    body: string | Uint8Array,
    { headers = {}, timeoutMs, signal }: HttpOptions = {},
  ): Promise<HttpAnswer> {
    const limits = [signal, timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)];
    const either = AbortSignal.any(limits.filter((limit) => limit !== undefined));
    return translated(this.client.post(url, body, allowed(headers), { signal: either }));
  }
}

const allowed = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN_HEADERS.test(name)));

type Answer = Pick<RemoteAnswer, 'status' | 'headers' | 'body'>;

async function translated(asking: Promise<Answer>): Promise<HttpAnswer> {
  try {
    const { status, headers, body } = await asking;
    const present = Object.entries(headers).filter(
      (header): header is [string, string] => header[1] !== undefined,
    );
    return { status, headers: Object.fromEntries(present), body };
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    throw new PluginHttpError(CODES[error.code] ?? 'unreachable', error.message, error.retryable);
  }
}
