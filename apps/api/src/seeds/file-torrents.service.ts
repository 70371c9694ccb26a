import { Injectable } from '@nestjs/common';
import { RemoteClient } from '@vidiverse/federation';
import { readTorrent, type TorrentPieces } from '@vidiverse/torrent';
import { Config } from '../config/config.js';
import { FileStorage } from '../storage/file-storage.js';
import { readWhole } from '../torrents/read-whole.js';
import type { VideoFileEntity } from '../videos/video-file.entity.js';

const TYPES = ['application/x-bittorrent', 'application/octet-stream'];

/** There is nothing to hold a copy against: that says nothing of the copy. */
export class NoTorrentError extends Error {}

/** What the bytes of a file must hash to: by its torrent, which its origin has made. */
@Injectable()
export class FileTorrents {
  constructor(
    private readonly config: Config,
    private readonly storage: FileStorage,
    private readonly client: RemoteClient,
  ) {}

  /** @throws NoTorrentError also when its origin does not answer, or with the torrent of something else. */
  async of(file: VideoFileEntity, signal: AbortSignal): Promise<TorrentPieces> {
    const content = await this.read(file, signal).catch((error: Error) => {
      signal.throwIfAborted();
      throw new NoTorrentError(error.message);
    });
    if (!content || file.infoHash === null) throw new NoTorrentError('The file has no torrent.');
    const torrent = parse(content);
    if (torrent.infoHash !== file.infoHash || torrent.length !== file.size)
      throw new NoTorrentError('The torrent is that of another file.');
    return torrent;
  }

  private async read(
    { remoteSources, torrentFilename }: VideoFileEntity,
    signal: AbortSignal,
  ): Promise<Buffer | null> {
    if (!remoteSources)
      return torrentFilename === null ? null : readWhole(this.storage, 'torrents', torrentFilename);
    const options = { maxBytes: this.config.seeds.maxTorrentSize, types: TYPES, signal };
    return (await this.client.getBytes(remoteSources.torrentUrl, options)).bytes;
  }
}

function parse(content: Buffer): TorrentPieces {
  try {
    return readTorrent(content);
  } catch (error) {
    throw new NoTorrentError(`The torrent cannot be read: ${(error as Error).message}.`);
  }
}
