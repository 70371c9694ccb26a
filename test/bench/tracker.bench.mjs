import { setTimeout as pause } from 'node:timers/promises';
import { Announcers } from './support/announcers.mjs';
import { cpuSeconds, startProgram } from './support/processes.mjs';
import { sampleFile } from './support/sample-video.mjs';
import { median, startServer } from './support/server.mjs';

// Web socket announces per second of processor time: our tracker with all its checks against the library it is made
// with, which checks nothing. Both run beside each other all the time and are asked in turn by the same client.
const ROUNDS = 7;
const WARM_UP_SECONDS = 1;
const SECONDS = 4;
const SOCKETS = 50;
const MANY = '100000000';

const ours = await startServer({
  // A load generator is one address: the limits are checked, and never reached.
  environment: {
    VIDIVERSE_TRACKER_MAX_ANNOUNCES_PER_MINUTE: MANY,
    VIDIVERSE_TRACKER_MAX_MESSAGES_PER_MINUTE: MANY,
  },
});
const bare = await startProgram('test/bench/support/bare-tracker.mjs');

async function announcesPerCpuSecond({ url, pid }, infoHash, offers) {
  const announcers = await Announcers.connect(url, infoHash, { sockets: SOCKETS, offers });
  await pause(WARM_UP_SECONDS * 1000);
  const before = { answers: announcers.answers, cpu: cpuSeconds(pid) };
  await pause(SECONDS * 1000);
  const result = (announcers.answers - before.answers) / (cpuSeconds(pid) - before.cpu);
  await announcers.close();
  if (announcers.failures > 0) throw new Error(`${announcers.failures} announces were refused`);
  return result;
}

const { infoHash } = await sampleFile(ours.base);
const trackers = {
  ours: { url: `${ours.base.replace('http', 'ws')}/tracker/socket`, pid: ours.pid },
  bare: { url: `ws://127.0.0.1:${bare.ready}`, pid: bare.pid },
};
for (const offers of [0, 5]) {
  const rates = { ours: [], bare: [] };
  const ratios = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // Who goes first changes, so that neither has the warmer machine.
    const names = round % 2 === 0 ? ['ours', 'bare'] : ['bare', 'ours'];
    for (const name of names) rates[name].push(await announcesPerCpuSecond(trackers[name], infoHash, offers));
    ratios.push(rates.ours.at(-1) / rates.bare.at(-1));
  }
  console.log(
    `${offers} offers each, ${SOCKETS} sockets: ${median(rates.ours).toFixed(0)} announces per CPU-second, ` +
      `bare ${median(rates.bare).toFixed(0)}; median ratio ${median(ratios).toFixed(2)} ` +
      `[${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}], at least 0.9`,
  );
}
await Promise.all([ours.stop(), bare.stop()]);
