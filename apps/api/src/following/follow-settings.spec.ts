import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { openTestDatabase, type TestDatabase } from '../database/testing/open-test-database.js';
import { SettingEntity } from '../instance/setting.entity.js';
import { SettingsService } from '../instance/settings.service.js';
import { FollowSettingsService } from './follow-settings.service.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(() => database.dataSource.query('DELETE FROM settings'));
afterAll(() => database.drop());

/** A process with this configuration, on the one database. */
const processWith = (environment: Record<string, string> = {}) =>
  new FollowSettingsService(
    loadConfig({ ...database.environment, ...environment }),
    new SettingsService(database.dataSource.getRepository(SettingEntity)),
  );

test('what an administrator changed holds in every process, over its configuration', async () => {
  const [one, two] = [processWith(), processWith({ VIDIVERSE_FOLLOWERS_INSTANCE_ENABLED: 'true' })];
  await one.change({ followersEnabled: false });
  expect((await two.get()).followersEnabled).toBe(false);
  await two.reset();
  expect((await one.get()).followersEnabled).toBe(true);
});

test('what nobody changed stays a matter of the configuration', async () => {
  await processWith().change({ followersEnabled: false });
  await processWith().change({ channelFollowersEnabled: false });
  expect(await processWith({ VIDIVERSE_FOLLOWERS_INSTANCE_MANUAL_APPROVAL: 'true' }).get()).toEqual({
    followersEnabled: false,
    channelFollowersEnabled: false,
    manualApproval: true,
    followBack: false,
  });
});
