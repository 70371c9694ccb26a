import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openTestDatabase, type TestDatabase } from '../database/testing/open-test-database.js';
import { ActorEntity } from '../actors/actor.entity.js';
import { Audience } from './audience.service.js';
import { deliveryRows } from './testing/delivery-rows.js';

describe('who is told what an actor does', () => {
  let database: TestDatabase;
  const inbox = (name: string) => `https://${name}/inbox`;

  beforeAll(async () => {
    database = await openTestDatabase();
    const { follow } = deliveryRows(database.dataSource);
    await follow({ host: 'a.example', inboxUrl: inbox('a.example/alice') });
    await follow({ host: 'a.example', inboxUrl: inbox('a.example/bob') });
    await follow({ host: 'b.example', inboxUrl: inbox('b.example/carol'), sharedInboxUrl: null });
    await follow({ host: 'c.example', inboxUrl: inbox('c.example/dave'), state: 'pending' });
    await follow({ host: 'd.example', inboxUrl: inbox('d.example/erin'), state: 'rejected' });
    await follow({ host: '', inboxUrl: inbox('ours.example/accounts/frank') });
    const id = await follow({ host: 'e.example', inboxUrl: inbox('e.example/grace') });
    await database.dataSource.manager.update(ActorEntity, { id }, { deletedAt: new Date() });
  });
  afterAll(() => database.drop());

  async function inboxes(except?: string): Promise<string[]> {
    const { manager } = database.dataSource;
    const targets = await manager.findBy(ActorEntity, { url: 'https://ours.example/accounts/us' });
    return (await new Audience().inboxesOf(manager, targets, { except })).sort();
  }

  test('accepted followers elsewhere, one inbox for all who share it', async () => {
    expect(await inboxes()).toEqual([inbox('a.example'), inbox('b.example/carol')]);
  });

  test('without the host that it came from', async () => {
    expect(await inboxes('a.example')).toEqual([inbox('b.example/carol')]);
  });

  test('nobody, when there is no actor', async () => {
    expect(await new Audience().inboxesOf(database.dataSource.manager, [])).toEqual([]);
  });
});
