import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  definePluginJob,
  InstanceInfo,
  PluginHttp,
  PluginHttpError,
  PluginJobs,
  PluginSettings,
} from '@vidiverse/hooks';
import { randomUUID } from 'node:crypto';
import type { Settings, Target } from './settings.js';
import { sign } from './sign.js';
import { Undelivered } from './undelivered.js';

/** After one minute, two, four, ... and then each hour: 30 tries take about a day. */
const ATTEMPTS = 30;
const FIRST_PAUSE_MS = 60_000;
/** The address is not there any more, and says that it will not be. */
const GONE = 410;
/** Characters of a problem that is kept. */
const MAX_PROBLEM = 300;

/** One event on its way to one address. The secret is not part of it: it is looked up when it is sent. */
export interface Message {
  /** The same for each try, so that who is told twice knows. */
  readonly id: string;
  readonly url: string;
  readonly event: string;
  /** JSON as it is sent. */
  readonly body: string;
}

const deliver = definePluginJob<{ [Field in keyof Message]: string }>({
  name: 'deliver',
  attempts: ATTEMPTS,
  retryDelayMs: FIRST_PAUSE_MS,
});

/** Tells addresses, again and again for a day. */
@Injectable()
export class Deliveries implements OnModuleInit {
  constructor(
    private readonly settings: PluginSettings<Settings>,
    private readonly jobs: PluginJobs,
    private readonly http: PluginHttp,
    private readonly undelivered: Undelivered,
    private readonly instance: InstanceInfo,
  ) {}

  onModuleInit(): void {
    this.jobs.process(deliver, ({ payload, attempts, signal }) => this.deliver(payload, attempts, signal));
  }

  /** Writes a message for each address that wants the event. */
  async tell(event: string, data: unknown): Promise<void> {
    const timestamp = new Date().toISOString();
    const wanting = this.settings
      .get()
      .targets.filter(({ events }) => events.length === 0 || events.includes(event));
    await Promise.all(
      wanting.map(({ url }) => {
        const body = JSON.stringify({ type: event, timestamp, instance: this.instance.url, data });
        return this.send({ id: `msg_${randomUUID()}`, url, event, body });
      }),
    );
  }

  async send({ id, url, event, body }: Message): Promise<void> {
    await this.jobs.add(deliver, { id, url, event, body }, { uniqueKey: id });
  }

  /** @throws Error when it is to be tried again */
  private async deliver(message: Message, failures: number, signal: AbortSignal): Promise<void> {
    const target = this.settings.get().targets.find(({ url }) => url === message.url);
    // An administrator has taken the address away meanwhile.
    if (!target) return;
    const problem = await this.problemOf(message, target, signal);
    if (problem === null) return;
    const attempts = failures + 1;
    if (problem.isFinal || attempts >= ATTEMPTS)
      await this.undelivered.put({
        ...message,
        ...{ gaveUpAt: new Date().toISOString(), attempts, problem: problem.text.slice(0, MAX_PROBLEM) },
      });
    else throw new Error(problem.text);
  }

  /** Null when it has arrived. */
  private async problemOf(
    { id, body }: Message,
    { url, secret }: Target,
    signal: AbortSignal,
  ): Promise<{ text: string; isFinal: boolean } | null> {
    const timestamp = Math.floor(Date.now() / 1000);
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': sign(secret, id, timestamp, body),
    };
    try {
      const timeoutMs = this.settings.get().timeoutSeconds * 1000;
      const { status } = await this.http.post(url, body, { headers, timeoutMs, signal });
      if (status >= 200 && status < 300) return null;
      return { text: `${url} answers with status ${status}.`, isFinal: status === GONE };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof PluginHttpError)) throw error;
      return { text: error.message, isFinal: error.code === 'refused' };
    }
  }
}
