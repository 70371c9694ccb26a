const MAX_URL_LENGTH = 2000;
/** A magnet link names every tracker and WebSeed. */
const MAX_MAGNET_LENGTH = 8000;
/** Controls, spaces and backslashes: parsers disagree about them. */
const UNSAFE = /[\p{Cc}\p{Z}\\]/u;

/** A link that may be followed or stored: http(s), no user information, at most 2000 characters. Null for anything else. */
export const webUrl = (value: unknown): string | null => urlOf(value, ['http:', 'https:']);

/** As `webUrl`, with the other schemes that a video's links have. */
export const linkUrl = (value: unknown): string | null =>
  urlOf(value, ['http:', 'https:', 'ws:', 'wss:', 'magnet:']);

function urlOf(value: unknown, protocols: string[]): string | null {
  if (typeof value !== 'string' || value.length > MAX_MAGNET_LENGTH || UNSAFE.test(value)) return null;
  const url = parseUrl(value);
  if (!url || !protocols.includes(url.protocol) || url.username !== '' || url.password !== '') return null;
  if (url.protocol !== 'magnet:' && value.length > MAX_URL_LENGTH) return null;
  // `http:host` and `http:///host` parse as well, and not in every reader to the same.
  if (url.protocol !== 'magnet:' && (url.hostname === '' || !/^\w+:\/\/[^/]/.test(value))) return null;
  return value;
}

/**
 * The host of a URL as all comparisons see it: IDNA in ASCII, lower case, no trailing dot, the port only when it is not the
 * scheme's own. Null when it is no URL for us.
 */
export function hostOf(url: string): string | null {
  const parsed = webUrl(url) === null ? null : parseUrl(url);
  if (!parsed) return null;
  const hostname = parsed.hostname.replace(/\.+$/, '');
  if (hostname === '') return null;
  return parsed.port === '' ? hostname : `${hostname}:${parsed.port}`;
}

/** `hostOf` for a host as people write it, as in a block list or a handle. */
export const normalizeHost = (host: string): string | null =>
  /[/?#@]/.test(host) ? null : hostOf(`https://${host}`);

/** The same scheme, host and port: what one server may say of an id on the other. */
export function sameOrigin(a: string, b: string): boolean {
  const [hostA, hostB] = [hostOf(a), hostOf(b)];
  return hostA !== null && hostA === hostB && parseUrl(a)!.protocol === parseUrl(b)!.protocol;
}

/** A URL without its fragment: `<actor>#main-key` is a key of `<actor>`. */
export const withoutFragment = (url: string): string => url.split('#', 1)[0]!;

/** Not by `URL.canParse`: once it is hot, Node 20's refuses what has a Latin-1 letter, as `https://bücher.example`. */
export function parseUrl(value: string, base?: string | URL): URL | null {
  try {
    return new URL(value, base);
  } catch {
    return null;
  }
}
