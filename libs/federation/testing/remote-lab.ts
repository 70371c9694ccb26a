import { afterEach } from '@jest/globals';
import { type FetchLimits } from '../src/fetching/fetch-options.js';
import { type HostResolver } from '../src/fetching/host-resolver.js';
import { RemoteClient } from '../src/fetching/remote-client.js';
import { type RemoteError } from '../src/fetching/remote-error.js';
import { type LocalPeer, startPeer } from './local-peer.js';

interface Closable {
  close(): Promise<void>;
}

/** Other servers on loopback and clients that ask them, all closed after each test. */
export function useRemoteLab() {
  const open: Closable[] = [];
  afterEach(async () => void (await Promise.all(open.splice(0).map((one) => one.close()))));

  const keep = <T extends Closable>(one: T): T => {
    open.push(one);
    return one;
  };
  const about = { version: '1.2.3', instanceUrl: 'https://video.example' };
  return {
    keep,
    peer: async (answers?: Parameters<typeof startPeer>[0]): Promise<LocalPeer> =>
      keep(await startPeer(answers)),
    /** Asks peers on loopback. */
    client: (limits?: Partial<FetchLimits>, resolve?: HostResolver) =>
      keep(new RemoteClient({ ...about, allowPrivatePeers: true, limits, resolve })),
    /** Asks the public Internet only, as in production. */
    strictClient: (resolve?: HostResolver) => keep(new RemoteClient({ ...about, resolve })),
  };
}

/** The error that a request ends with. */
export async function failure(work: Promise<unknown>): Promise<RemoteError> {
  return work.then(
    () => Promise.reject(new Error('It was not refused.')),
    (error: RemoteError) => error,
  );
}

/** Looks again until `come` says so; the test's own time limit ends it. */
export async function until(come: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await come())) await new Promise((resolve) => setTimeout(resolve, 10));
}
