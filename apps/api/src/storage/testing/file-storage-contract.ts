import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { FileStorage } from '../file-storage.js';

export interface StorageUnderTest {
  storage: FileStorage;
  drop(): Promise<void>;
}

/** What every `FileStorage` promises. */
export function describeFileStorage(name: string, make: () => Promise<StorageUnderTest>): void {
  describe(`${name} keeps files`, () => {
    let made: StorageUnderTest;
    let storage: FileStorage;
    const content = randomBytes(100_000);

    beforeAll(async () => {
      made = await make();
      storage = made.storage;
      await storage.write('web-videos', 'a.mp4', content);
    });
    afterAll(() => made.drop());

    test('and gives them back whole, by range and by position', async () => {
      const file = (await storage.open('web-videos', 'a.mp4'))!;
      const part = Buffer.alloc(10);
      expect(file.size).toBe(content.length);
      expect(await buffer(file.stream())).toEqual(content);
      expect(await buffer(file.stream({ start: 10, end: 19 }))).toEqual(content.subarray(10, 20));
      expect([await file.read(part, 500), part]).toEqual([10, content.subarray(500, 510)]);
      expect(await file.read(part, content.length)).toBe(0);
      await file.close();
    });

    test('moves a local file in, replacing what was there', async () => {
      const path = storage.temporaryPath('.bin');
      await writeFile(path, 'moved');
      await storage.moveIn('originals', 'b.bin', path);
      const copy = await storage.localCopy('originals', 'b.bin');
      expect(await readFile(copy.path, 'utf8')).toBe('moved');
      await copy.release();
      await expect(readFile(path)).rejects.toThrow('ENOENT');
    });

    test('lets a file grow over a long time, and moves it in when it is whole', async () => {
      const path = storage.partialPath('c.mp4');
      await writeFile(path, 'half');
      await storage.removeTemporaryBefore(Date.now() + 1000);
      expect(await readFile(path, 'utf8')).toBe('half');
      expect((await storage.listPartial()).map(({ name }) => name)).toEqual(['c.mp4']);
      expect(await storage.open('redundancy', 'c.mp4')).toBeNull();
      await storage.moveIn('redundancy', 'c.mp4', path);
      expect(await storage.list('redundancy')).toEqual(['c.mp4']);
      await storage.removePartial('c.mp4');
      expect(await storage.listPartial()).toEqual([]);
    });

    test('removes the temporary files of one owner and no others', async () => {
      const [mine, also, other] = ['job-1', 'job-1', 'job-11'].map((owner) =>
        storage.temporaryPath('.mp4', owner),
      ) as [string, string, string];
      for (const path of [mine, also, other]) await writeFile(path, 'half');
      await storage.removeTemporary('job-1');
      await expect(readFile(mine)).rejects.toThrow('ENOENT');
      await expect(readFile(also)).rejects.toThrow('ENOENT');
      expect(await readFile(other, 'utf8')).toBe('half');
      await storage.removeTemporary('job-11');
    });

    test('removes the temporary files that nobody writes to any more', async () => {
      const [old, young] = [storage.temporaryPath(), storage.temporaryPath('.mp4', 'job-2')];
      for (const path of [old, young]) await writeFile(path, 'half');
      await utimes(old, new Date(1000), new Date(1000));
      await storage.removeTemporaryBefore(Date.now() - 3600_000);
      await expect(readFile(old)).rejects.toThrow('ENOENT');
      expect(await readFile(young, 'utf8')).toBe('half');
      await storage.removeTemporary('job-2');
    });

    test('answers null for one that is not there, and removes one twice', async () => {
      expect(await storage.open('thumbnails', 'none.jpg')).toBeNull();
      await storage.write('thumbnails', 'c.jpg', Buffer.from('c'));
      expect(await storage.list('thumbnails')).toEqual(['c.jpg']);
      await storage.remove('thumbnails', 'c.jpg');
      await storage.remove('thumbnails', 'c.jpg');
      expect(await storage.list('thumbnails')).toEqual([]);
    });

    test.each(['../a.mp4', '/etc/passwd', 'a/b', '.hidden', '', 'a\0b', 'x'.repeat(300)])(
      'refuses the name %j',
      async (bad) => {
        await expect(storage.write('web-videos', bad, content)).rejects.toThrow('no file name of ours');
        await expect(storage.open('web-videos', bad)).rejects.toThrow('no file name of ours');
      },
    );
  });
}
