import type { AnnounceParams, Swarm, TrackerSocket } from 'bittorrent-tracker/server';
import { AnnounceLimits, networkOf } from './announce-limits.js';
import type { OfferBook } from './offer-book.js';

/** The library answers web sockets with a fifth of its HTTP interval, so HTTP peers get a fifth of the limit. */
export const WEB_SOCKET_PART = 5;

export interface AnnounceRuleOptions {
  /** Announces of web socket peers, per address and info hash. */
  maxAnnouncesPerMinute: number;
  maxHashesPerSocket: number;
  /** Offers of one announce that are handed on. */
  maxOffers: number;
}

const TOO_MANY = 'too many announces, wait a minute';

/** What an announce for a known hash may ask for. */
export class AnnounceRules {
  private readonly limits = new AnnounceLimits();

  constructor(
    private readonly options: AnnounceRuleOptions,
    private readonly offers: OfferBook,
    private readonly swarmOf: (infoHash: string) => Swarm | undefined,
  ) {}

  /** Why the announce is refused; undefined, with its numbers brought within bounds, when it is not. */
  refusal(params: AnnounceParams): string | undefined {
    const { socket, info_hash: infoHash, ip = '' } = params;
    const { maxAnnouncesPerMinute: limit } = this.options;
    if (socket) return this.socketRefusal(params, socket);
    return this.limits.allow(networkOf(ip), infoHash, Math.ceil(limit / WEB_SOCKET_PART))
      ? undefined
      : TOO_MANY;
  }

  private socketRefusal(params: AnnounceParams, socket: TrackerSocket): string | undefined {
    const { info_hash: infoHash, peer_id: peerId, event, answer } = params;
    const { maxAnnouncesPerMinute, maxHashesPerSocket, maxOffers } = this.options;
    if (socket.peerId !== peerId) return 'peer_id must stay the same on one socket';
    const joined = socket.infoHashes!.includes(infoHash);
    if (answer !== undefined) return this.answerRefusal(params, socket, joined);
    if (!joined && !this.ownsPeerId(socket, infoHash, peerId)) return 'peer_id is in use';
    if (event === 'stopped') return undefined;
    if (!joined && socket.infoHashes!.length >= maxHashesPerSocket) return 'too many swarms on one socket';
    if (!this.limits.allow(socket.network, infoHash, maxAnnouncesPerMinute)) return TOO_MANY;
    params.numwant = Math.min(params.numwant, maxOffers);
    return undefined;
  }

  /** An answer goes only to who made that very offer, in a swarm of both. */
  private answerRefusal(
    { info_hash: infoHash, to_peer_id: to, offer_id: id }: AnnounceParams,
    socket: TrackerSocket,
    joined: boolean,
  ): string | undefined {
    if (!joined) return 'announce in this swarm before you answer in it';
    return this.offers.takeAnswer(socket, infoHash, to!, id!)
      ? undefined
      : 'there is no such offer to answer';
  }

  /** False when the id is another's. A peer that lost its socket and came back from the same network takes its place. */
  private ownsPeerId(socket: TrackerSocket, infoHash: string, peerId: string): boolean {
    const swarm = this.swarmOf(infoHash);
    const before = swarm?.peers.peek(peerId)?.socket;
    if (!swarm || !before || before === socket) return true;
    if (before.network !== socket.network) return false;
    swarm.announce({ type: 'ws', event: 'stopped', numwant: 0, peer_id: peerId, info_hash: infoHash });
    return true;
  }
}
