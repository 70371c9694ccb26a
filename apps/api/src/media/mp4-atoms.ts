import { open, type FileHandle } from 'node:fs/promises';

const HEADER = 16;
const MAX_ATOMS = 1000;

/** One top-level atom of an ISO base media file (ISO/IEC 14496-12, 4.2). */
interface Atom {
  type: string;
  size: number;
  /** It ends where the file does, or before. */
  isWhole: boolean;
}

async function* atoms(file: FileHandle): AsyncGenerator<Atom> {
  const { size: fileSize } = await file.stat();
  const header = Buffer.alloc(HEADER);
  let position = 0;
  for (let count = 0; position + 8 <= fileSize && count < MAX_ATOMS; count += 1) {
    await file.read(header, 0, HEADER, position);
    const short = header.readUInt32BE(0);
    // 1: the size follows as 64 bits; 0: up to the end of the file.
    const size = short === 1 ? Number(header.readBigUInt64BE(8)) : short === 0 ? fileSize - position : short;
    if (size < 8) return;
    yield { type: header.toString('latin1', 4, 8), size, isWhole: position + size <= fileSize };
    position += size;
  }
}

/** What a player cannot do without. Behind them may follow what is no atom at all. */
const NEEDED = new Set(['moov', 'mdat', 'moof']);

/** Where the index of an MP4 or MOV stands. */
export interface Mp4Layout {
  /** The index (`moov`) comes before the media (`mdat`), so that playing can begin at once. */
  fastStart: boolean;
  /** Bytes of the index; 0 without one. */
  indexSize: number;
  /** Media or index go on beyond the end of the file. */
  cutShort: boolean;
}

/** Reads the heads of the top-level atoms only. */
export async function mp4Layout(path: string): Promise<Mp4Layout> {
  const file = await open(path, 'r');
  try {
    const layout: Mp4Layout = { fastStart: false, indexSize: 0, cutShort: false };
    let mediaSeen = false;
    for await (const { type, size, isWhole } of atoms(file)) {
      if (NEEDED.has(type) && !isWhole) layout.cutShort = true;
      if (type === 'mdat') mediaSeen = true;
      if (type !== 'moov' || layout.indexSize > 0) continue;
      layout.fastStart = !mediaSeen;
      layout.indexSize = size;
    }
    return layout;
  } finally {
    await file.close();
  }
}
