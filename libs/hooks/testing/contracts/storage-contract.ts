import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { JsonValue } from '../../src/host/json.js';
import type { PluginStorage } from '../../src/host/plugin-storage.js';

/** A version of the port, empty. */
export interface StorageLab {
  storage: PluginStorage;
  /** The storage of another plugin beside it. */
  another: PluginStorage;
  drop(): Promise<void>;
}

/** What every version of the port promises. */
export function describePluginStorage(name: string, open: () => Promise<StorageLab>): void {
  describe(`what a plugin keeps, ${name}`, () => {
    let lab: StorageLab;
    beforeEach(async () => {
      lab = await open();
    });
    afterEach(() => lab.drop());

    const keep = async (...keys: string[]) => {
      for (const key of keys) await lab.storage.set(key, key);
    };
    const keys = async (query?: Parameters<PluginStorage['list']>[0]) =>
      (await lab.storage.list(query)).map(({ key }) => key);

    test.each<JsonValue>([null, false, 0, '', 'ü 🎬', [], [1, [null]], {}, { a: { b: [1, 'x'] } }])(
      'gives %j back as it was kept',
      async (value) => {
        await lab.storage.set('key', value);
        expect(await lab.storage.get('key')).toEqual(value);
      },
    );

    test('knows nothing of what was never kept', async () => {
      expect([await lab.storage.get('none'), await lab.storage.delete('none')]).toEqual([undefined, false]);
      expect(await lab.storage.list()).toEqual([]);
    });

    test('a new value takes the place of the old one', async () => {
      await keep('key');
      await lab.storage.set('key', { now: 'this' });
      expect(await lab.storage.list()).toEqual([{ key: 'key', value: { now: 'this' } }]);
    });

    test('keeps a copy: what is changed afterwards is not changed in it', async () => {
      const value = { list: [1] };
      await lab.storage.set('key', value);
      value.list.push(2);
      (((await lab.storage.get('key')) as { list: number[] }).list as number[]).push(3);
      expect(await lab.storage.get('key')).toEqual({ list: [1] });
    });

    test('forgets what was deleted', async () => {
      await keep('a', 'b');
      expect([await lab.storage.delete('a'), await lab.storage.delete('a')]).toEqual([true, false]);
      expect([await lab.storage.get('a'), await keys()]).toEqual([undefined, ['b']]);
    });

    test('no other plugin sees it', async () => {
      await keep('key');
      expect([await lab.another.get('key'), await lab.another.list()]).toEqual([undefined, []]);
      expect(await lab.another.delete('key')).toBe(false);
      expect(await lab.storage.get('key')).toBe('key');
    });

    test('lists in the order of code points, large letters apart from small ones', async () => {
      await keep('b', '😀', 'B', '\uffee', 'a', 'ä');
      expect(await keys()).toEqual(['B', 'a', 'b', 'ä', '\uffee', '😀']);
    });

    test('lists what begins so, letter by letter', async () => {
      await keep('🎬1', '🎬2', 'a', 'a_1', 'a_2', 'aX3', 'A_4', 'b%', 'bb');
      expect(await keys({ prefix: 'a_' })).toEqual(['a_1', 'a_2']);
      expect(await keys({ prefix: 'b%' })).toEqual(['b%']);
      expect(await keys({ prefix: '🎬' })).toEqual(['🎬1', '🎬2']);
      expect(await keys({ prefix: 'a ' })).toEqual([]);
      expect(await keys({ prefix: '' })).toHaveLength(9);
    });

    test('lists in pages, each behind the last key of the one before', async () => {
      await keep('p1', 'p2', 'p3', 'q');
      expect(await keys({ prefix: 'p', count: 2 })).toEqual(['p1', 'p2']);
      expect(await keys({ prefix: 'p', count: 2, after: 'p2' })).toEqual(['p3']);
      expect(await keys({ after: 'p25', count: 1 })).toEqual(['p3']);
    });

    test('lists at most 100 at once', async () => {
      for (let number = 0; number < 101; number++) await lab.storage.set(`${number}`, number);
      expect(await keys({ count: 1000 })).toHaveLength(100);
      expect(await keys()).toHaveLength(100);
    });

    test.each(['', 'x'.repeat(201), 'a '])(
      'a key has 1 to 200 characters, the last no space',
      async (key) => {
        await expect(lab.storage.set(key, 1)).rejects.toMatchObject({ code: 'bad_key' });
        await expect(lab.storage.get(key)).rejects.toMatchObject({ code: 'bad_key' });
        await expect(lab.storage.delete(key)).rejects.toMatchObject({ code: 'bad_key' });
      },
    );
  });
}
