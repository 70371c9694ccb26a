import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import prettier from 'prettier';
import { administratorOf } from '../support/client.js';
import { createInstance, type TestInstance } from '../support/create-instance.js';
import { publishVideo, QUICK_PUBLISHING } from '../support/videos.js';

const PAGE = 'FEDERATION.md';
const AS2 = 'application/activity+json';
/** A marker, and the block that stands under it once it was written. */
const EXAMPLE = /<!-- example: (\S+) -->\n(?:\n```json\n[\s\S]*?\n```\n)?/g;

let instance: TestInstance;
let examples: Record<string, unknown>;

const get = async (path: string, accept: string) => {
  const answer = await fetch(path.startsWith('http') ? path : instance.address + path, {
    headers: { accept },
  });
  return (await answer.json()) as Record<string, unknown>;
};

beforeAll(async () => {
  instance = await createInstance({ environment: QUICK_PUBLISHING });
  const { host } = new URL(instance.address);
  const administrator = await administratorOf(instance);
  const { uuid } = await publishVideo(administrator, {
    name: 'A day at the sea',
    description: 'Waves, and *nothing* else.',
    tags: 'sea',
    category: 6,
    licence: 1,
    language: 'en',
  });
  const { url: comment } = await administrator.comment(uuid, 'How **calm** it is.');
  await administrator.rate(uuid, 'like');
  const outbox = await get('/video-channels/root_channel/outbox?page=1', AS2);
  const [announce] = outbox.orderedItems as object[];
  examples = {
    webfinger: await get(`/.well-known/webfinger?resource=acct:root_channel@${host}`, 'application/jrd+json'),
    'nodeinfo-index': await get('/.well-known/nodeinfo', 'application/json'),
    nodeinfo: await get('/nodeinfo/2.1.json', 'application/json'),
    instance: await get('/accounts/peertube', AS2),
    channel: await get('/video-channels/root_channel', AS2),
    video: await get(`/videos/watch/${uuid}`, AS2),
    announce,
    comment: await get(comment, AS2),
    like: await get('/accounts/root/likes/1', AS2),
  };
});
afterAll(async () => instance.close());

/** What differs from run to run is replaced: host, ids, times, keys and hashes. The context is shown once, in the video. */
function shown(name: string): string {
  const { '@context': context, ...document } = examples[name] as Record<string, unknown>;
  const text = JSON.stringify(name === 'video' ? { '@context': context, ...document } : document, null, 2);
  return text
    .replaceAll(encodeURIComponent(instance.address), encodeURIComponent('https://videos.example'))
    .replaceAll(instance.address, 'https://videos.example')
    .replaceAll(
      encodeURIComponent(instance.address.replace('http', 'ws')),
      encodeURIComponent('wss://videos.example'),
    )
    .replaceAll(instance.address.replace('http', 'ws'), 'wss://videos.example')
    .replaceAll(new URL(instance.address).host, 'videos.example')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '3ba45ae1-0000-4000-8000-000000000001')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2026-11-24T12:00:00.000Z')
    .replaceAll(/btih:[0-9a-f]{40}/g, `btih:${'0'.repeat(40)}`)
    .replaceAll(/(KEY-----\\n)[^-]+(-----END)/g, '$1…\\n$2')
    .replaceAll(/"size": \d+/g, '"size": 92000')
    .replaceAll(/"activeMonth": \d+/g, '"activeMonth": 1')
    .replaceAll(/"activeHalfyear": \d+/g, '"activeHalfyear": 1');
}

test('FEDERATION.md shows what an instance answers', async () => {
  const page = await readFile(PAGE, 'utf8');
  const filled = page.replace(EXAMPLE, (_all, name: string) => {
    return `<!-- example: ${name} -->\n\n\`\`\`json\n${shown(name)}\n\`\`\`\n`;
  });
  const made = await prettier.format(filled, { ...(await prettier.resolveConfig(PAGE)), filepath: PAGE });
  if (process.env.UPDATE_PAGES === '1') await writeFile(PAGE, made);
  expect(await readFile(PAGE, 'utf8')).toBe(made);
});
