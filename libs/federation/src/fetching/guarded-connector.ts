import { type LookupFunction, type Socket } from 'node:net';
import { buildConnector } from 'undici';
import { type HostResolver } from './host-resolver.js';
import { mayConnectTo } from './public-address.js';
import { RemoteError } from './remote-error.js';

export interface GuardedConnectorOptions {
  resolve: HostResolver;
  allowPrivatePeers: boolean;
  /** Milliseconds for name, connection and TLS together. */
  connectTimeout: number;
}

const refusal = (host: string, address: string | undefined) =>
  new RemoteError('address_refused', `${host} is at ${address}, not an address of the public Internet.`);

/**
 * Opens the connections of the client. The name is resolved once, here, and the connection goes to the answer that was
 * checked: there is no second answer that could differ.
 */
export function guardedConnector({ resolve, allowPrivatePeers, connectTimeout }: GuardedConnectorOptions) {
  const lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const bad = addresses.find(({ address }) => !mayConnectTo(address, allowPrivatePeers));
        if (bad) callback(refusal(hostname, bad.address), []);
        else if (options.all) callback(null, addresses);
        else callback(null, addresses[0].address, addresses[0].family);
      },
      (error: Error) => callback(error, []),
    );
  };
  const connect = buildConnector({
    lookup,
    timeout: connectTimeout,
    // Both families are tried, so that a broken IPv6 does not cut a host off.
    autoSelectFamily: true,
    // Said, so that no environment variable can say otherwise.
    rejectUnauthorized: true,
  });
  const guarded: buildConnector.connector = (options, callback) => {
    connect(options, (...[error, socket]: [Error, null] | [null, Socket]) => {
      if (error) return callback(error, null);
      if (mayConnectTo(socket.remoteAddress ?? '', allowPrivatePeers)) return callback(null, socket);
      socket.destroy();
      return callback(refusal(options.hostname, socket.remoteAddress), null);
    });
  };
  return guarded;
}
