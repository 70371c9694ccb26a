import { keyFrame, type MacroblockSize, pictureParameters, pixels, sequenceParameters } from './h264.js';

/** Boxes of ISO/IEC 14496-12 and -15, as few as a player needs. */
export const box = (type: string, ...content: Buffer[]): Buffer => {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
};
export const u32 = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value >>> 0, index * 4));
  return bytes;
};
export const u16 = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16BE(value & 0xffff, index * 2));
  return bytes;
};

const MATRIX = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
const IN_THIS_FILE = box('url ', u32(1));
/** Ticks per second: 100 hours fit into 32 bits, and 10,000 frames a second are whole ticks. */
const TIMESCALE = 10_000;
const DEFAULT_SIZE: MacroblockSize = { columns: 8, rows: 6 };
const DEFAULT_FPS = 25;

export interface Mp4Options {
  /** Picture size; default 8 x 6, that is 128 x 96 pixels. */
  size?: MacroblockSize;
  frames?: number;
  fps?: number;
  /** Index before the data; default false, as most cameras write. */
  fastStart?: boolean;
  /** Differs, as does every byte of the picture. */
  seed?: number;
  /** What the headers claim, whatever the frames are. */
  claims?: {
    size?: MacroblockSize;
    /** Of the H.264 stream alone. */
    streamSize?: MacroblockSize;
    seconds?: number;
    fps?: number;
    tracks?: number;
  };
  /** A `dref` entry in place of "in this file". */
  dataReference?: Buffer;
  brand?: string;
}

/**
 * A playable H.264 MP4 made without any tool: uncompressed key frames, so that its size is easily chosen (about
 * 385 bytes per macroblock and frame). `claims` make it lie.
 */
export function makeMp4(options: Mp4Options = {}): Buffer {
  const { size = DEFAULT_SIZE, frames = DEFAULT_FPS, fastStart = false, seed = 1, brand = 'isom' } = options;
  const random = randomFrom(seed);
  const samples = Array.from({ length: frames }, (_, number) => {
    const unit = keyFrame(size, number, random);
    return Buffer.concat([u32(unit.length), unit]);
  });
  const type = box('ftyp', Buffer.from(brand), u32(0x200), Buffer.from(`${brand}iso2avc1mp41`));
  const data = box('mdat', ...samples);
  const lengths = samples.map(({ length }) => length);
  const indexAt = (offset: number) => movie(options, lengths, offset);
  if (!fastStart) return Buffer.concat([type, data, indexAt(type.length + 8)]);
  return Buffer.concat([type, indexAt(type.length + indexAt(0).length + 8), data]);
}

function movie(
  { claims = {}, dataReference, ...real }: Mp4Options,
  lengths: number[],
  offset: number,
): Buffer {
  const size = claims.size ?? real.size ?? DEFAULT_SIZE;
  const { width, height } = pixels(size);
  const ticks = Math.round(TIMESCALE / (claims.fps ?? real.fps ?? DEFAULT_FPS));
  const duration = claims.seconds === undefined ? ticks * lengths.length : claims.seconds * TIMESCALE;
  const sps = sequenceParameters(claims.streamSize ?? size);
  const pps = pictureParameters();
  const configuration = [
    Buffer.from([1, 66, 0, 40, 0xff, 0xe1]),
    u16(sps.length),
    sps,
    Buffer.from([1]),
    u16(pps.length),
    pps,
  ];
  const entry = [
    Buffer.alloc(6),
    u16(1),
    Buffer.alloc(16),
    u16(width, height),
    u32(0x480000, 0x480000, 0),
    u16(1),
    Buffer.alloc(32),
  ];
  const description = box('avc1', ...entry, u16(0x18, 0xffff), box('avcC', ...configuration));
  const table = box(
    'stbl',
    box('stsd', u32(0, 1), description),
    box('stts', u32(0, 1, lengths.length, Math.max(1, Math.round(duration / lengths.length)))),
    box('stsc', u32(0, 1, 1, lengths.length, 1)),
    box('stsz', u32(0, 0, lengths.length, ...lengths)),
    box('stco', u32(0, 1, offset)),
  );
  const media = box(
    'mdia',
    box('mdhd', u32(0, 0, 0, TIMESCALE, duration), u16(0x55c4, 0)),
    box('hdlr', u32(0, 0), Buffer.from('vide'), u32(0, 0, 0), Buffer.from('video\0')),
    box(
      'minf',
      box('vmhd', u32(1, 0, 0)),
      box('dinf', box('dref', u32(0, 1), dataReference ?? IN_THIS_FILE)),
      table,
    ),
  );
  const track = (id: number) =>
    box(
      'trak',
      box('tkhd', u32(3, 0, 0, id, 0, duration, 0, 0, 0, 0), MATRIX, u16(width, 0, height, 0)),
      media,
    );
  const tracks = Array.from({ length: claims.tracks ?? 1 }, (_, index) => track(index + 1));
  const header = [
    u32(0, 0, 0, TIMESCALE, duration, 0x10000),
    u16(0x100, 0),
    u32(0, 0),
    MATRIX,
    Buffer.alloc(24),
  ];
  return box('moov', box('mvhd', ...header, u32(tracks.length + 1)), ...tracks);
}

/** The same numbers for the same seed (a linear congruential generator). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}
