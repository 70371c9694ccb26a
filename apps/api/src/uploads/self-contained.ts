import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { UnprocessableError } from '../shared/domain-error.js';

/** Boxes on the way to the list of files that an MP4 or MOV takes its data from. */
const PATH_TO_REFERENCES = new Set(['moov', 'trak', 'mdia', 'minf', 'dinf']);
const MAX_BOXES = 10_000;
const BOX_HEAD = 16;
/** `strh`, four bytes of length, `txts`: how an AVI declares a stream of text. */
const STREAM_HEAD = 'strh';
const TEXT_STREAM = 'txts';
const HEAD_TO_KIND = 8;

/**
 * Refuses a video that would make a reader open other files: an MP4 or MOV whose data stand elsewhere (`dref`,
 * ISO/IEC 14496-12, 8.7.2), and an AVI with subtitles, which may be playlists in disguise (GAB2).
 * @throws UnprocessableError `external_reference`
 */
export async function assertSelfContained(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = await read(file, 0, BOX_HEAD);
    if (head.toString('latin1', 0, 4) === 'RIFF') await assertNoTextStream(path);
    else await assertOwnData(file, 0, size, { boxes: 0 });
  } finally {
    await file.close();
  }
}

async function assertNoTextStream(path: string): Promise<void> {
  const overlap = HEAD_TO_KIND + TEXT_STREAM.length;
  let last = Buffer.alloc(0);
  // The whole file: where its head ends is what readers disagree on.
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([last, chunk]);
    for (let at = bytes.indexOf(TEXT_STREAM); at >= 0; at = bytes.indexOf(TEXT_STREAM, at + 1)) {
      const head = bytes.toString(
        'latin1',
        Math.max(0, at - HEAD_TO_KIND),
        at - HEAD_TO_KIND + STREAM_HEAD.length,
      );
      if (at >= HEAD_TO_KIND && head === STREAM_HEAD) {
        throw refused('The AVI has a subtitle stream, which cannot be taken. Upload it without.');
      }
    }
    last = bytes.subarray(-overlap);
  }
}

async function assertOwnData(
  file: FileHandle,
  start: number,
  end: number,
  seen: { boxes: number },
): Promise<void> {
  for (let at = start; at + 8 <= end && seen.boxes < MAX_BOXES; seen.boxes++) {
    const head = await read(file, at, BOX_HEAD);
    const { type, content, next } = boxAt(head, at, end);
    if (PATH_TO_REFERENCES.has(type)) await assertOwnData(file, content, next, seen);
    if (type === 'dref') await assertOwnReferences(file, content, next);
    if (next <= at) return;
    at = next;
  }
}

async function assertOwnReferences(file: FileHandle, content: number, end: number): Promise<void> {
  for (let at = content + 8, count = 0; at + 12 <= end && count < MAX_BOXES; count++) {
    const entry = await read(file, at, BOX_HEAD);
    const isOwn = (entry[11]! & 1) === 1;
    if (!isOwn) throw refused('The video keeps its data in another file. Upload one that holds all of it.');
    const { next } = boxAt(entry, at, end);
    if (next <= at) return;
    at = next;
  }
}

function boxAt(head: Buffer, at: number, end: number): { type: string; content: number; next: number } {
  const short = head.readUInt32BE(0);
  const type = head.toString('latin1', 4, 8);
  if (short === 1) return { type, content: at + 16, next: at + Number(head.readBigUInt64BE(8)) };
  return { type, content: at + 8, next: short === 0 ? end : at + short };
}

/** Padded with zeros where the file ends. */
async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  await file.read(buffer, 0, length, position);
  return buffer;
}

const refused = (detail: string) => new UnprocessableError(detail, 'external_reference');
