import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { InstanceFollows } from '../../src/host/instance-follows.js';

/** A version of the port on an instance that follows nobody. */
export interface FollowsLab {
  follows: InstanceFollows;
  /** As moderation does. */
  block(host: string): Promise<void>;
  drop(): Promise<void>;
}

/** What every version of the port promises, whatever the other instances say. */
export function describeInstanceFollows(name: string, open: () => Promise<FollowsLab>): void {
  describe(`following instances, ${name}`, () => {
    let lab: FollowsLab;
    beforeEach(async () => {
      lab = await open();
    });
    afterEach(() => lab.drop());

    const hosts = async (page?: { start?: number; count?: number }) => {
      const { total, data } = await lab.follows.list(page);
      return [total, ...data.map(({ host }) => host)];
    };

    test('whom a plugin follows is listed by host, once', async () => {
      for (const host of ['b.example', 'A.example', 'a.example:9000', 'b.example'])
        await lab.follows.follow(host);
      expect(await hosts()).toEqual([3, 'a.example', 'a.example:9000', 'b.example']);
      expect(await hosts({ start: 1, count: 1 })).toEqual([3, 'a.example:9000']);
    });

    test('it ends following, and says whether it did', async () => {
      await lab.follows.follow('a.example');
      expect([await lab.follows.unfollow('A.example'), await lab.follows.unfollow('a.example')]).toEqual([
        true,
        false,
      ]);
      expect(await hosts()).toEqual([0]);
    });

    test.each(['not a host', 'https://x.example/y', ''])('%j is no host', async (host) => {
      await expect(lab.follows.follow(host)).rejects.toMatchObject({ code: 'bad_host' });
    });

    test('what moderation blocks is not followed', async () => {
      await lab.block('bad.example');
      await expect(lab.follows.follow('bad.example')).rejects.toMatchObject({ code: 'blocked' });
      expect(await hosts()).toEqual([0]);
    });
  });
}
