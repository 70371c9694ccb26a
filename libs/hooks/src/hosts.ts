/** RFC 1035, with room for a port. */
const MAX_HOST = 259;
/** Controls, spaces and stars, and what separates the other parts of a URL. */
const NOT_IN_A_HOST = /[\p{Cc}\p{Z}\\/?#@*]/u;
/** As URL answers it: URL itself lets more through, such as commas. */
const HOSTNAME = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)+|\[[0-9a-f:.]+\])$/;
const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;

/**
 * A host as people and servers write it, in the form that the server compares: small letters, IDNA in ASCII, no trailing dot,
 * the port only when it is not 443. Null for anything else, and for single labels such as `localhost`.
 */
export function readHost(written: unknown): string | null {
  if (typeof written !== 'string' || written.length > MAX_HOST || NOT_IN_A_HOST.test(written)) return null;
  const url = parse(`https://${written}`);
  const hostname = url?.hostname.replace(/\.+$/, '') ?? '';
  if (!url || !HOSTNAME.test(hostname)) return null;
  // `42` is an address to URL, and no host to anybody else.
  if (IPV4.test(hostname) && withoutPort(written) !== hostname) return null;
  return url.port === '' ? hostname : `${hostname}:${url.port}`;
}

/** A host as `readHost` answers it, or `*.` and such a host. Null for anything else. */
export function readHostPattern(written: unknown): string | null {
  if (typeof written !== 'string' || !written.startsWith('*.')) return readHost(written);
  const domain = readHost(written.slice(2));
  return domain && `*.${domain}`;
}

/**
 * Tells which hosts are meant by a list of patterns: a host itself, on any port unless the pattern names one, and
 * `*.example.org` all that is below that domain. Hosts and patterns as `readHost` and `readHostPattern` answer them. As quick
 * for thousands of patterns as for one.
 */
export function hostMatcher(patterns: Iterable<string>): (host: string) => boolean {
  const named = new Set(patterns);
  return (host) => {
    const bare = withoutPort(host);
    return named.has(host) || named.has(bare) || parentsOf(bare).some((parent) => named.has(`*.${parent}`));
  };
}

/** The domains that a host is below, the nearest first: `b.example` and `example` of `a.b.example`. None of an address. */
export function parentsOf(host: string): string[] {
  const bare = withoutPort(host);
  if (IPV4.test(bare) || bare.startsWith('[')) return [];
  const labels = bare.split('.');
  return labels.slice(1).map((_, position) => labels.slice(position + 1).join('.'));
}

/** `example.org` of `example.org:8080`. */
export const withoutPort = (host: string): string => host.replace(/:\d+$/, '');

/** Not by `URL.canParse`, which Node 20 gets wrong for some. */
function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
