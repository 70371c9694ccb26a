import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BoundedFolder } from './bounded-folder.js';

let path: string;
beforeEach(async () => (path = await mkdtemp(join(tmpdir(), 'vidiverse-folder-'))));
afterEach(() => rm(path, { recursive: true }));

const filled = async (folder: BoundedFolder, ...names: string[]) => {
  for (const name of names) await folder.write(name, Buffer.alloc(100));
};

test('what is written can be read, also by the next process', async () => {
  await new BoundedFolder(path, 1000).write('a.jpg', Buffer.from('picture'));
  expect(String(await new BoundedFolder(path, 1000).read('a.jpg'))).toBe('picture');
  expect(await new BoundedFolder(path, 1000).read('b.jpg')).toBeNull();
});

test('the folder never keeps more than it may: what was longest unused makes way', async () => {
  const folder = new BoundedFolder(path, 300);
  await filled(folder, 'a', 'b', 'c');
  await folder.read('a');
  await filled(folder, 'd');
  expect((await readdir(path)).sort()).toEqual(['a', 'c', 'd']);
});

test('a smaller bound after a restart holds with the next file', async () => {
  await filled(new BoundedFolder(path, 1000), 'a', 'b', 'c', 'd');
  await filled(new BoundedFolder(path, 200), 'e');
  const kept = await readdir(path);
  expect(kept).toHaveLength(2);
  expect(kept).toContain('e');
});
