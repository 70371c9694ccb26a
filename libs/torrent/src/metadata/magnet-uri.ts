export interface MagnetInput {
  /** 40 hex digits. */
  infoHash: string;
  /** Shown while the metadata is not there: the title. */
  name: string;
  trackers: string[];
  webSeeds: string[];
  /** Where the .torrent is. */
  torrentUrl: string;
}

/** A magnet link (BEP 9) with the keys that PeerTube's clients read, in its order: xs, xt, dn, tr, ws (BEP 19). */
export function magnetUri({ infoHash, name, trackers, webSeeds, torrentUrl }: MagnetInput): string {
  const fields = new URLSearchParams({ dn: name });
  for (const tracker of trackers) fields.append('tr', tracker);
  for (const webSeed of webSeeds) fields.append('ws', webSeed);
  return `magnet:?xs=${encodeURIComponent(torrentUrl)}&xt=urn:btih:${infoHash}&${fields.toString()}`;
}
