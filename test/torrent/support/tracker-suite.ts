import { PeerSocket } from '@vidiverse/torrent/testing';
import { ask } from './raw-http.js';
import { createSwarmSuite } from './swarm-suite.js';

const announceQuery = (infoHash: string, port: number) =>
  `info_hash=${infoHash.replace(/../g, '%$&')}&peer_id=-XX0000-${port}12345678&port=${port}&left=1&compact=0`;

/** An instance with one video, and what peers do there. */
export async function createTrackerSuite(environment: Record<string, string> = {}) {
  const suite = await createSwarmSuite(environment);
  const file = await suite.publish();
  const sockets: PeerSocket[] = [];
  return {
    suite,
    file,
    /** Opens the web socket with these headers. @throws Error when it is refused. */
    open: async (headers: Record<string, string> = {}) => {
      const peer = await PeerSocket.open(`${suite.address.replace('http', 'ws')}/tracker/socket`, {
        headers,
      });
      sockets.push(peer);
      return peer;
    },
    /** Announces by HTTP; the bencoded answer. */
    announce: async (port: number, headers: Record<string, string> = {}) => {
      const url = `${suite.address}/tracker/announce?${announceQuery(file.infoHash, port)}`;
      return (await ask(url, headers)).body.toString('latin1');
    },
    close: async () => {
      for (const each of sockets) each.close();
      await suite.close();
    },
  };
}
export type TrackerSuite = Awaited<ReturnType<typeof createTrackerSuite>>;

/** The header by which a proxy tells who asked. */
export const from = (address: string) => ({ 'x-forwarded-for': address });
