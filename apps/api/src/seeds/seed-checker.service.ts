import { Injectable } from '@nestjs/common';
import { RemoteClient, RemoteError } from '@vidiverse/federation';
import type { TorrentPieces } from '@vidiverse/torrent';
import { createHash, randomInt } from 'node:crypto';
import { Config } from '../config/config.js';

/** A seed does not give what the file is; the message says what it did instead. */
export class SeedFaultError extends Error {}

/** Fetches some pieces of a copy and hashes them. */
@Injectable()
export class SeedChecker {
  constructor(
    private readonly config: Config,
    private readonly client: RemoteClient,
  ) {}

  /**
   * Bytes per second, when the pieces that were looked at are right: random ones, and `wanted`.
   * @throws SeedFaultError, or what `signal` was aborted with.
   */
  async check(
    url: string,
    torrent: TorrentPieces,
    wanted: number | null,
    signal: AbortSignal,
  ): Promise<number> {
    const begun = performance.now();
    let bytes = 0;
    for (const piece of this.sample(torrent.count, wanted)) {
      try {
        bytes += await this.checkPiece(url, torrent, piece, signal);
      } catch (error) {
        signal.throwIfAborted();
        // `busy`: too much is asked for from here at once, of whoever it may be.
        if (!(error instanceof RemoteError) || error.code === 'busy') throw error;
        throw new SeedFaultError(error.message);
      }
    }
    return bytes / Math.max((performance.now() - begun) / 1000, 0.001);
  }

  private async checkPiece(
    url: string,
    torrent: TorrentPieces,
    piece: number,
    signal: AbortSignal,
  ): Promise<number> {
    const hash = createHash('sha1');
    const { start, end } = torrent.placeOf(piece);
    const total = await this.client.getRange(url, {
      start,
      end,
      take: (chunk) => void hash.update(chunk),
      deadline: this.config.seeds.checkTimeout,
      signal,
    });
    if (total !== null && total !== torrent.length)
      throw new SeedFaultError(`Its file has ${total} bytes instead of ${torrent.length}.`);
    if (!hash.digest().equals(torrent.hashOf(piece)))
      throw new SeedFaultError(`Piece ${piece} has wrong bytes.`);
    return end - start + 1;
  }

  /** The first piece, which every viewer asks for, and others that nobody can know before. */
  private sample(count: number, wanted: number | null): Set<number> {
    const most = Math.min(this.config.seeds.samplePieces, count);
    const pieces = new Set([0]);
    if (wanted !== null && wanted < count) pieces.add(wanted);
    while (pieces.size < most) pieces.add(randomInt(count));
    return pieces;
  }
}
