import { afterEach, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnprocessableError } from '../shared/domain-error.js';
import { assertSelfContained } from './self-contained.js';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function check(content: Buffer): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'vidiverse-contained-'));
  folders.push(folder);
  await writeFile(join(folder, 'file'), content);
  await assertSelfContained(join(folder, 'file'));
}

const box = (type: string, content: Buffer) => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
};

/** A movie whose second track refers to data as `flags` say: 1 is "in this file". */
const movie = (kind: string, flags: number) => {
  const track = (entry: Buffer) =>
    ['dref', 'dinf', 'minf', 'mdia', 'trak'].reduce(
      (inner, type) => box(type, inner),
      Buffer.concat([Buffer.alloc(7), Buffer.from([1]), entry]),
    );
  const own = track(box('url ', Buffer.from([0, 0, 0, 1])));
  const other = track(box(kind, Buffer.from([0, 0, 0, flags, ...Buffer.from('file:///etc/passwd\0')])));
  return Buffer.concat([
    box('ftyp', Buffer.from('qt  ')),
    box('mdat', Buffer.alloc(99)),
    box('moov', Buffer.concat([own, other])),
  ]);
};

test('a movie that holds its data passes', async () => {
  await check(movie('alis', 1));
});

test.each(['url ', 'alis', 'urn ', 'rsrc'])(
  'a movie whose data a %j entry takes from elsewhere is refused',
  async (kind) => {
    await expect(check(movie(kind, 0))).rejects.toThrow(UnprocessableError);
  },
);

test('an AVI with a text stream is refused, wherever it is declared', async () => {
  const avi = (padding: number) =>
    Buffer.concat([
      Buffer.from('RIFF\0\0\0\0AVI '),
      Buffer.alloc(padding),
      Buffer.from('strh\x38\0\0\0txts'),
    ]);
  for (const padding of [0, 1_048_556, 1_048_560, 3_000_000]) {
    await expect(check(avi(padding))).rejects.toThrow(UnprocessableError);
  }
  await check(Buffer.from('RIFF\0\0\0\0AVI strh\x38\0\0\0vids txts'));
});

test.each([
  [
    'of size zero within itself',
    Buffer.concat([box('ftyp', Buffer.alloc(4)), Buffer.from('\0\0\0\0moov\0\0\0\0trak', 'latin1')]),
  ],
  ['of size one and no more', Buffer.from('\0\0\0\x01moov', 'latin1')],
  ['nested without end', Buffer.from('\0\0\0\x08moov'.repeat(20_000), 'latin1')],
  ['no box at all', Buffer.alloc(5)],
])('a box %s ends the search', async (_, content) => {
  await check(content);
});
