import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderTooLargeError, hashFolder } from './hash-folder.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vidiverse-hash-'));
  await mkdir(join(folder, 'a/b'), { recursive: true });
  await writeFile(join(folder, 'a/one'), 'first');
  await writeFile(join(folder, 'a/b/two'), 'second');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const hash = () => hashFolder(folder, 1000);

test('a folder that nobody touched has the same hash, whatever the limit', async () => {
  expect(await hashFolder(folder, 11)).toBe(await hash());
});

test.each<[string, () => Promise<unknown>]>([
  ['a changed byte', () => writeFile(join(folder, 'a/one'), 'First')],
  ['another name', () => rename(join(folder, 'a/one'), join(folder, 'a/eno'))],
  ['another place', () => rename(join(folder, 'a/one'), join(folder, 'one'))],
  ['one more file', () => writeFile(join(folder, 'a/three'), '')],
  ['one more folder', () => mkdir(join(folder, 'c'))],
  ['a link', () => symlink('/etc', join(folder, 'link'))],
  ['a file less', () => rm(join(folder, 'a/one'))],
])('%s is told', async (_, change) => {
  const before = await hash();
  await change();
  expect(await hash()).not.toBe(before);
});

test('more than there may be is not read to its end', async () => {
  await expect(hashFolder(folder, 10)).rejects.toThrow(FolderTooLargeError);
});
