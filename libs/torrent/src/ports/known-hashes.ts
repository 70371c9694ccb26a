/** Port: which info hashes the tracker serves. */
export abstract class KnownHashes {
  /** 40 hex digits. Answers at once when it can: the tracker asks for each announce. */
  abstract has(infoHash: string): boolean | Promise<boolean>;
}
