import Server, { type AnnounceAnswer, type AnnounceParams, type Peer } from 'bittorrent-tracker/server';
import type { OfferBook } from './offer-book.js';
import { MAX_UNREAD_BYTES } from './peer-sockets.js';

/** A swarm that writes down the offers it hands on: the n-th peer of an answer gets the n-th offer. */
export class OfferingSwarm extends Server.Swarm {
  constructor(
    infoHash: string,
    server: Server,
    private readonly book: OfferBook,
  ) {
    super(infoHash, server);
  }

  override announce(
    params: AnnounceParams,
    callback?: (error: Error | null, answer?: AnnounceAnswer) => void,
  ): void {
    if (!callback) {
      super.announce(params);
      return;
    }
    // Checking the hash may take a while: whoever left meanwhile must not join for ever.
    if (params.socket?.destroyed) {
      callback(new Error('the socket is closed'));
      return;
    }
    super.announce(params, (error, answer) => {
      if (answer && params.offers && params.socket) this.hand(params, answer);
      callback(error, answer);
    });
  }

  /** Peers past their time leave when they are looked at; answers whether anyone is left. */
  expire(): boolean {
    for (const id of this.peers.keys) this.peers.peek(id);
    return this.peers.length > 0;
  }

  /** Asking for nobody, as most announces do, must not walk the whole swarm. */
  override _getPeers(wanted: number, ownPeerId: string, isWebRtc: boolean): Peer[] {
    return wanted > 0 ? super._getPeers(wanted, ownPeerId, isWebRtc) : [];
  }

  private hand({ offers, info_hash: infoHash, peer_id: from }: AnnounceParams, answer: AnnounceAnswer): void {
    answer.peers = answer.peers.filter(({ socket }) => socket && socket.bufferedAmount <= MAX_UNREAD_BYTES);
    answer.peers.forEach(({ socket }, index) =>
      this.book.offered(socket!, infoHash, from, offers![index]!.offer_id),
    );
  }
}
