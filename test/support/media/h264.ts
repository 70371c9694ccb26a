/** Writes bits and Exp-Golomb codes, as ITU-T H.264 section 7.2 and 9.1 read them. */
class BitWriter {
  private readonly bits: number[] = [];

  /** `count` bits of `value`. */
  u(count: number, value: number): this {
    for (let bit = count - 1; bit >= 0; bit--) this.bits.push((value >> bit) & 1);
    return this;
  }

  /** Unsigned Exp-Golomb. */
  ue(value: number): this {
    const length = Math.floor(Math.log2(value + 1));
    return this.u(length, 0).u(length + 1, value + 1);
  }

  align(): this {
    while (this.bits.length % 8 > 0) this.bits.push(0);
    return this;
  }

  /** The stop bit that ends every unit, and the bytes. */
  end(): Buffer {
    return this.u(1, 1).align().bytes();
  }

  bytes(): Buffer {
    const bytes = Buffer.alloc(this.bits.length / 8);
    this.bits.forEach((bit, index) => (bytes[index >> 3]! |= bit << (7 - (index & 7))));
    return bytes;
  }
}

const MACROBLOCK = 16;
/** 256 luma and 2 x 64 chroma samples. */
const PCM_BYTES = 384;

/** A picture size in macroblocks of 16 x 16 pixels. */
export interface MacroblockSize {
  columns: number;
  rows: number;
}

export const pixels = ({ columns, rows }: MacroblockSize) => ({
  width: columns * MACROBLOCK,
  height: rows * MACROBLOCK,
});

/** Sequence parameter set: baseline, level 4.0, frames only, output in coding order. */
export const sequenceParameters = ({ columns, rows }: MacroblockSize): Buffer =>
  Buffer.concat([
    Buffer.from([0x67, 66, 0, 40]),
    new BitWriter()
      .ue(0)
      .ue(0)
      .ue(2)
      .ue(0)
      .u(1, 0)
      .ue(columns - 1)
      .ue(rows - 1)
      .u(1, 1)
      .u(1, 1)
      .u(1, 0)
      .u(1, 0)
      .end(),
  ]);

/** Picture parameter set: CAVLC, one slice group, deblocking under the slice's control. */
export const pictureParameters = (): Buffer =>
  Buffer.concat([
    Buffer.from([0x68]),
    new BitWriter()
      .ue(0)
      .ue(0)
      .u(1, 0)
      .u(1, 0)
      .ue(0)
      .ue(0)
      .ue(0)
      .u(1, 0)
      .u(2, 0)
      .ue(0)
      .ue(0)
      .ue(0)
      .u(3, 0b100)
      .end(),
  ]);

/**
 * A key frame of uncompressed macroblocks: grey noise of about 385 bytes per macroblock. No sample is zero, so that no
 * byte needs escaping.
 */
export function keyFrame({ columns, rows }: MacroblockSize, number: number, random: () => number): Buffer {
  const header = new BitWriter()
    .ue(0)
    .ue(7)
    .ue(0)
    .u(4, 0)
    .ue(number % 2)
    .u(2, 0)
    .ue(0)
    .ue(1)
    .ue(25)
    .align()
    .bytes();
  const blocks: Buffer[] = [Buffer.from([0x65]), header];
  for (let block = 0; block < columns * rows; block++) {
    if (block > 0) blocks.push(new BitWriter().ue(25).align().bytes());
    const samples = Buffer.alloc(PCM_BYTES, 128);
    for (let index = 0; index < 256; index++) samples[index] = 1 + Math.floor(random() * 254);
    blocks.push(samples);
  }
  blocks.push(Buffer.from([0x80]));
  return Buffer.concat(blocks);
}
