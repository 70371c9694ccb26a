import { normalizeHost, webUrl } from '../vocabulary/urls.js';

/** An account, a channel or an instance by name: `name@host`. */
export interface Handle {
  name: string;
  /** As all comparisons see it: lower case, IDNA in ASCII, with the port when it is not the usual one. */
  host: string;
}

/** PeerTube's rule for names; Mastodon's are among them. */
const NAME = /^[\w.:-]{1,128}$/;

/** Reads `@name@host`, `name@host` and `acct:name@host`. Null for anything else. */
export function parseHandle(text: string): Handle | null {
  const [name, written, more] = text
    .trim()
    .replace(/^(?:acct:|@)/i, '')
    .split('@');
  if (!NAME.test(name) || !written || more !== undefined) return null;
  const host = normalizeHost(written);
  return host === null ? null : { name, host };
}

export const formatHandle = ({ name, host }: Handle): string => `${name}@${host}`;

/** RFC 7565. */
export const acctUri = (handle: Handle): string => `acct:${formatHandle(handle)}`;

/** Names are compared without case: servers answer in their own spelling. */
export function sameHandle(a: Handle, b: Handle): boolean {
  return a.host === b.host && a.name.toLowerCase() === b.name.toLowerCase();
}

/** What WebFinger is asked about: a handle or the URL of an actor. Null for anything else. */
export function parseResource(resource: string): { handle: Handle } | { url: string } | null {
  if (/^https?:/i.test(resource)) {
    const url = webUrl(resource);
    return url === null ? null : { url };
  }
  const handle = parseHandle(resource);
  return handle && { handle };
}
