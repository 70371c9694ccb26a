import Database from 'libsql';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cpuSeconds } from './support/processes.mjs';
import { startServer } from './support/server.mjs';

// Activities of the instance to followers on 100 hosts: signed once, posted to each in order. The hosts are servers of this
// process, which answer at once. Meanwhile the server is asked for something small again and again.
const HOSTS = 100;
const ACTIVITIES = 30;
const STEP = 20;

const ours = await startServer({
  environment: { VIDIVERSE_ALLOW_PRIVATE_PEERS: 'true', VIDIVERSE_INSTANCE_SAMPLE_VIDEO: 'false' },
});
const received = new Map();
const servers = await Promise.all(Array.from({ length: HOSTS }, () => startHost()));
const actor = await (
  await fetch(`${ours.base}/accounts/peertube`, { headers: { accept: 'application/activity+json' } })
).json();

const database = new Database(join(ours.data, 'vidiverse.sqlite'));
database.pragma('busy_timeout = 10000');
const before = cpuSeconds(ours.pid);
database.transaction(writeDeliveries)();
const begun = performance.now();
let slowest = 0;
while ([...received.values()].reduce((sum, ids) => sum + ids.length, 0) < HOSTS * ACTIVITIES) {
  const asked = performance.now();
  await fetch(`${ours.base}/api/v1/ping`);
  slowest = Math.max(slowest, performance.now() - asked);
  await pause(STEP);
}
const seconds = (performance.now() - begun) / 1000;
const cpu = cpuSeconds(ours.pid) - before;
const inOrder = [...received.values()].every((ids) => ids.every((id, index) => id.endsWith(`/${index}`)));
const deliveries = HOSTS * ACTIVITIES;
console.log(
  `${deliveries} deliveries to ${HOSTS} hosts: ${(deliveries / seconds).toFixed(0)} per second, in order: ${inOrder}; ` +
    `${((cpu / deliveries) * 1000).toFixed(2)} ms of CPU each; slowest other answer meanwhile ${slowest.toFixed(0)} ms`,
);
database.close();
for (const server of servers) server.closeAllConnections();
await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
await ours.stop();

/** A host that takes everything. */
function startHost() {
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const ids = received.get(server) ?? received.set(server, []).get(server);
    ids.push(JSON.parse(Buffer.concat(chunks).toString()).id);
    response.writeHead(202).end();
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** As the outbox writes them, with the change that they tell. */
function writeDeliveries() {
  const { id: actorId } = database.prepare('SELECT id FROM actors WHERE url = ?').get([actor.id]);
  const now = new Date().toISOString().replace('T', ' ').replace('Z', '');
  const addHost = database.prepare(
    'INSERT INTO delivery_hosts (host, createdAt, updatedAt) VALUES (?, ?, ?)',
  );
  const addActivity = database.prepare(
    'INSERT INTO outbox_activities (activityUrl, actorId, body, createdAt, updatedAt) VALUES (?, ?, ?, ?, ?)',
  );
  const addDelivery = database.prepare(
    'INSERT INTO deliveries (outboxActivityId, host, inboxUrl, state, waitingSince, createdAt, updatedAt) ' +
      "VALUES (?, ?, ?, 'waiting', ?, ?, ?)",
  );
  const hosts = servers.map((server) => `127.0.0.1:${server.address().port}`);
  for (const host of hosts) addHost.run([host, now, now]);
  for (let number = 0; number < ACTIVITIES; number += 1) {
    const id = `${actor.id}/announces/${number}`;
    const activity = {
      type: 'Announce',
      id,
      actor: actor.id,
      object: `${ours.base}/videos/watch/${number}`,
      to: [actor.followers],
    };
    const { lastInsertRowid } = addActivity.run([id, actorId, JSON.stringify(activity), now, now]);
    for (const host of hosts) addDelivery.run([lastInsertRowid, host, `http://${host}/inbox`, now, now, now]);
  }
}
