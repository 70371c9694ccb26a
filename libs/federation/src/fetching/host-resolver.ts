import { type LookupAddress } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';
import { RemoteError } from './remote-error.js';

/** Finds the addresses of a host name; throws a RemoteError when there are none. */
export type HostResolver = (hostname: string) => Promise<LookupAddress[]>;

/** Milliseconds to wait for a name server, and how often it is asked. */
const DNS_TIMEOUT = 1500;
const DNS_TRIES = 2;

const nothing = (hostname: string, cause: unknown) =>
  new RemoteError('unresolved', `${hostname} has no address.`, { cause });

/**
 * Asks the name servers and holds no thread while it waits: the system's own lookup runs two at a time, and a few names
 * with dead name servers would keep all others waiting.
 */
export function publicResolver(servers?: string[]): HostResolver {
  const resolver = new Resolver({ timeout: DNS_TIMEOUT, tries: DNS_TRIES });
  if (servers) resolver.setServers(servers);
  return async (hostname) => {
    const [four, six] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const addresses: LookupAddress[] = [];
    if (four.status === 'fulfilled') addresses.push(...four.value.map((address) => ({ address, family: 4 })));
    if (six.status === 'fulfilled') addresses.push(...six.value.map((address) => ({ address, family: 6 })));
    if (addresses.length > 0) return addresses;
    throw nothing(hostname, four.status === 'rejected' ? four.reason : undefined);
  };
}

/** The system's own lookup, which knows the hosts file: names of private peers are there. */
export function systemResolver(): HostResolver {
  return async (hostname) => {
    try {
      return await lookup(hostname, { all: true });
    } catch (error) {
      throw nothing(hostname, error);
    }
  };
}
