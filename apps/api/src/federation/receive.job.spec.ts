import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { RemoteError } from '@vidiverse/federation';
import { ConflictError } from '../shared/domain-error.js';
import { SettingEntity } from '../instance/setting.entity.js';
import { type ActivityHandlers, ActivityRefusedError, applied, refused } from './activity-handlers.js';
import { ADA, openReceivingLab, type ReceivingLab } from './testing/receiving-lab.js';

describe('what becomes of a recorded activity', () => {
  let lab: ReceivingLab;
  let handlers: ActivityHandlers;
  const setting = (name: string) => ({ name, value: true, createdAt: new Date(), updatedAt: new Date() });

  beforeAll(async () => {
    lab = await openReceivingLab();
  });
  beforeEach(async () => {
    await lab.empty();
    await lab.dataSource.getRepository(SettingEntity).clear();
    handlers = lab.newHandlers();
  });
  afterAll(() => lab.close());

  const failing = (...errors: Error[]) => {
    let tries = 0;
    handlers.on('Like', {
      handle: async () => {
        const error = errors[tries++];
        if (error) throw error;
        return applied();
      },
    });
    return () => tries;
  };

  test('its handler learns what was told, by whom, and what was prepared', async () => {
    const seen: unknown[] = [];
    handlers.on('Like', {
      prepare: async ({ object }, { actor }) => `${object} for ${actor.username}`,
      handle: async (activity, { actor, row }, prepared) => {
        seen.push(activity.type, actor.url, row.activityUrl, prepared);
        return applied();
      },
    });
    const id = `${ADA}/likes/1`;
    expect(await lab.tell({ type: 'Like', id, object: `${ADA}/video` })).toEqual(['applied', null]);
    expect(seen).toEqual(['Like', ADA, id, `${ADA}/video for ada`]);
  });

  test('the first handler that is concerned gets it', async () => {
    const seen: string[] = [];
    for (const name of ['videos', 'comments'])
      handlers.on('Like', {
        concerns: async ({ object }) => object.includes(name),
        handle: async () => {
          seen.push(name);
          return applied();
        },
      });
    await lab.tell({ type: 'Like', object: `${ADA}/comments/1` });
    expect(seen).toEqual(['comments']);
    expect(await lab.tell({ type: 'Like', object: `${ADA}/playlists/1` })).toEqual([
      'refused',
      'Not understood: nothing here is concerned.',
    ]);
  });

  test.each(['Like', 'Wave'])('a %s that nobody handles is refused', async (type) => {
    expect(await lab.tell({ type })).toEqual(['refused', expect.stringMatching(/^Not understood: /)]);
  });

  test('what a handler refuses is refused with its reason, and what it wrote stays', async () => {
    handlers.on('Like', {
      handle: async (_, { manager }) => {
        await manager.insert(SettingEntity, setting('verdict'));
        return refused('We like it already.');
      },
    });
    expect(await lab.tell({ type: 'Like' })).toEqual(['refused', 'We like it already.']);
    expect(await lab.dataSource.getRepository(SettingEntity).existsBy({ name: 'verdict' })).toBe(true);
  });

  test('what a handler wrote is taken back when it throws, and written once when it is tried again', async () => {
    let tries = 0;
    handlers.on('Like', {
      handle: async (_, { manager }) => {
        await manager.insert(SettingEntity, setting(`try ${++tries}`));
        if (tries === 1) throw new Error('a passing fault');
        return applied();
      },
    });
    expect(await lab.tell({ type: 'Like' })).toEqual(['applied', null]);
    const rows = await lab.dataSource.getRepository(SettingEntity).find();
    expect(rows.map(({ name }) => name)).toEqual(['try 2']);
  });

  test.each<[string, Error, string]>([
    ['that it says so', new ActivityRefusedError('The video is private.'), 'The video is private.'],
    ['that our rules say so', new ConflictError('It is there.'), 'It is there.'],
    [
      'that its server says so',
      new RemoteError('bad_status', 'It answered 404.', { status: 404 }),
      'It answered 404.',
    ],
  ])('a fault is final when it is %s', async (_, error, reason) => {
    const tries = failing(error, error, error);
    expect(await lab.tell({ type: 'Like' })).toEqual(['refused', reason]);
    expect(tries()).toBe(1);
  });

  test('a server that does not answer is asked again', async () => {
    const tries = failing(new RemoteError('timeout', 'It took too long.'), new Error('again'));
    expect(await lab.tell({ type: 'Like' })).toEqual(['applied', null]);
    expect(tries()).toBe(3);
  });

  test('what fails as often as it is tried ends failed, with the reason', async () => {
    const tries = failing(new Error('one'), new Error('two'), new Error('three'));
    expect(await lab.tell({ type: 'Like' })).toEqual(['failed', 'three']);
    expect(tries()).toBe(3);
  });

  test('nothing is done for an actor that was deleted', async () => {
    const tries = failing();
    await lab.actors.update({ url: ADA }, { deletedAt: new Date() });
    expect(await lab.tell({ type: 'Like' })).toEqual(['refused', 'Its actor was deleted.']);
    expect(tries()).toBe(0);
    await lab.actors.update({ url: ADA }, { deletedAt: null });
  });

  test('a job that runs twice has one effect', async () => {
    const tries = failing();
    await lab.tell({ type: 'Like' });
    await lab.handleAgain();
    expect(tries()).toBe(1);
  });
});
