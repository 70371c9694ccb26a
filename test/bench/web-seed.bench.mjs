import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesPerSecond, loadGenerator } from './support/http-load.mjs';
import { startNginx } from './support/nginx.mjs';
import { cpuSeconds, isInstalled } from './support/processes.mjs';
import { sampleFile } from './support/sample-video.mjs';
import { median, startServer } from './support/server.mjs';

// The WebSeed against nginx on the same file, which is in the page cache: ranges of 1 MiB to 8 clients, and whole files to
// one. Both run beside each other all the time and are asked in turn. PeerTube 6.3 reached 0.23 of nginx.
const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
const SIZE = 64 * MIB;
const ROUNDS = 5;
const SECONDS = 4;
const PATH = '/static/web-videos';

if (!isInstalled('nginx')) {
  console.log('skipped: nginx is not installed');
  process.exit();
}
const ours = await startServer();
const { fileUrl } = await sampleFile(ours.base);
const name = new URL(fileUrl).pathname.split('/').at(-1);
const folder = join(ours.data, 'files/web-videos');
writeFileSync(join(folder, name), randomBytes(SIZE));
const nginx = await startNginx({ folder, path: PATH });

for (const [what, load] of [
  ['ranges of 1 MiB, 8 connections', { range: MIB, connections: 8 }],
  ['whole files, 1 connection', { range: 0, connections: 1 }],
]) {
  const rates = { ours: [], nginx: [] };
  const costs = { ours: [], nginx: [] };
  const measure = async (server, rate, cost) => {
    const before = cpuSeconds(server.pid);
    const perSecond = await bytesPerSecond({
      url: `${server.base}${PATH}/${name}`,
      size: SIZE,
      seconds: SECONDS,
      ...load,
    });
    rate.push(perSecond);
    cost.push((cpuSeconds(server.pid) - before) / ((perSecond * SECONDS) / GIB));
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    // Who goes first changes, so that neither has the warmer machine.
    const turns = [
      () => measure(ours, rates.ours, costs.ours),
      () => measure(nginx, rates.nginx, costs.nginx),
    ];
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
  }
  const ratios = rates.ours.map((rate, index) => rate / rates.nginx[index]);
  console.log(
    `${what} (${loadGenerator}): ${(median(rates.ours) / MIB).toFixed(0)} MiB/s, ` +
      `nginx ${(median(rates.nginx) / MIB).toFixed(0)}; median ratio ${median(ratios).toFixed(2)} ` +
      `[${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}], at least 0.5; ` +
      `CPU-seconds per GiB ${median(costs.ours).toFixed(2)}, nginx ${median(costs.nginx).toFixed(2)}`,
  );
}
await Promise.all([ours.stop(), nginx.stop()]);
