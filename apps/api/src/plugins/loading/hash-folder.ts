import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** There is more in a folder than there may be. */
export class FolderTooLargeError extends Error {}

/**
 * SHA-256 over all that is in a folder: names, kinds and contents, in hex. Files that were changed, added or taken away are told by
 * it. @throws FolderTooLargeError beyond `maxBytes` of files
 */
export async function hashFolder(folder: string, maxBytes: number): Promise<string> {
  const hash = createHash('sha256');
  const left = await addFolder(hash, folder, '', maxBytes);
  return hash.update(`${maxBytes - left}`).digest('hex');
}

/** `within`: its path in the whole. Answers the bytes that are left. */
async function addFolder(hash: Hash, folder: string, within: string, maxBytes: number): Promise<number> {
  let left = maxBytes;
  const names = await readdir(folder);
  for (const name of names.sort()) {
    const path = join(folder, name);
    const shown = `${within}/${name}`;
    const stats = await lstat(path);
    if (stats.isDirectory()) {
      hash.update(`folder\0${shown}\0`);
      left = await addFolder(hash, path, shown, left);
    } else if (stats.isSymbolicLink()) {
      hash.update(`link\0${shown}\0${await readlink(path)}\0`);
    } else if (stats.isFile()) {
      left -= stats.size;
      if (left < 0) throw new FolderTooLargeError(`${folder} has too much in it.`);
      hash.update(`file\0${shown}\0${stats.size}\0`);
      for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
    } else hash.update(`other\0${shown}\0`);
  }
  return left;
}
