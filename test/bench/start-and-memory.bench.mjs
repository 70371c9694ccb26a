import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { cpuSeconds } from './support/processes.mjs';
import { median, residentMemory, startServer, temporaryFolder } from './support/server.mjs';

// Start-up to the first answer of the video list, and resident memory idle and after load. The figures of PeerTube 6.3 on a
// machine of this size: 1833 ms, 182 MB (beside it PostgreSQL 76 MB and Redis 6 MB), 561 MB after load.
const STARTS = 7;
const IDLE_SECONDS = 60;
const LOAD_SECONDS = 10;
const CONNECTIONS = 32;

const data = temporaryFolder();
await (await startServer({ data })).stop({ keepData: true });

const starts = [];
const costs = [];
for (let count = 0; count < STARTS; count += 1) {
  const server = await startServer({ data });
  starts.push(server.startMs);
  costs.push(cpuSeconds(server.pid) * 1000);
  await server.stop({ keepData: true });
}
console.log(
  `start to first answer: median ${median(starts).toFixed(0)} ms (${STARTS} runs; at most 1500), ` +
    `${median(costs).toFixed(0)} ms of processor time`,
);

const server = await startServer({ data });
await pause(IDLE_SECONDS * 1000);
console.log(`idle memory after ${IDLE_SECONDS} s: ${residentMemory(server.pid).toFixed(0)} MB (under 180)`);

const { data: videos } = await (await fetch(`${server.base}/api/v1/videos`)).json();
const details = videos[0] && (await (await fetch(`${server.base}/api/v1/videos/${videos[0].uuid}`)).json());
const paths = ['/api/v1/ping', '/api/v1/videos', '/api/v1/config', '/'];
if (details) paths.push(`/api/v1/videos/${details.uuid}`, new URL(details.files[0].fileUrl).pathname);

for (const path of paths) {
  let answers = 0;
  const until = performance.now() + LOAD_SECONDS * 1000;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < until) {
        await (await fetch(server.base + path)).arrayBuffer();
        answers += 1;
      }
    }),
  );
  console.log(`${path}: ${(answers / LOAD_SECONDS).toFixed(0)} answers/s`);
}
console.log(`memory after load: ${residentMemory(server.pid).toFixed(0)} MB (under 300)`);
await pause(10_000);
console.log(`memory 10 s later: ${residentMemory(server.pid).toFixed(0)} MB`);
await server.stop();
rmSync(data, { recursive: true, force: true });
