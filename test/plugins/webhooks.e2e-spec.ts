import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInstances, type FederatedInstance, type Instances } from '../support/create-instances.js';
import { until } from '../support/uploads.js';
import { publishVideo } from '../support/videos.js';

const api = '/plugins-api/webhooks';
const SECRET = 'a secret of some length';

interface Told {
  headers: IncomingHttpHeaders;
  text: string;
  type: string;
  data: { uuid: string; name?: string };
}

let instances: Instances;
let ours: FederatedInstance;
let receiver: Server;
let status = 204;
const told: Told[] = [];
beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    if (status < 300)
      told.push({ headers: request.headers, text, ...(JSON.parse(text) as Pick<Told, 'type' | 'data'>) });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  instances = await createInstances(1, { environment: { VIDIVERSE_PLUGINS_LIST: 'webhooks' } });
  ours = instances.all[0]!;
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  await ours.administrator.call('PUT', '/api/v1/plugins/webhooks/settings', {
    json: { settings: { targets: [{ url, secret: SECRET }] } },
  });
});
afterAll(async () => {
  await instances.close();
  receiver.close();
});

const isTold = (type: string, uuid: string) =>
  until(
    async () => told.find((one) => one.type === type && one.data.uuid === uuid) ?? null,
    `${type} is told`,
  );

test('a video that is published and deleted is told, signed', async () => {
  const { id, uuid } = await publishVideo(ours.administrator, { name: 'Told' });
  const { headers, text, data } = await isTold('videos.video.published', uuid);
  expect(data.name).toBe('Told');
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${text}`;
  const expected = createHmac('sha256', SECRET).update(signed).digest('base64');
  expect(headers['webhook-signature']).toBe(`v1,${expected}`);
  await ours.administrator.call('DELETE', `/api/v1/videos/${id}`);
  await isTold('videos.video.deleted', uuid);
});

test('what could not be delivered is listed for administrators, and sent again on request', async () => {
  status = 410;
  const { uuid } = await publishVideo(ours.administrator, { name: 'Late' });
  interface Undelivered {
    data: Array<{ id: string; event: string; body: string }>;
  }
  const list = () =>
    ours.administrator.call<Undelivered>('GET', `${api}/undelivered`, { query: { count: 100 } });
  const lost = await until(
    async () =>
      (await list()).data.find(
        ({ event, body }) => event === 'videos.video.published' && body.includes(uuid),
      ) ?? null,
    'it is given up',
  );
  expect((await ours.administrator.visitor().ask('GET', `${api}/undelivered`)).status).toBe(401);
  status = 204;
  await ours.administrator.call('POST', `${api}/undelivered/${lost.id}/retry`);
  expect((await isTold('videos.video.published', uuid)).headers['webhook-id']).toBe(lost.id);
  expect((await list()).data.map(({ id }) => id)).not.toContain(lost.id);
  expect((await ours.administrator.ask('POST', `${api}/undelivered/${lost.id}/retry`)).status).toBe(404);
});

const FEED = `${api}/feeds/events.atom`;
const read = async (query = '') => {
  const answer = await fetch(`${ours.address}${FEED}${query}`);
  const text = await answer.text();
  return { status: answer.status, type: answer.headers.get('content-type'), text };
};

test('everybody can follow what happens to public videos as Atom, and pages name that feed', async () => {
  const { id } = await publishVideo(ours.administrator, { name: '<Fish> & "chips"' });
  const name = '&lt;Fish&gt; &amp; &quot;chips&quot;';
  const isRead = (title: string) =>
    until(async () => {
      const feed = await read();
      return feed.text.includes(`<title>${title}</title>`) ? feed : null;
    }, `the feed has ${title}`);
  expect(await isRead(`Video published: ${name}`)).toMatchObject({
    status: 200,
    type: 'application/atom+xml; charset=utf-8',
  });
  await ours.administrator.call('DELETE', `/api/v1/videos/${id}`);
  expect((await isRead(`Video deleted: ${name}`)).text).not.toContain(`Video published: ${name}`);
  const page = await (await fetch(ours.address, { headers: { accept: 'text/html' } })).text();
  expect(page).toContain(`href="${ours.address}${FEED}"`);
});

test('a video is in the feed only while it is public', async () => {
  const secret = await publishVideo(ours.administrator, { name: 'Secret', privacy: 3 });
  const open = await publishVideo(ours.administrator, { name: 'Open' });
  await until(async () => (await read()).text.includes('Video published: Open') || null, 'the feed has it');
  await isTold('videos.video.published', secret.uuid);
  expect((await read()).text).not.toContain('Secret');
  await ours.administrator.call('PUT', `/api/v1/videos/${open.id}`, { json: { privacy: 2 } });
  expect((await read()).text).not.toContain('Open');
});

test('with the token of the settings, administrators follow users too', async () => {
  expect((await read('?token=')).status).toBe(403);
  await ours.administrator.call('PUT', '/api/v1/plugins/webhooks/settings', {
    json: { settings: { feedToken: SECRET } },
  });
  const grace = { username: 'grace', email: 'grace@example.org', password: 'correct horse battery' };
  await ours.administrator.createUser(grace);
  const query = `?token=${encodeURIComponent(SECRET)}`;
  await until(async () => (await read(query)).text.includes('User registered: grace') || null, 'it is there');
  expect((await read()).text).not.toContain('grace');
  expect((await read('?token=wrong')).status).toBe(403);
});
