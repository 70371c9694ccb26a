import { type ExchangeAnswer } from './exchanges.js';
import { RemoteError } from './remote-error.js';
import { parseRemoteUrl } from './remote-url.js';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

const refuse = (why: string) => new RemoteError('redirect_refused', `The redirect is not followed: ${why}.`);

/** The way of one GET over its redirects; every hop is checked like the first. */
export class Trail {
  private readonly seen = new Set<string>();
  private at: URL;

  constructor(
    text: string,
    private readonly maxHops: number,
    private readonly allowPrivate: boolean,
  ) {
    this.at = parseRemoteUrl(text, allowPrivate);
    this.seen.add(this.at.href);
  }

  get url(): URL {
    return this.at;
  }

  /** Goes on when the answer says so; false when it is the final one. */
  follow({ status, headers }: Pick<ExchangeAnswer, 'status' | 'headers'>): boolean {
    if (!REDIRECTS.has(status)) return false;
    const { location } = headers;
    if (!location) throw refuse('it says not where to');
    const next = parseRemoteUrl(location, this.allowPrivate, this.at.href);
    if (this.at.protocol === 'https:' && next.protocol !== 'https:') throw refuse('it leaves https');
    if (this.seen.has(next.href)) throw refuse('it leads in a circle');
    if (this.seen.size > this.maxHops) throw refuse(`there were ${this.maxHops} before it`);
    this.seen.add(next.href);
    this.at = next;
    return true;
  }
}
