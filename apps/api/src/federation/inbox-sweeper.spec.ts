import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { openTestDatabase, type TestDatabase } from '../database/testing/open-test-database.js';
import { hashUrl } from '../shared/hash-url.js';
import { InboxActivityEntity, type InboxState } from './inbox-activity.entity.js';
import { InboxSweeper } from './inbox-sweeper.js';
import { TombstoneEntity } from './tombstone.entity.js';
import { bury } from './tombstones.js';

const DAY = 24 * 3600_000;
const ago = (days: number) => new Date(Date.now() - days * DAY);

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.drop());

const sweep = (settings: Record<string, string> = {}) =>
  new InboxSweeper(loadConfig(settings), database.dataSource).sweep();

test('what was handled long ago is forgotten, but never what others may still hand on', async () => {
  const rows = database.dataSource.getRepository(InboxActivityEntity);
  const add = (name: string, state: InboxState, finishedAt: Date | null) =>
    rows.insert({
      fingerprint: hashUrl(name),
      activityUrl: name,
      actorUrl: 'https://peer.example/accounts/ada',
      host: 'peer.example',
      type: 'Like',
      issuedAt: null,
      document: { id: name, types: [], terms: {} },
      signedBody: null,
      state,
      reason: null,
      finishedAt,
      createdAt: ago(30),
      updatedAt: ago(30),
    });
  const names = async () => (await rows.find({ order: { id: 'ASC' } })).map(({ activityUrl }) => activityUrl);
  await add('old', 'applied', ago(15));
  await add('old refused', 'refused', ago(15));
  await add('old failed', 'failed', ago(15));
  await add('waiting', 'received', null);
  await add('of last week', 'applied', ago(9));
  await sweep();
  expect(await names()).toEqual(['old failed', 'waiting', 'of last week']);
  await sweep({ VIDIVERSE_FEDERATION_INBOX_KEEP_FINISHED: '1' });
  expect(await names()).toEqual(['old failed', 'waiting', 'of last week']);
});

test('ends of one actor’s activities are forgotten, deleted objects never', async () => {
  const { manager } = database.dataSource;
  const url = 'https://peer.example/videos/1';
  const by = 'https://peer.example/accounts/ada';
  await bury(manager, { url, at: ago(1000) });
  await bury(manager, { url, by, at: ago(91) });
  await bury(manager, { url: `${url}2`, by, at: ago(89) });
  await sweep();
  const stones = await manager.find(TombstoneEntity);
  expect(stones.map((stone) => [stone.url, stone.actorUrl])).toEqual(
    expect.arrayContaining([
      [url, null],
      [`${url}2`, by],
    ]),
  );
  expect(stones).toHaveLength(2);
});
