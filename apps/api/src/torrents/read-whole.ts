import type { FileStorage, StorageArea } from '../storage/file-storage.js';

/** The content of a small file; null when there is none. */
export async function readWhole(
  storage: FileStorage,
  area: StorageArea,
  name: string,
): Promise<Buffer | null> {
  const file = await storage.open(area, name);
  if (!file) return null;
  try {
    const content = Buffer.alloc(file.size);
    let position = 0;
    while (position < content.length) {
      const length = await file.read(content.subarray(position), position);
      if (length === 0) throw new Error(`${area}/${name} is shorter than it says`);
      position += length;
    }
    return content;
  } finally {
    await file.close();
  }
}
