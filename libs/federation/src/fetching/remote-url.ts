import { isIP } from 'node:net';
import { parseUrl } from '../vocabulary/urls.js';
import { mayConnectTo } from './public-address.js';
import { RemoteError } from './remote-error.js';

/** Characters; no peer writes longer ones. */
const MAX_LENGTH = 2000;

/** What a URL parser drops or turns into something else, so that two readers may see two hosts. */
const AMBIGUOUS = /[\p{Cc}\s\\]/u;

/** A scheme that two slashes and a host do not follow: URL parsers make up for them, other readers see a path. */
const NO_AUTHORITY = /^[a-z][a-z\d+.-]*:(?!\/\/[^/])/i;

/** An @ before the path, also when the name is empty. */
const USER_NAME = /^[^/?#]*\/\/[^/?#]*@/;

/** Below it only HTTP's own: mail, file and terminal services listen there. */
const FIRST_FREE_PORT = 1024;
const WEB_PORTS = new Set([80, 443]);

/**
 * Ports from 1024 on where something else than a web server listens: those that browsers refuse
 * (https://fetch.spec.whatwg.org/#port-blocking) and those of common databases.
 */
const OTHER_SERVICES = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
  10080, 1433, 3306, 5432, 6379, 9200, 11211, 27017,
]);

const refuse = (why: string): never => {
  throw new RemoteError('url_refused', `This address is not asked: ${why}.`);
};

/**
 * Reads a URL that is about to be asked, in the one form that is compared and connected to: no fragment, no trailing
 * dot of the host, IDNA in ASCII. Throws for whatever is not a plain web address of another server. `base` is where a
 * relative one was found.
 */
export function parseRemoteUrl(text: string, allowPrivate: boolean, base?: string): URL {
  if (typeof text !== 'string' || text.length > MAX_LENGTH) return refuse('it is too long');
  if (AMBIGUOUS.test(text)) return refuse('it has spaces, control characters or backslashes');
  const url = (NO_AUTHORITY.test(text) ? null : parseUrl(text, base)) ?? refuse('it is no URL');
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:')) {
    return refuse(`it begins with ${url.protocol} and not with https:`);
  }
  if (USER_NAME.test(text)) return refuse('it has a user name');
  checkPort(url.port);
  url.hash = '';
  url.hostname = url.hostname.replace(/\.$/, '');
  checkHost(url.hostname.replace(/^\[(.*)\]$/, '$1'), allowPrivate);
  return url;
}

function checkPort(port: string): void {
  const number = Number(port || 443);
  if (WEB_PORTS.has(number)) return;
  if (number < FIRST_FREE_PORT || OTHER_SERVICES.has(number)) refuse(`port ${number} is not a web server's`);
}

function checkHost(host: string, allowPrivate: boolean): void {
  if (host === '' || host.endsWith('.') || host.includes('..')) refuse('its host is no name');
  if (isIP(host)) {
    if (!mayConnectTo(host, allowPrivate)) {
      throw new RemoteError('address_refused', `${host} is not an address of the public Internet.`);
    }
  } else if (!allowPrivate && !host.includes('.')) {
    // "localhost" and names that only mean something in one network.
    refuse('its host has no domain');
  }
}
