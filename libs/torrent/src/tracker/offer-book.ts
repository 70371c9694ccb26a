import type { TrackerSocket } from 'bittorrent-tracker/server';

/** Offers that one socket was sent and may answer: so many, and up to twice as many. */
const MIN_OPEN_OFFERS = 250;

/** Remembers the latest; forgets the oldest as a whole, which costs nothing per offer. */
class OpenOffers {
  private latest = new Set<string>();
  private before = new Set<string>();

  add(offer: string): void {
    this.latest.add(offer);
    if (this.latest.size < MIN_OPEN_OFFERS) return;
    this.before = this.latest;
    this.latest = new Set();
  }

  take(offer: string): boolean {
    return this.latest.delete(offer) || this.before.delete(offer);
  }
}

const key = (infoHash: string, peerId: string, offerId: string) => infoHash + peerId + offerId;

/** Remembers who was offered what, so that an answer goes only where an offer came from. */
export class OfferBook {
  private readonly offers = new WeakMap<TrackerSocket, OpenOffers>();

  offered(to: TrackerSocket, infoHash: string, fromPeer: string, offerId: string): void {
    let open = this.offers.get(to);
    if (!open) this.offers.set(to, (open = new OpenOffers()));
    open.add(key(infoHash, fromPeer, offerId));
  }

  /** True once for each offer. */
  takeAnswer(by: TrackerSocket, infoHash: string, toPeer: string, offerId: string): boolean {
    return this.offers.get(by)?.take(key(infoHash, toPeer, offerId)) ?? false;
  }
}
