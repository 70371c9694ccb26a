import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { followingsOf, itself } from '../support/following.js';
import { createTextServer, type TextServer } from '../support/text-server.js';
import { until } from '../support/uploads.js';

const api = '/plugins-api/instance-index';

interface State {
  lastRun: {
    startedAt: string;
    dryRun: boolean;
    problem: string | null;
    followed: { hosts: string[] };
    skipped: Array<{ reason: string; hosts: string[] }>;
  } | null;
}

let instances: Instances;
let [ours, first, second]: FederatedInstance[] = [];
let index: TextServer;
beforeAll(async () => {
  index = await createTextServer();
  instances = await createInstances(3, { environment: { VIDIVERSE_PLUGINS_LIST: 'instance-index' } });
  [ours, first, second] = instances.all;
  const data = instances.all.map(({ host }) => ({ host }));
  index.texts.set('/hosts', JSON.stringify({ total: data.length, data }));
});
afterAll(async () => {
  await instances.close();
  await index.close();
});

const settings = (given: object) =>
  ours!.administrator.call('PUT', '/api/v1/plugins/instance-index/settings', {
    json: { settings: { indexUrl: `${index.address}/hosts`, ...given } },
  });
const state = () => ours!.administrator.call<State>('GET', `${api}/state`);
const run = async () => {
  const before = (await state()).lastRun?.startedAt;
  await ours!.administrator.call('POST', `${api}/run`);
  return until(async () => {
    const { lastRun } = await state();
    return lastRun?.startedAt === before ? null : lastRun;
  }, 'it has looked at the index');
};

test('its routes are for administrators: visitors get 401', async () => {
  const visitor = ours!.administrator.visitor();
  expect((await visitor.ask('GET', `${api}/state`)).status).toBe(401);
  expect((await visitor.ask('POST', `${api}/run`)).status).toBe(401);
});

test('a dry run shows whom it would follow; then the instances of the index are followed but for the blacklist', async () => {
  await settings({ neverFollow: [second!.host] });
  expect(await run()).toMatchObject({ dryRun: true, problem: null, followed: { hosts: [first!.host] } });
  expect(await followingsOf(ours!.administrator)).toEqual([]);

  await settings({ neverFollow: [second!.host], dryRun: false });
  expect((await run()).skipped).toEqual([
    expect.objectContaining({ reason: 'blacklisted', hosts: [second!.host] }),
  ]);
  await instances.untilIdle();
  expect(await followingsOf(ours!.administrator)).toEqual([[itself(first!), 'accepted']]);
});

test('an instance that leaves the index is unfollowed, when that is wanted', async () => {
  index.texts.set('/hosts', second!.host);
  await settings({ neverFollow: [second!.host], dryRun: false, unfollowsWhatLeft: true });
  await run();
  await instances.untilIdle();
  expect(await followingsOf(ours!.administrator)).toEqual([]);
});
