import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mp4Layout } from './mp4-atoms.js';

/** A top-level atom with a body of `length` zeros. */
function atom(type: string, length: number, { size = length + 8, large = false } = {}): Buffer {
  const head = Buffer.alloc(large ? 16 : 8);
  head.writeUInt32BE(large ? 1 : size);
  head.write(type, 4, 'latin1');
  if (large) head.writeBigUInt64BE(BigInt(length + 16), 8);
  return Buffer.concat([head, Buffer.alloc(length)]);
}

describe('the layout of an MP4', () => {
  let path: string;
  beforeAll(async () => {
    path = join(await mkdtemp(join(tmpdir(), 'vidiverse-atoms-')), 'file.mp4');
  });
  afterAll(() => rm(join(path, '..'), { recursive: true, force: true }));

  const layoutOf = async (...atoms: Buffer[]) => {
    await writeFile(path, Buffer.concat(atoms));
    return mp4Layout(path);
  };
  const [type, index, media] = [atom('ftyp', 12), atom('moov', 100), atom('mdat', 5000)];
  const whole = { indexSize: 108, cutShort: false };

  test('is fast-start when the index comes before the media', async () => {
    expect(await layoutOf(type, index, media)).toEqual({ ...whole, fastStart: true });
    expect(await layoutOf(type, atom('free', 50), index, media)).toEqual({ ...whole, fastStart: true });
  });

  test('is none when the media come first, also with a size of 64 bits', async () => {
    expect(await layoutOf(type, media, index)).toEqual({ ...whole, fastStart: false });
    expect(await layoutOf(type, atom('mdat', 5000, { large: true }), index)).toEqual({
      ...whole,
      fastStart: false,
    });
  });

  test('is cut short when media or index go on beyond the end', async () => {
    expect(await layoutOf(type, index, media.subarray(0, -1))).toMatchObject({ cutShort: true });
    expect(await layoutOf(type, media, index.subarray(0, -1))).toMatchObject({ cutShort: true });
  });

  test('is whole when media go up to the end, or something that is no atom follows', async () => {
    const open = atom('mdat', 5000, { size: 0 });
    expect(await layoutOf(type, index, open)).toEqual({ ...whole, fastStart: true });
    const archive = Buffer.from('PK\x03\x04 and more', 'latin1');
    expect(await layoutOf(type, index, media, archive)).toEqual({ ...whole, fastStart: true });
    expect(await layoutOf(type, index, media, Buffer.alloc(40))).toEqual({ ...whole, fastStart: true });
  });

  test('tells an index that claims more than there is, and one that is missing', async () => {
    expect(await layoutOf(type, atom('moov', 10, { size: 4_000_000_000 }))).toEqual({
      fastStart: true,
      indexSize: 4_000_000_000,
      cutShort: true,
    });
    expect(await layoutOf(type, media)).toMatchObject({ indexSize: 0 });
    expect(await layoutOf()).toMatchObject({ indexSize: 0 });
  });

  test('ends on atoms that lead nowhere', async () => {
    const stuck = atom('free', 0, { size: 3 });
    expect(await layoutOf(type, stuck, index)).toMatchObject({ indexSize: 0 });
    const many = Array.from({ length: 5000 }, () => atom('free', 0));
    expect(await layoutOf(...many, index)).toMatchObject({ indexSize: 0 });
  });
});
