import { Injectable } from '@nestjs/common';
import type { PieceFile } from '@vidiverse/torrent';
import { type FileHandle, open } from 'node:fs/promises';
import { parse } from 'node:path';
import { FileStorage } from '../storage/file-storage.js';
import { readWhole } from '../torrents/read-whole.js';
import { WebSeedService } from '../torrents/web-seed.service.js';
import type { CachedFileEntity } from './cached-file.entity.js';

type Named = Pick<CachedFileEntity, 'filename' | 'torrentFilename'>;

/** In the storage area `redundancy-documents`. */
export const documentName = ({ filename }: Pick<CachedFileEntity, 'filename'>): string =>
  `${parse(filename).name}.json`;

/** What of a copy is on the disk: the file, or the part of it that is here, its torrent and the document of its video. */
@Injectable()
export class CopyFiles {
  constructor(
    private readonly storage: FileStorage,
    private readonly webSeed: WebSeedService,
  ) {}

  torrent({ torrentFilename }: Named): Promise<Buffer | null> {
    return readWhole(this.storage, 'redundancy-torrents', torrentFilename);
  }

  async keepTorrent({ torrentFilename }: Named, content: Buffer): Promise<void> {
    await this.storage.write('redundancy-torrents', torrentFilename, content);
  }

  document(copy: Named): Promise<Buffer | null> {
    return readWhole(this.storage, 'redundancy-documents', documentName(copy));
  }

  async keepDocument(copy: Named, content: Buffer): Promise<void> {
    await this.storage.write('redundancy-documents', documentName(copy), content);
  }

  /** Whether the whole, proven file is there: nothing else is ever moved to its place. */
  async isWhole({ filename }: Named): Promise<boolean> {
    const file = await this.storage.open('redundancy', filename);
    await file?.close();
    return file !== null;
  }

  /** Works on the part that is here; what was never written takes no room. */
  async withPart<T>(
    { filename, size }: Named & { size: number },
    work: (file: PieceFile) => Promise<T>,
  ): Promise<T> {
    const handle = await this.openPart(filename);
    try {
      await handle.truncate(size);
      const result = await work({
        write: (bytes, position) => writeAll(handle, bytes, position),
        read: async (buffer, position) => (await handle.read(buffer, 0, buffer.length, position)).bytesRead,
      });
      await handle.datasync();
      return result;
    } finally {
      await handle.close();
    }
  }

  /** The part is the whole now. */
  async finish({ filename }: Named): Promise<void> {
    await this.storage.moveIn('redundancy', filename, this.storage.partialPath(filename));
  }

  async remove(copy: Named): Promise<void> {
    const { filename, torrentFilename } = copy;
    this.webSeed.forget(filename);
    await this.storage.removePartial(filename);
    await this.storage.remove('redundancy', filename);
    await this.storage.remove('redundancy-torrents', torrentFilename);
    await this.storage.remove('redundancy-documents', documentName(copy));
  }

  private async openPart(filename: string): Promise<FileHandle> {
    const path = this.storage.partialPath(filename);
    // Neither cut off when it is there, nor written at its end.
    return open(path, 'r+').catch(() => open(path, 'w+'));
  }
}

/** Less than all is written when the disk is nearly full; the next write says so. */
async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;)
    done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
}
