import type Server from 'bittorrent-tracker/server';
import type { AnnounceParams } from 'bittorrent-tracker/server';
import type { OfferBook } from './offer-book.js';
import { OfferingSwarm } from './offering-swarm.js';
import { Refusal } from './refusal.js';

const MAX_SCRAPED = 50;

/** Where the library does too much (a full scrape, a tick of waiting per announce), or not enough. */
export function adaptServer(server: Server, offers: OfferBook, onRefused: () => void): void {
  server.getSwarm = (infoHash, callback) => callback(null, server.torrents[infoHash]);
  server.createSwarm = (infoHash, callback) => {
    const swarm = new OfferingSwarm(infoHash, server, offers);
    server.torrents[infoHash] = swarm;
    callback(null, swarm);
  };
  const scrape = server._onScrape.bind(server);
  server._onScrape = (params, callback) => {
    const { info_hash: asked } = params;
    if (Array.isArray(asked) && asked.length > 0 && asked.length <= MAX_SCRAPED) {
      scrape(params, callback);
      return;
    }
    onRefused();
    // The library puts the hash into its error, and throws when there is none.
    params.info_hash = '';
    callback(new Refusal(`name 1 to ${MAX_SCRAPED} info hashes`));
  };
  // It lists the swarm among the socket's own even when the peer just left it.
  server.on('stop', (_peerId: string, { socket, info_hash: left }: AnnounceParams) => {
    if (socket?.infoHashes) socket.infoHashes = socket.infoHashes.filter((infoHash) => infoHash !== left);
  });
  // Bad data of a client; counted where it is refused.
  server.on('warning', () => {});
}
