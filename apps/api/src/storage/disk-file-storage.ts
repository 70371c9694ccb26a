import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FileStorage, type LocalCopy, type StorageArea, type StoredFile } from './file-storage.js';

const AREAS: StorageArea[] = [
  'originals',
  'web-videos',
  'thumbnails',
  'previews',
  'torrents',
  'redundancy',
  'redundancy-torrents',
  'redundancy-documents',
];
const SAFE_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,200}$/;
const TEMPORARY = 'tmp';
const PARTIAL = 'partial';
const ABANDONED_AFTER_MS = 3600_000;

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

function temporaryPrefix(owner: string): string {
  if (!SAFE_NAME.test(owner)) throw new Error(`"${owner}" is no file name of ours`);
  return `${owner}~`;
}

/** Files in `<data>/files/<area>/`. */
export class DiskFileStorage extends FileStorage {
  private readonly root: string;

  constructor(dataFolder: string) {
    super();
    this.root = join(dataFolder, 'files');
  }

  /** Makes the folders and clears what a killed process left in the temporary one. */
  async prepare(): Promise<void> {
    for (const folder of [...AREAS, TEMPORARY, PARTIAL])
      await mkdir(join(this.root, folder), { recursive: true });
    // Another process may share the folder: what it writes now is younger than this.
    await this.removeTemporaryBefore(Date.now() - ABANDONED_AFTER_MS);
  }

  async moveIn(area: StorageArea, name: string, localPath: string): Promise<void> {
    const target = this.path(area, name);
    try {
      await rename(localPath, target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
      const staged = this.temporaryPath();
      await copyFile(localPath, staged);
      await rename(staged, target);
      await rm(localPath, { force: true });
    }
  }

  async write(area: StorageArea, name: string, content: Buffer): Promise<void> {
    const staged = this.temporaryPath();
    await writeFile(staged, content);
    await rename(staged, this.path(area, name));
  }

  async open(area: StorageArea, name: string): Promise<StoredFile | null> {
    const path = this.path(area, name);
    try {
      const handle = await open(path, 'r');
      const { size, mtime } = await handle.stat();
      return {
        size,
        modifiedAt: mtime,
        read: async (buffer, position) => (await handle.read(buffer, 0, buffer.length, position)).bytesRead,
        stream: (range) => createReadStream(path, range),
        close: () => handle.close(),
      };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async localCopy(area: StorageArea, name: string): Promise<LocalCopy> {
    return { path: this.path(area, name), release: async () => {} };
  }

  async remove(area: StorageArea, name: string): Promise<void> {
    await rm(this.path(area, name), { force: true });
  }

  async list(area: StorageArea): Promise<string[]> {
    return readdir(join(this.root, area));
  }

  temporaryPath(extension = '', owner = ''): string {
    return join(this.root, TEMPORARY, `${owner && temporaryPrefix(owner)}${randomUUID()}${extension}`);
  }

  async removeTemporary(owner: string): Promise<void> {
    for (const name of await readdir(join(this.root, TEMPORARY))) {
      if (name.startsWith(temporaryPrefix(owner)))
        await rm(join(this.root, TEMPORARY, name), { recursive: true, force: true });
    }
  }

  async removeTemporaryBefore(time: number): Promise<void> {
    for (const name of await readdir(join(this.root, TEMPORARY))) {
      const path = join(this.root, TEMPORARY, name);
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
      if (mtimeMs < time) await rm(path, { recursive: true, force: true });
    }
  }

  partialPath(name: string): string {
    return this.path(PARTIAL, name);
  }

  async removePartial(name: string): Promise<void> {
    await rm(this.path(PARTIAL, name), { force: true });
  }

  async listPartial(): Promise<Array<{ name: string; modifiedAt: number }>> {
    const names = await readdir(join(this.root, PARTIAL));
    const files = names.map(async (name) => {
      const { mtimeMs } = await stat(join(this.root, PARTIAL, name)).catch(() => ({ mtimeMs: Infinity }));
      return { name, modifiedAt: mtimeMs };
    });
    return Promise.all(files);
  }

  private path(area: StorageArea | typeof PARTIAL, name: string): string {
    if (!SAFE_NAME.test(name)) throw new Error(`"${name}" is no file name of ours`);
    return join(this.root, area, name);
  }
}
