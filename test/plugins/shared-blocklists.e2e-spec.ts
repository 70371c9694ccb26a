import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { followersOf, itself } from '../support/following.js';
import { createTextServer, type TextServer } from '../support/text-server.js';
import { until } from '../support/uploads.js';
import { publishVideo } from '../support/videos.js';

const api = '/plugins-api/shared-blocklists';

interface Lists {
  data: Array<{ source: string; hosts: number; problem: string | null; triedAt: string }>;
}

let instances: Instances;
let [ours, bad, good]: FederatedInstance[] = [];
let lists: TextServer;
beforeAll(async () => {
  lists = await createTextServer();
  instances = await createInstances(3, { environment: { VIDIVERSE_PLUGINS_LIST: 'shared-blocklists' } });
  [ours, bad, good] = instances.all;
  await settings({});
});
afterAll(async () => {
  await instances.close();
  await lists.close();
});

const settings = (given: object) =>
  ours!.administrator.call('PUT', '/api/v1/plugins/shared-blocklists/settings', {
    json: { settings: { lists: [`${lists.address}/list`], ...given } },
  });
const stateOfList = async () => (await ours!.administrator.call<Lists>('GET', `${api}/lists`)).data[0];
const refresh = async () => {
  const before = (await stateOfList())?.triedAt;
  await ours!.administrator.call('POST', `${api}/refresh`);
  return until(async () => {
    const state = await stateOfList();
    return state && state.triedAt !== before ? state : null;
  }, 'the list was looked at');
};

test('its routes are for administrators: visitors get 401', async () => {
  const visitor = ours!.administrator.visitor();
  for (const [method, path] of [
    ['GET', 'lists'],
    ['GET', 'export'],
    ['POST', 'imports'],
    ['DELETE', 'imports/x'],
  ] as const)
    expect([path, (await visitor.ask(method, `${api}/${path}`)).status]).toEqual([path, 401]);
});

test('an instance on a list cannot follow this one, and the verdict names the list; others can', async () => {
  lists.texts.set('/list', JSON.stringify({ data: [{ value: bad!.host }] }));
  expect(await refresh()).toMatchObject({ hosts: 1, problem: null });
  await bad!.administrator.follow({ hosts: [ours!.host] });
  await good!.administrator.follow({ hosts: [ours!.host] });
  await instances.untilIdle();
  const followers = await followersOf(ours!.administrator);
  expect(followers.filter(([, state]) => state === 'accepted')).toEqual([[itself(good!), 'accepted']]);
});

test('a list that is gone keeps its last state', async () => {
  lists.texts.delete('/list');
  expect(await refresh()).toMatchObject({ hosts: 1, problem: 'It is answered with status 404.' });
  const check = await ours!.administrator.call('GET', `${api}/check`, { query: { host: bad!.host } });
  expect(check).toMatchObject({
    blocked: { reason: `${bad!.host} is on the block list ${lists.address}/list.` },
  });
});

test('what is exported can be imported, under a name, and removed again', async () => {
  const text = JSON.stringify(await ours!.administrator.call('GET', `${api}/export`));
  const imported = { name: 'from ours', text };
  expect(await good!.administrator.call('POST', `${api}/imports`, { json: imported })).toMatchObject({
    ...{ kind: 'import', source: 'from ours', format: 'json', hosts: 1 },
  });
  const csv = await good!.administrator.ask<string>('GET', `${api}/export`, { query: { format: 'csv' } });
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(csv.body).toContain(`${bad!.host},suspend,false,false,"From from ours",false\r\n`);
  await good!.administrator.call('DELETE', `${api}/imports/from%20ours`);
  expect((await good!.administrator.ask('DELETE', `${api}/imports/from%20ours`)).status).toBe(404);
  const wrong = await good!.administrator.ask('POST', `${api}/imports`, {
    json: { name: 'x', text: 'words' },
  });
  expect([wrong.status, wrong.body.detail]).toEqual([400, 'text: It names no host.']);
});

test('nothing that an instance on a list sends is taken', async () => {
  await settings({ lists: [] });
  await ours!.administrator.follow({ hosts: [bad!.host] });
  await instances.untilIdle();
  await ours!.administrator.call('POST', `${api}/imports`, { json: { name: 'mine', text: bad!.host } });
  const { uuid } = await publishVideo(bad!.administrator, { name: 'Unwanted' });
  await instances.untilIdle();
  expect((await ours!.administrator.ask('GET', `/api/v1/videos/${uuid}`)).status).toBe(404);
});
