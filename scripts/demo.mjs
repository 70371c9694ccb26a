import { createServer } from 'node:http';
import { readFileSync, rmSync } from 'node:fs';
import { buildIfNeeded } from './build.mjs';
import { DemoInstance } from './demo/instance.mjs';
import { longerClip } from './demo/longer-clip.mjs';
import { Timeline } from './demo/timeline.mjs';

// Three real instances on this machine tell the story of a video: an origin, one that follows it, one that caches it. The page
// at PORT shows what happens as it happens. Everything is in FOLDER and made anew each time.
const PORT = Number(process.env.VIDIVERSE_DEMO_PORT ?? 9100);
const FOLDER = '.demo';
const PAGE = new Map([
  ['/', ['index.html', 'text/html; charset=utf-8']],
  ['/page.css', ['page.css', 'text/css']],
  ['/page.js', ['page.js', 'text/javascript']],
]);
const CLIP = 'apps/api/assets/sample/clip.mp4';
/** Nine minutes: more than a player keeps ahead of what it shows. */
const TIMES = 30;
const BUDGET = 256 * 1024 * 1024;

const begun = performance.now();
if (await buildIfNeeded()) console.log(` built in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
rmSync(FOLDER, { recursive: true, force: true });

const cacheSettings = {
  VIDIVERSE_CACHING_ENABLED: 'true',
  VIDIVERSE_CACHING_INTERVAL: '1000',
};
const [origin, follower, cache] = [
  new DemoInstance({ role: 'origin', name: 'Origin', port: PORT + 1, folder: FOLDER }),
  new DemoInstance({ role: 'follower', name: 'Follower', port: PORT + 2, folder: FOLDER }),
  new DemoInstance({
    role: 'cache',
    name: 'Cache',
    port: PORT + 3,
    folder: FOLDER,
    environment: cacheSettings,
  }),
];
const instances = [origin, follower, cache];
const timeline = new Timeline(instances);
const stopped = new AbortController();

const server = createServer((request, answer) => void route(request, answer).catch(() => answer.destroy()));
await new Promise((resolve, reject) => server.once('error', reject).listen(PORT, '127.0.0.1', resolve));
console.log(`\n   Demo       http://127.0.0.1:${PORT}\n   Stop       Ctrl+C\n`);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, end);
try {
  await play();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
  await end();
}

async function play() {
  // One after the other: on a small machine three starts at once take longer than three in turn.
  for (const instance of instances) {
    await instance.start();
    timeline.tell(`start ${instance.role}`, instance, `${instance.name} runs at ${instance.url}`);
  }
  void timeline.run(stopped.signal);
  await cache.call('PUT', 'server/caching/policy', {
    strategies: [{ kind: 'recently-added', name: 'newest', budget: BUDGET, minLifetime: 3600 }],
  });
  for (const instance of [follower, cache]) {
    await instance.call('POST', 'server/following', { hosts: [origin.host] });
    timeline.tell(
      `follow ${instance.role}`,
      instance,
      `It asks to follow ${origin.host}: a Follow is signed and sent`,
    );
  }
  await cache.call('PUT', `server/redundancy/${encodeURIComponent(origin.host)}`, {
    redundancyAllowed: true,
  });
  const { videoChannels } = await origin.call('GET', 'users/me');
  const form = new FormData();
  form.append('channelId', String(videoChannels[0].id));
  form.append('name', 'An evening over slow waves');
  form.append('videofile', new Blob([await longerClip(CLIP, TIMES)]), 'evening.mp4');
  const { video } = await origin.call('POST', 'videos/upload', form);
  timeline.tell('upload', origin, 'A video is uploaded', video);
}

async function route({ method, url, headers }, answer) {
  const json = (value) => answer.setHeader('content-type', 'application/json').end(JSON.stringify(value));
  if (method === 'GET' && PAGE.has(url)) {
    const [file, type] = PAGE.get(url);
    answer.setHeader('content-type', type).end(readFileSync(new URL(`./demo/page/${file}`, import.meta.url)));
  } else if (method === 'GET' && url === '/events') {
    answer.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const leave = timeline.subscribe((event) => answer.write(`data: ${JSON.stringify(event)}\n\n`));
    answer.on('close', leave);
  } else if (method === 'GET' && url === '/state') {
    json(await state());
  } else if (method === 'POST' && headers['x-demo'] && /^\/origin\/(?:stop|start)$/.test(url)) {
    // The header is one that no other site's page can send here.
    const stops = url.endsWith('stop');
    await (stops ? origin.stop() : origin.start());
    timeline.tell(
      `${url} ${Date.now()}`,
      origin,
      stops ? 'The origin was stopped (kill -9)' : 'The origin runs again',
    );
    json(await state());
  } else {
    answer.writeHead(404).end();
  }
}

/** Per instance whether it runs, the demo's video there, and the bytes that it served of it by HTTP. */
async function state() {
  return Promise.all(
    instances.map(async (instance) => {
      const { role, name, url, host, isRunning } = instance;
      const view = { role, name, url, host, isRunning, video: null, served: 0 };
      if (!isRunning) return view;
      const { data } = await instance.call('GET', 'videos?count=1').catch(() => ({ data: [] }));
      if (!data[0]) return view;
      const served = await servedBy(instance, data[0]).catch(() => 0);
      return { ...view, video: { uuid: data[0].uuid, name: data[0].name, state: data[0].state?.id }, served };
    }),
  );
}

async function servedBy(instance, { uuid, isLocal }) {
  if (isLocal) {
    const { files } = await instance.call('GET', `videos/${uuid}/swarm`);
    return files.reduce((sum, { webSeedBytes }) => sum + webSeedBytes, 0);
  }
  if (instance.role !== 'cache') return 0;
  const { data } = await instance.call('GET', 'server/caching/files?count=10');
  return data.reduce((sum, { servedBytes }) => sum + servedBytes, 0);
}

async function end() {
  stopped.abort();
  server.close();
  server.closeAllConnections();
  await Promise.all(instances.map((instance) => instance.stop()));
  process.exit();
}
