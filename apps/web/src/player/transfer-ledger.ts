/** Bytes by where they came from. */
export interface Transfer {
  peers: number;
  /** By host of the seed. */
  seeds: Record<string, number>;
  /** Bytes given to other viewers. */
  uploaded: number;
}

/** Who carried what, since the video was opened. */
export class TransferLedger {
  private peers = 0;
  private uploaded = 0;
  private readonly seeds = new Map<string, number>();

  fromPeers(bytes: number): void {
    this.peers += bytes;
  }

  fromSeed(url: string, bytes: number): void {
    const { host } = new URL(url);
    this.seeds.set(host, (this.seeds.get(host) ?? 0) + bytes);
  }

  toPeers(bytes: number): void {
    this.uploaded += bytes;
  }

  snapshot(): Transfer {
    return { peers: this.peers, seeds: Object.fromEntries(this.seeds), uploaded: this.uploaded };
  }
}

/** Bytes from all seeds together. */
export const seedBytes = ({ seeds }: Transfer): number =>
  Object.values(seeds).reduce((sum, bytes) => sum + bytes, 0);

/** The peers' part of everything received, 0 to 1. */
export function peerShare(transfer: Transfer): number {
  const all = transfer.peers + seedBytes(transfer);
  return all === 0 ? 0 : transfer.peers / all;
}
