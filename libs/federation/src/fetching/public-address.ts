import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';

/** The only part of IPv6 that is handed out for use across the Internet (IANA, RFC 4291 section 2.4). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

const PRIVATE = new Set(['loopback', 'private', 'uniqueLocal']);

/**
 * Whether a connection to this address may be made: an address anyone on the Internet can have, or with `allowPrivate` a
 * loopback or private one. Link-local addresses, where clouds keep their secrets, are never among them, nor are
 * addresses that hold another address (mapped, NAT64, 6to4, Teredo).
 */
export function mayConnectTo(address: string, allowPrivate: boolean): boolean {
  // A zone names an interface of this machine.
  if (!isIP(address) || address.includes('%')) return false;
  const parsed = ipaddr.parse(address);
  const range = parsed.range();
  if (allowPrivate && PRIVATE.has(range)) return true;
  if (range !== 'unicast') return false;
  if (parsed instanceof ipaddr.IPv4) return true;
  return parsed.match(GLOBAL_UNICAST);
}
