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

/** What came is no torrent, or that of another file: asking again soon is of no use. */
export class WrongTorrentError extends NoTorrentError {}

/** What the bytes of a file must hash to: by its torrent, which its origin has made. */
@Injectable()
export class FileTorrents {
  constructor(
    private readonly config: Config,
    private readonly storage: FileStorage,
    private readonly client: RemoteClient,
  ) {}

  /** @throws NoTorrentError also when its origin does not answer; WrongTorrentError */
  async of(file: VideoFileEntity, signal: AbortSignal): Promise<TorrentPieces> {
    return provenTorrent(await this.read(file, signal), file);
  }

  /** The .torrent itself, not proven yet. @throws NoTorrentError */
  async read(file: VideoFileEntity, signal: AbortSignal): Promise<Buffer> {
    const content = await this.ask(file, signal).catch((error: Error) => {
      signal.throwIfAborted();
      throw new NoTorrentError(error.message);
    });
    if (!content) throw new NoTorrentError('The file has no torrent.');
    return content;
  }

  private async ask(
    { remoteSources, torrentFilename }: VideoFileEntity,
    signal: AbortSignal,
  ): Promise<Buffer | null> {
    if (!remoteSources)
      return torrentFilename === null ? null : readWhole(this.storage, 'torrents', torrentFilename);
    const options = { maxBytes: this.config.seeds.maxTorrentSize, types: TYPES, signal };
    return (await this.client.getBytes(remoteSources.torrentUrl, options)).bytes;
  }
}

/** @throws WrongTorrentError unless `content` is the torrent of this file; `size` in bytes */
export function provenTorrent(
  content: Buffer,
  { infoHash, size }: Pick<VideoFileEntity, 'infoHash' | 'size'>,
): TorrentPieces {
  const torrent = parse(content);
  if (torrent.infoHash !== infoHash || torrent.length !== size)
    throw new WrongTorrentError('The torrent is that of another file.');
  return torrent;
}

function parse(content: Buffer): TorrentPieces {
  try {
    return readTorrent(content);
  } catch (error) {
    throw new WrongTorrentError(`The torrent cannot be read: ${(error as Error).message}.`);
  }
}
