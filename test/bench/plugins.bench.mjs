import { existsSync, readdirSync } from 'node:fs';
import { makeVideos, sideBySide } from './support/side-by-side.mjs';

// What plugins cost: the list of videos and one video, of an instance with all plugins of our own and of one without any. Each
// answer is made: what is kept for visitors would hide the cost.
const MADE = { VIDIVERSE_HTTP_RESPONSE_CACHE_AGE: '0' };
const ours = readdirSync('plugins').filter((name) => existsSync(`plugins/${name}/package.json`));
const WITH_PLUGINS = { VIDIVERSE_PLUGINS_LIST: ours.join(',') };

async function tellRunning(instance) {
  const { data } = await instance.call('GET', 'plugins');
  const running = data.filter(({ state }) => state === 'running').map(({ name }) => name);
  console.log(`plugins: ${running.join(', ')}`);
}

await sideBySide(await makeVideos({ environment: WITH_PLUGINS, look: tellRunning }), {
  kinds: { 'without plugins': MADE, 'with plugins': { ...MADE, ...WITH_PLUGINS } },
  rounds: Number(process.env.BENCH_ROUNDS ?? 12),
  goal: ', at least 0.95',
});
