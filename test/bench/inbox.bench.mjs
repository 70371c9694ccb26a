import Database from 'libsql';
import jsonld from 'jsonld';
import { spawn } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { loadContext } from './support/contexts.mjs';
import { cpuSeconds } from './support/processes.mjs';
import { sampleFile } from './support/sample-video.mjs';
import { median, startServer } from './support/server.mjs';

// Comments on a video, received by a whole instance: signature, author, record, job, handler, row. They come from ten
// actors of a server in another process, which has signed them beforehand. Against what cannot be avoided: one RSA-2048
// verification for each signature, and making the document canonical.
const ACTIVITIES = 400;
const AT_ONCE = 16;
const ROUNDS = 3;
const BARE_SECONDS = 1;
const STEP = 20;

const results = { http: [], both: [] };
let sample;
for (let round = 0; round < ROUNDS; round += 1)
  for (const form of Object.keys(results)) results[form].push(await receive(form));
const { rsa, canonize } = await bareRates();
const least = { http: 1 / rsa, both: 2 / rsa + 1 / canonize };
console.log(
  `${ACTIVITIES} comments from 10 actors, ${AT_ONCE} requests at once, median of ${ROUNDS}; ` +
    `bare per processor second: RSA-2048 verify ${rsa.toFixed(0)}, canonize ${canonize.toFixed(0)}`,
);
for (const [form, title] of [
  ['http', 'HTTP signature alone'],
  ['both', 'with LD signature   '],
]) {
  const middle = (field) => median(results[form].map((one) => one[field]));
  const cpu = middle('cpu') / ACTIVITIES;
  console.log(
    `  ${title} ${middle('accepted').toFixed(0)} per second answered 202, ${middle('applied').toFixed(0)} applied; ` +
      `${(cpu * 1000).toFixed(2)} ms of CPU each, ${(cpu / least[form]).toFixed(1)} times the bare cost; ` +
      `main thread: longest block ${middle('longest').toFixed(0)} ms, 99 of 100 under ${middle('most').toFixed(0)} ms`,
  );
}

/** One run against a new instance. */
async function receive(form) {
  const delayFile = join(process.env.TMPDIR ?? '/tmp', `vidiverse-delay-${process.pid}.json`);
  const ours = await startServer({
    environment: {
      VIDIVERSE_ALLOW_PRIVATE_PEERS: 'true',
      VIDIVERSE_MEDIA_FFMPEG_PATH: 'none',
      NODE_OPTIONS: `--import ${new URL('./support/event-loop-delay.mjs', import.meta.url)}`,
      EVENT_LOOP_DELAY_FILE: delayFile,
    },
  });
  await sampleFile(ours.base);
  const [{ uuid }] = (await (await fetch(`${ours.base}/api/v1/videos`)).json()).data;
  const load = spawn(
    process.execPath,
    [
      'test/bench/support/inbox-load.mjs',
      `${ours.base}/inbox`,
      `${ours.base}/videos/watch/${uuid}`,
      form,
      ACTIVITIES,
      AT_ONCE,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface(load.stdout)[Symbol.asyncIterator]();
  sample = JSON.parse((await lines.next()).value);
  const database = new Database(join(ours.data, 'vidiverse.sqlite'));
  const count = (state) =>
    database.prepare('SELECT COUNT(*) AS n FROM inbox_activities WHERE state = ?').get([state]).n;
  while (count('received') > 0) await pause(STEP);
  const before = count('applied');
  await blocksOf(ours.pid, delayFile);
  const cpu = cpuSeconds(ours.pid);
  const begun = performance.now();
  load.stdin.write('go\n');
  const { seconds, statuses } = JSON.parse((await lines.next()).value);
  if (statuses[202] !== ACTIVITIES) throw new Error(`not all were taken: ${JSON.stringify(statuses)}`);
  while (count('received') > 0) await pause(STEP);
  const result = {
    accepted: ACTIVITIES / seconds,
    applied: ACTIVITIES / ((performance.now() - begun) / 1000),
    cpu: cpuSeconds(ours.pid) - cpu,
    ...(await blocksOf(ours.pid, delayFile)),
  };
  if (count('applied') - before !== ACTIVITIES) throw new Error('not all were applied');
  database.close();
  load.kill();
  await once(load, 'exit');
  await ours.stop();
  return result;
}

/** Milliseconds that the main thread was blocked since the last time. */
async function blocksOf(pid, file) {
  rmSync(file, { force: true });
  process.kill(pid, 'SIGUSR2');
  for (;;) {
    await pause(STEP);
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      // It is not written yet.
    }
  }
}

/** Per second of processor time, on a document that was sent. */
async function bareRates() {
  const body = Buffer.from(JSON.stringify(sample));
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const signed = sign('sha256', body, privateKey);
  const key = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }));
  const options = { algorithm: 'RDFC-1.0', base: null, safe: false, documentLoader: loadContext };
  return {
    rsa: await bareRate(async () => verify('sha256', body, key, signed)),
    canonize: await bareRate(() => jsonld.canonize(sample, options)),
  };
}

async function bareRate(work) {
  await work();
  const before = process.cpuUsage();
  let count = 0;
  for (const end = performance.now() + BARE_SECONDS * 1000; performance.now() < end; count += 1) await work();
  const { user, system } = process.cpuUsage(before);
  return count / ((user + system) / 1e6);
}
